import pytest

from resume_review.core.ids import new_id

pytestmark = pytest.mark.unit


def test_ids_are_version_7_of_the_standard_variant() -> None:
    identity = new_id()

    assert identity.version == 7
    assert identity.variant == "specified in RFC 4122"


def test_ids_carry_the_time_in_their_first_48_bits() -> None:
    first, second = new_id(), new_id()

    assert 0 <= (second.int >> 80) - (first.int >> 80) < 1000


def test_ids_do_not_repeat() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000
