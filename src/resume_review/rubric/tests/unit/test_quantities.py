"""Figures and their units."""

import pytest

from resume_review.rubric.quantities import Unit, quantities

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("saved $4M", Unit.MONEY),
        ("a budget of 3 million euros", Unit.MONEY),
        ("cut cost by 31%", Unit.PERCENT),
        ("by 12 percentage points", Unit.PERCENT),
        ("made it 3x faster", Unit.MULTIPLE),
        ("a team of 12 engineers", Unit.PEOPLE),
        ("a 9-person team", Unit.PEOPLE),
        ("led a team of 7 and won", Unit.PEOPLE),
        ("interviewed 22 nurses", Unit.PEOPLE),
        ("within 6 weeks", Unit.TIME),
        ("moved 140 applications", Unit.THINGS),
        ("in three countries", Unit.THINGS),
        ("improved by 40", Unit.NONE),
    ],
)
def test_unit(text: str, unit: Unit) -> None:
    assert [quantity.unit for quantity in quantities(text)] == [unit]


@pytest.mark.parametrize("text", ["since 2019", "built in Python 3", "lowered p95 latency", "no figure here"])
def test_no_quantity(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("年間12億円の削減", Unit.MONEY),
        ("40%短縮", Unit.PERCENT),
        ("11名のチーム", Unit.PEOPLE),
        ("8か月で移行", Unit.TIME),
        ("3件を受注", Unit.THINGS),
    ],
)
def test_japanese_unit(text: str, unit: Unit) -> None:
    assert [quantity.unit for quantity in quantities(text, japanese=True)] == [unit]


def test_japanese_date_is_no_quantity() -> None:
    assert quantities("2021年3月に開始", japanese=True) == ()


def test_places_count_from_the_offset() -> None:
    (quantity,) = quantities("saved 31% of it", 100)

    assert (quantity.start, quantity.end) == (106, 109)
