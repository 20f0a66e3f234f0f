import pytest

from resume_review.features.experiments.statistics import (
    Z_ONE_SIDED_95,
    chi_squared_p,
    sample_ratio_p,
    wilson_interval,
)

pytestmark = pytest.mark.unit


# Quantiles from printed tables of the chi-squared distribution.
@pytest.mark.parametrize(
    ("statistic", "freedom", "p"),
    [
        (3.841, 1, 0.05),
        (10.828, 1, 0.001),
        (5.991, 2, 0.05),
        (13.816, 2, 0.001),
        (7.815, 3, 0.05),
        (11.070, 5, 0.05),
        (18.307, 10, 0.05),
        (2.706, 1, 0.1),
        (0.0, 4, 1.0),
    ],
)
def test_chances_are_those_of_the_tables(statistic: float, freedom: int, p: float) -> None:
    assert chi_squared_p(statistic, freedom=freedom) == pytest.approx(p, rel=2e-3)


def test_a_statistic_beyond_all_tables_has_no_chance() -> None:
    assert chi_squared_p(1e6, freedom=7) == 0.0


# Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3.
@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_those_of_the_literature(hits: int, n: int, low: float, high: float) -> None:
    assert wilson_interval(hits, n) == pytest.approx((low, high), abs=5e-5)


def test_nothing_is_known_about_the_share_of_nothing() -> None:
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_a_one_sided_bound_is_nearer_than_a_two_sided_one() -> None:
    one_sided, _ = wilson_interval(10, 100, z=Z_ONE_SIDED_95)

    assert wilson_interval(10, 100)[0] < one_sided < 0.1


def test_the_arms_of_a_fair_draw_may_be_compared() -> None:
    assert sample_ratio_p([503, 497], [50, 50]) > 0.8


def test_arms_that_chance_does_not_make_are_found() -> None:
    assert sample_ratio_p([560, 440], [50, 50]) == pytest.approx(0.000148, rel=0.01)


def test_unequal_weights_are_expected() -> None:
    assert sample_ratio_p([100, 300], [1, 3]) == 1.0


def test_without_units_there_is_nothing_to_refuse() -> None:
    assert sample_ratio_p([0, 0], [1, 1]) == 1.0


def test_every_count_needs_its_weight() -> None:
    with pytest.raises(ValueError, match="weight"):
        sample_ratio_p([1, 2], [1, 0])
