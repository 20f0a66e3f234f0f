"""The parts of a bullet: situation, complication, action, object, result and measures."""

from pathlib import Path
from typing import cast

import pytest
import yaml

from resume_review.rubric.quantities import quantities
from resume_review.rubric.statements import Statement, read_statement

pytestmark = pytest.mark.unit

PARTS = ("situation", "complication", "action", "object", "result")


def read(bullet: str, *, japanese: bool = False, start: int = 0) -> Statement:
    figures = quantities(bullet, start, japanese=japanese)
    return read_statement(bullet, start, figures, japanese=japanese)


def cases(language: str) -> list[dict[str, object]]:
    text = Path(__file__).with_name(f"statements_{language}.yaml").read_text(encoding="utf-8")
    return cast("list[dict[str, object]]", yaml.safe_load(text))


def told(statement: Statement) -> dict[str, object]:
    """The statement in the shape of the tables."""
    found: dict[str, object] = {
        name: part.text for name in PARTS if (part := getattr(statement, name)) is not None
    }
    rows = [[each.value, each.unit.value, each.baseline, each.scope] for each in statement.measures]
    for row in rows:
        while row[-1] is None:
            row.pop()
    return {**found, "measures": rows} if rows else found


@pytest.mark.parametrize("case", cases("en"), ids=lambda case: str(case["bullet"])[:50])
def test_english_bullet(case: dict[str, object]) -> None:
    expected = {name: value for name, value in case.items() if name != "bullet"}

    assert told(read(str(case["bullet"]))) == expected


@pytest.mark.parametrize("case", cases("ja"), ids=lambda case: str(case["bullet"])[:30])
def test_japanese_bullet(case: dict[str, object]) -> None:
    expected = {name: value for name, value in case.items() if name != "bullet"}

    assert told(read(str(case["bullet"]), japanese=True)) == expected


@pytest.mark.parametrize("language", ["en", "ja"])
def test_parts_lie_where_they_say(language: str) -> None:
    for case in cases(language):
        bullet = str(case["bullet"])
        statement = read(bullet, japanese=language == "ja", start=100)
        for name in PARTS:
            part = getattr(statement, name)
            if part is not None:
                assert " ".join(bullet[part.start - 100 : part.end - 100].split()) == part.text


def test_story_needs_problem_deed_and_result() -> None:
    whole = "Rescued a stalled rollout for a regional bank and cut the delay from 9 months to 2"

    assert read(whole).is_story
    assert not read("Rescued a stalled rollout for a regional bank").is_story
    assert not read("Led a rollout for a regional bank, cutting cost by 9%").is_story


def test_improved_fault_is_no_complication() -> None:
    assert read("Reduced support errors by 22% with a new roster").complication is None


@pytest.mark.parametrize(
    "bullet", ["", "-", "。", "12%", "a" * 5000, "を" * 3000, "from 1 to 2 " * 300, "(" * 2000]
)
def test_any_text_is_read(bullet: str) -> None:
    assert read(bullet) is not None
    assert read(bullet, japanese=True) is not None
