"""Slips of the keyboard, and words that are merely rare."""

import pytest

from resume_review.rubric.spelling import corrected, corrected_japanese, side_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("managment", "management"), ("acheived", "achieved"), ("recieved", "received"), ("implmented", "implemented"),
     ("developement", "development"), ("enviroment", "environment"), ("seperate", "separate")],
)  # fmt: skip
def test_slip_is_corrected(wrong: str, right: str) -> None:
    assert corrected(wrong) == right


@pytest.mark.parametrize(
    "word",
    ["management", "kubernetes", "modelling", "modeling", "onboarded", "procure", "lakehouse", "brownfield", "deleveraging",
     "colour", "color", "refactored", "upskilled", "reinsurers", "offboarding", "telco", "capex"],
)  # fmt: skip
def test_right_or_rare_word_is_kept(word: str) -> None:
    assert corrected(word) is None


@pytest.mark.parametrize(
    ("word", "side"), [("organisation", "UK"), ("organization", "US"), ("modelling", "UK"), ("table", None)]
)
def test_side_of_the_atlantic(word: str, side: str | None) -> None:
    assert side_of(word) == side


def test_clean_japanese_is_kept() -> None:
    assert list(corrected_japanese("基幹システムの刷新を統括し、費用を12%削減しました。")) == []
