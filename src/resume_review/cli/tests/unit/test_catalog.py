import string

import pytest

from resume_review.cli.reports import catalog
from resume_review.documents import IntegrityKind, SectionType
from resume_review.rubric.model import Band, Category, ReviewStatus, Tier

pytestmark = pytest.mark.unit

LANGUAGES = ["en", "ja"]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_languages_have_the_same_keys_and_placeholders() -> None:
    english, japanese = (catalog.load(language).messages for language in LANGUAGES)

    assert {key: placeholders(text) for key, text in english.items()} == {
        key: placeholders(text) for key, text in japanese.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("band", list(Band)),
        ("tier", list(Tier)),
        ("category", list(Category)),
        ("integrity", list(IntegrityKind)),
        ("section_type", list(SectionType)),
        ("status", [status for status in ReviewStatus if status is not ReviewStatus.COMPLETED]),
    ],
)
def test_every_code_has_a_name(language: str, group: str, codes: list[str]) -> None:
    messages = catalog.load(language).messages

    assert [code for code in codes if f"{group}.{code}" not in messages] == []


@pytest.mark.parametrize("language", ["xx", "../en", ""])
def test_unknown_language_is_english(language: str) -> None:
    assert catalog.load(language).language == "en"


def test_a_code_without_a_name_stands_for_itself() -> None:
    assert catalog.load("en").name("industry", "logistics") == "logistics"


@pytest.mark.parametrize(
    ("count", "shown"), [(1, "1 page"), (2, "2 pages"), (0, "0 pages"), (1200, "1,200 pages")]
)
def test_counts_take_the_right_form(count: int, shown: str) -> None:
    assert catalog.load("en").counted("pages", count) == shown
