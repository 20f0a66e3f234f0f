"""Which bullets say the same."""

import pytest

from resume_review.rubric.bullets import Fingerprint, fingerprint, parse_bullet, similar, similar_groups
from resume_review.rubric.words import tokens

pytestmark = pytest.mark.unit

BASE = "Built a market model for a telecom carrier covering 6 countries and 3 segments"


def print_of(text: str) -> Fingerprint:
    bullet = parse_bullet(text, 0, tokens(text), role=0, current=False, japanese=False)
    return fingerprint(bullet)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (BASE, True),
        ("Built the market model for a telecom carrier covering 6 countries and 3 segments", True),
        ("Built a market model for a telecom carrier covering 6 countries and 4 segments", True),
        ("Built a market model for a telecom carrier covering 9 countries and 4 segments", False),
        ("Led a team of 6 analysts on the growth plan of a bank", False),
    ],
)
def test_same_words_and_mostly_the_same_figures(other: str, same: bool) -> None:
    assert similar(print_of(BASE), print_of(other)) is same


def test_groups_do_not_depend_on_order() -> None:
    texts = [BASE, "Led a team of 6 analysts on the growth plan of a bank", BASE.replace("Built", "Rebuilt")]
    prints = [print_of(text) for text in texts]

    forward, backward = similar_groups(prints), similar_groups(prints[::-1])

    assert len(set(forward)) == len(set(backward)) == 2
