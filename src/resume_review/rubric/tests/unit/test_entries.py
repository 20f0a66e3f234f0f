"""Roles whose dates cannot be read."""

from collections.abc import Callable

import pytest

from resume_review.documents import Document
from resume_review.rubric.context import Context
from resume_review.rubric.entries import TIME, lost_entries

pytestmark = pytest.mark.unit

Read = Callable[[str], Document]
Make = Callable[[Document], Context]


def lost(text: str, read_markdown: Read, context_of: Make) -> list[str]:
    context = context_of(read_markdown(text))
    return [context.text[header[0].start : header[0].end] for header in lost_entries(context)]


def test_clean_resume_loses_none(clean: str, read_markdown: Read, context_of: Make) -> None:
    assert lost(clean, read_markdown, context_of) == []


def test_role_that_stands_without_dates_is_found(clean: str, read_markdown: Read, context_of: Make) -> None:
    old = "**Technology Consultant** | Jun 2018 – Feb 2021\nContoso Advisory, Leeds, UK\n"
    text = clean.replace(old, "Technology Consultant, a few years\n")

    assert lost(text, read_markdown, context_of) == ["Technology Consultant, a few years"]


def test_line_that_names_no_role_is_none(clean: str, read_markdown: Read, context_of: Make) -> None:
    text = clean.replace("- Built a streaming", "Selected work of these years:\n\n- Built a streaming")

    assert lost(text, read_markdown, context_of) == []


@pytest.mark.parametrize(
    "text", ["2019", "03/21", "'19", "since summer", "Q3 of that", "現在", "for 3 years"]
)
def test_word_of_time(text: str) -> None:
    assert TIME.search(text)


@pytest.mark.parametrize("text", ["Consultant, Contoso", "12 engineers", "コンサルタント"])
def test_no_word_of_time(text: str) -> None:
    assert TIME.search(text) is None
