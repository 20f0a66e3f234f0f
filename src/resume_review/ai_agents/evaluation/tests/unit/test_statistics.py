import pytest

from resume_review.ai_agents.evaluation.statistics import percentile, spearman, spread

pytestmark = pytest.mark.unit


def test_spread_of_equal_values_is_none() -> None:
    assert spread([70, 70, 70]) == spread([70]) == 0


def test_spread_is_the_deviation_of_a_sample() -> None:
    assert spread([68, 70, 72]) == 2


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(1, 10), (2, 20), (3, 900)], 1.0),
        ([(1, 30), (2, 20), (3, 10)], -1.0),
        ([(1, 1), (1, 1), (2, 2)], 1.0),
        ([(1, 5), (2, 5), (3, 5)], None),
    ],
)
def test_rank_correlation(pairs: list[tuple[float, float]], expected: float | None) -> None:
    result = spearman(pairs)

    assert result == expected if expected is None else result == pytest.approx(expected)


def test_percentile_is_a_value_that_the_share_does_not_exceed() -> None:
    assert percentile(list(range(1, 101)), 0.95) == 95
    assert percentile([4.0], 0.95) == 4.0
