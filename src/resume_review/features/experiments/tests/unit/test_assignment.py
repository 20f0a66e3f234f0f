import uuid
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resume_review.ai_agents.interface import Variant
from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import ExperimentStatus, ExperimentUnit
from resume_review.database.models import Experiment, ReviewRequest, Rollout
from resume_review.features.experiments.assignment import (
    BUCKETS,
    CONTROL,
    TREATMENT,
    Arm,
    assign,
    bucket,
    pick_arm,
    within,
)
from resume_review.features.experiments.statistics import sample_ratio_p

pytestmark = pytest.mark.unit

salts = st.uuids(version=4).map(str)
units = st.uuids().map(str)
few = settings(max_examples=6, deadline=None, derandomize=True)
some = settings(max_examples=30, deadline=None, derandomize=True)
MANY = [str(uuid.UUID(int=number)) for number in range(2_000)]
ARMS = [{"name": "control", "weight": 50}, {"name": "new", "weight": 50, "label": "canary"}]


def a_review() -> ReviewRequest:
    request = ReviewRequest(
        resume_id=new_id(), requested_by_user_id=new_id(), target_industry="tech_consulting"
    )
    request.candidate_id = new_id()
    return request


def an_experiment(key: str = "one", *, traffic: int = 100, unit: str = "candidate") -> Experiment:
    return Experiment(
        key=key,
        salt=key,
        arms=ARMS,
        metric="error_rate",
        unit=ExperimentUnit(unit),
        traffic=Decimal(traffic),
        status=ExperimentStatus.RUNNING,
        started_at=utc_now(),
    )


def a_rollout(percentage: int) -> Rollout:
    return Rollout(key="mini", salt="s", change={"model": "fake:x"}, percentage=Decimal(percentage))


def test_a_bucket_is_the_same_in_every_release() -> None:
    assert [bucket("salt", unit) for unit in ("a", "b", "c")] == [1151, 4428, 2390]


@some
@given(salt=salts, unit=units)
def test_a_bucket_is_within_range(salt: str, unit: str) -> None:
    assert 0 <= bucket(salt, unit) < BUCKETS


@some
@given(salt=salts, unit=units, low=st.integers(0, 100), high=st.integers(0, 100))
def test_who_is_in_at_a_low_percentage_is_in_at_a_higher_one(
    salt: str, unit: str, low: int, high: int
) -> None:
    low, high = sorted((low, high))

    assert within(salt, unit, Decimal(high)) or not within(salt, unit, Decimal(low))


@some
@given(salt=salts, unit=units)
def test_nobody_is_in_at_0_and_everybody_at_100(salt: str, unit: str) -> None:
    assert (within(salt, unit, Decimal(0)), within(salt, unit, Decimal(100))) == (False, True)


@few
@given(salt=salts)
def test_buckets_are_evenly_filled(salt: str) -> None:
    counts = [0] * 10
    for unit in MANY:
        counts[bucket(salt, unit) * 10 // BUCKETS] += 1

    assert sample_ratio_p(counts, [1] * 10) > 1e-6


@few
@given(first=salts, second=salts)
def test_two_salts_draw_independently(first: str, second: str) -> None:
    both = sum(within(first, unit, Decimal(50)) and within(second, unit, Decimal(50)) for unit in MANY)

    # A quarter of 2 000, with a standard deviation of 19.
    assert first == second or abs(both - 500) < 6 * 19


@few
@given(salt=salts)
def test_arms_fill_by_weight(salt: str) -> None:
    arms = [Arm(name="control", weight=1), Arm(name="b", weight=2), Arm(name="c", weight=7)]
    picked = [pick_arm(arms, salt, unit).name for unit in MANY]

    assert sample_ratio_p([picked.count(arm.name) for arm in arms], [1, 2, 7]) > 1e-6


def test_a_review_without_anything_under_way_has_no_variant() -> None:
    assert assign(a_review(), [], None) is None


@pytest.mark.parametrize(
    ("unit", "field"),
    [("user", "requested_by_user_id"), ("candidate", "candidate_id"), ("resume", "resume_id")],
)
def test_reviews_of_one_unit_get_one_arm(unit: str, field: str) -> None:
    experiment, first = an_experiment(unit=unit), a_review()
    others = [a_review() for _ in range(20)]
    for other in others:
        setattr(other, field, getattr(first, field))

    assigned = {assign(review, [experiment], None) for review in [first, *others]}

    assert len(assigned) == 1


def test_an_arm_brings_its_change() -> None:
    found = {a.variant for _ in range(50) if (a := assign(a_review(), [an_experiment()], None))}

    assert found == {
        Variant(key="one", arm="control"),
        Variant(key="one", arm="new", label="canary"),
    }


def test_a_unit_takes_part_in_one_experiment_only() -> None:
    experiments = [an_experiment("one", traffic=50), an_experiment("two")]

    keys = [a.variant.key for _ in range(200) if (a := assign(a_review(), experiments, None))]

    assert len(keys) == 200
    assert sample_ratio_p([keys.count("one"), keys.count("two")], [1, 1]) > 1e-6


def test_taking_part_says_nothing_about_the_arm() -> None:
    experiment = an_experiment(traffic=20)

    arms = [a.variant.arm for _ in range(1_500) if (a := assign(a_review(), [experiment], None))]

    assert sample_ratio_p([arms.count("control"), arms.count("new")], [1, 1]) > 1e-6


def test_a_rollout_takes_those_whom_no_experiment_wants() -> None:
    experiments = [an_experiment(traffic=50)]

    keys = {a.variant.key for _ in range(100) if (a := assign(a_review(), experiments, a_rollout(100)))}

    assert keys == {"one", "mini"}


def test_those_outside_a_rollout_are_its_control_and_change_nothing() -> None:
    found = {a.variant for _ in range(100) if (a := assign(a_review(), [], a_rollout(50)))}

    assert found == {
        Variant(key="mini", arm=CONTROL),
        Variant(key="mini", arm=TREATMENT, model="fake:x"),
    }


def test_a_unit_is_logged_without_its_id() -> None:
    review = a_review()

    assigned = assign(review, [an_experiment()], None)

    assert assigned is not None
    assert str(review.candidate_id) not in assigned.unit_hash
    assert len(assigned.unit_hash) == 64
