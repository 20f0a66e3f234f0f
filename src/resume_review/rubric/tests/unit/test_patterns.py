"""Phrases that come in many forms, and what only looks like them."""

import pytest

from resume_review.rubric import lexicon
from resume_review.rubric.patterns import may_match, pattern
from resume_review.rubric.words import tokens

pytestmark = pytest.mark.unit


def found(kind: str, text: str, *, japanese: bool = False) -> list[str]:
    return [
        text[match.start : match.end]
        for match in lexicon.find(kind, text, 0, tokens(text), japanese=japanese)
    ]


@pytest.mark.parametrize(
    ("kind", "text", "phrase"),
    [
        ("duty", "Was solely responsible for payroll", "Was solely responsible for"),
        ("duty", "Main duties: payroll and travel", "Main duties:"),
        ("duty", "In charge of the service desk", "In charge of"),
        ("cliche", "A strong team player", "team player"),
        ("cliche", "Works well under pressure", "Works well under"),
        ("vague", "Delivered a wide range of reports", "a wide range of"),
        ("intensifier", "Proactively led the team", "Proactively"),
        ("slang", "It was awesome", "awesome"),
    ],
)
def test_english_phrase(kind: str, text: str, phrase: str) -> None:
    assert any(phrase in words or words in phrase for words in found(kind, text))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("duty", "Cut import duties of 12 products by 9%"),
        ("duty", "Led a team of 12 that moved 40 servers"),
        ("cliche", "Built a dynamic pricing engine for 12 stores"),
        ("vague", "Led two different teams of 12"),
        ("slang", "Trained 12 super users in 3 plants"),
        ("intensifier", "Ran fully automated tests for 12 teams"),
    ],
)
def test_phrase_that_only_looks_like_one(kind: str, text: str) -> None:
    assert found(kind, text) == []


@pytest.mark.parametrize(
    ("kind", "text", "phrase"),
    [
        ("duty", "法人営業を担当しました。", "を担当し"),
        ("duty", "顧客対応の業務に携わりました。", "に携わ"),
        ("vague", "様々な案件を支援", "様々な"),
        ("first_person", "私の強みは速さです。", "私の"),
        ("weak", "営業活動をサポートしました。", "をサポート"),
    ],
)
def test_japanese_phrase(kind: str, text: str, phrase: str) -> None:
    assert any(phrase in words or words in phrase for words in found(kind, text, japanese=True))


def test_one_own_eyes_are_no_first_person() -> None:
    assert found("first_person", "現場を自分の目で確かめました。", japanese=True) == []


@pytest.mark.parametrize("kind", ["duty", "cliche", "vague", "intensifier", "slang"])
def test_signs_never_hide_a_phrase(kind: str) -> None:
    samples = [
        "Responsible for payroll", "Duties included filing", "A team player with a proven track record", "Various reports etc",
        "Proactively and consistently led", "Awesome stuff!", "Fast-paced environment", "A number of clients", "Strong communicator",
    ]  # fmt: skip
    rule = pattern(kind, japanese=False)

    assert rule is not None
    for text in samples:
        assert may_match(kind, text, tokens(text)) or rule.search(text) is None


def test_kind_without_pattern() -> None:
    assert pattern("title", japanese=False) is None
