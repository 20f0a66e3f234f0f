"""Faults that leave no words of their own in the text are found on the words beside them."""

from collections.abc import Callable

import pytest

from resume_review.rubric import Review

pytestmark = pytest.mark.integration

Judge = Callable[..., Review]

FAULTS: list[tuple[str, str, str, str]] = [
    ("ATS07", "- Trained 45 users", "- \uf0a7 Trained 45 users", "Trained"),
    ("ATS07", "+44 20", "\uf095 +44 20", "+44"),
    ("ATS07", "London, UK", "📬 London, UK", "📬"),
    ("FMT09", "raised adoption", "raised      adoption", "adoption"),
    ("FMT02", "Jun 2018 – Feb 2021", "Jun 2018 through Feb 2021", "Jun 2018 through Feb 2021"),
    ("ATS05", "## Education", "## In My Backpack", "In My Backpack"),
]


@pytest.mark.parametrize(("check", "old", "new", "words"), FAULTS)
def test_fault_is_found_on_its_words(
    judge: Judge, clean: str, check: str, old: str, new: str, words: str
) -> None:
    assert old in clean

    sound, faulty = judge(clean), judge(clean.replace(old, new, 1))

    assert [finding.quote for finding in sound.findings if finding.check == check] == []
    assert words in [finding.quote for finding in faulty.findings if finding.check == check]
