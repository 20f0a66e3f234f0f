import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_review.ai_agents.guardrails.quotes import QuoteFinder

pytestmark = pytest.mark.unit

RESUME = """Jane Example
Senior Consultant, Northwind – 2019 to today
• Led a team of 5 consultants and cut the bank’s closing time from 12 to 4 days
• Reconciled  1,200 accounts
売上高を2.5億円増加させ、チーム12名を率いた。"""


def found(quote: str) -> str | None:
    span = QuoteFinder(RESUME).find(quote)
    return None if span is None else RESUME[span.start : span.end]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Led a team of 5 consultants", "Led a team of 5 consultants"),
        ("led a TEAM of 5  consultants", "Led a team of 5 consultants"),
        ("cut the bank's closing time", "cut the bank’s closing time"),
        ("Northwind - 2019", "Northwind – 2019"),
        ("Reconciled 1,200 accounts", "Reconciled  1,200 accounts"),
        ("売上高を２.５億円増加", "売上高を2.5億円増加"),
        ("“Reconciled 1,200 accounts.”", "Reconciled  1,200 accounts"),
    ],
)
def test_other_spelling_of_the_same_words_is_found(quote: str, words: str) -> None:
    assert found(quote) == words


def test_slip_of_the_pen_is_found_as_whole_words() -> None:
    assert found("Led a team of 5 consultant and cut the banks closing time from 12 to 4 day") == (
        "Led a team of 5 consultants and cut the bank’s closing time from 12 to 4 days"
    )


@pytest.mark.parametrize(
    "quote",
    [
        "Led a team of 15 consultants and cut the bank's closing time from 12 to 4 days",
        "Led a team of 5 consultants and cut the bank's closing time from 12 to 3 days",
        "Won the national prize for consulting",
        "売上高を3.5億円増加させ、チーム12名を率いた",
        "",
        "a",
        "…",
    ],
)
def test_words_that_are_not_there_are_not_found(quote: str) -> None:
    assert found(quote) is None


@given(st.integers(0, len(RESUME) - 4), st.integers(4, 60))
def test_every_piece_of_the_text_is_found(start: int, length: int) -> None:
    piece = RESUME[start : start + length]
    span = QuoteFinder(RESUME).find(piece)

    if len(piece.strip(" .…\"'\n")) >= 3:
        assert span is not None
        assert RESUME[span.start : span.end].split() != []


@given(st.text(max_size=80))
def test_any_text_gives_an_answer(quote: str) -> None:
    span = QuoteFinder(RESUME).find(quote)

    assert span is None or 0 <= span.start < span.end <= len(RESUME)
