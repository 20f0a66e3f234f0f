import pytest

from resume_review.features.experiments.guard import FEWEST, Tally, harm

pytestmark = pytest.mark.unit

HEALTHY = Tally(500, 5)


def test_an_arm_that_fails_far_more_often_is_taken_back() -> None:
    assert harm(Tally(60, 12), HEALTHY) is not None


def test_the_reason_names_the_figures() -> None:
    assert harm(Tally(60, 12), HEALTHY) == (
        "12 of 60 reviews (20.0%) failed within five minutes; 5 of 500 (1.0%) without the change."
    )


def test_few_reviews_are_not_judged() -> None:
    assert harm(Tally(FEWEST - 1, FEWEST - 1), HEALTHY) is None
    assert harm(Tally(FEWEST, FEWEST), HEALTHY) is not None


def test_what_chance_may_explain_is_not_judged() -> None:
    assert harm(Tally(60, 5), HEALTHY) is None


def test_what_fails_for_everybody_is_not_the_arms_fault() -> None:
    assert harm(Tally(60, 30), Tally(60, 28)) is None


def test_an_arm_must_be_twice_as_bad_as_the_control() -> None:
    assert harm(Tally(400, 60), Tally(400, 30)) is None
    assert harm(Tally(400, 60), Tally(400, 12)) is not None


def test_without_a_control_the_bar_of_five_per_cent_counts() -> None:
    assert harm(Tally(60, 12), Tally()) is not None
    assert harm(Tally(60, 2), Tally()) is None
