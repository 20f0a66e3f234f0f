"""Words, phrases and their places."""

import pytest

from resume_review.rubric.words import PhraseBook, count_words, lower_case, tokens

pytestmark = pytest.mark.unit


def test_words_keep_signs_that_belong_to_them() -> None:
    assert [token.text for token in tokens("M&A, C++ and Node.js.")] == ["M&A", "C++", "and", "Node.js"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two workshops", "workshop"),
        ("a go to market plan", "go-to-market"),
        ("CI/CD", "CI/CD"),
        ("市場参入を支援", "市場参入"),
    ],
)
def test_phrase_is_found_in_any_form(text: str, value: str) -> None:
    book = PhraseBook.of(["workshop", "go-to-market", "CI/CD", "市場参入"])

    assert [match.value for match in book.search(text)] == [value]


def test_longest_phrase_wins_and_nothing_overlaps() -> None:
    book = PhraseBook.of(["data", "data platform"])

    found = book.search("a data platform for data", 10)

    assert [(match.value, match.start) for match in found] == [("data platform", 12), ("data", 30)]


def test_part_of_a_word_is_no_match() -> None:
    assert PhraseBook.of(["go"]).search("government goals") == []


@pytest.mark.parametrize(
    ("text", "count"), [("three short words", 3), ("職務経歴書", 2), ("AWSへの移行", 3), ("", 0)]
)
def test_count(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize("text", ["Straße IN İstanbul", "ΟΔΟΣ", "Plain"])
def test_lower_case_keeps_every_place(text: str) -> None:
    lower = lower_case(text)

    assert len(lower) == len(text)
    assert lower_case(lower) == lower


@pytest.mark.parametrize(
    ("text", "held"),
    [("Two Workshops", True), ("市場参入を支援", True), ("a shop at work", False), ("", False)],
)
def test_book_tells_whether_a_passage_holds_any_phrase(text: str, *, held: bool) -> None:
    book = PhraseBook.of(["workshop", "市場参入"])

    assert book.holds(tokens(text), text) is held
