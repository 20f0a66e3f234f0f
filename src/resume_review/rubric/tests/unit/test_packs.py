"""Packs are checked on load, with the line of the fault."""

import pytest

from resume_review.rubric import INDUSTRIES, Industry, PackError
from resume_review.rubric.packs import Pack, load_pack, parse_pack

pytestmark = pytest.mark.unit

GOOD = """\
industry: demo
version: "1"
name: Demo
ja: デモ
titles: [consultant]
groups:
  - name: Work
    ja: 仕事
    need: must
    skills:
      - {name: Pricing, ja: 価格, aliases: [price model]}
      - {name: Planning, ja: 計画}
appeal_points:
  - {id: money, name: Money, ja: お金, any_of: [savings]}
expectations:
  entry: {quantified_share: 0.4, leadership: 1, scope: 1}
  mid: {quantified_share: 0.4, leadership: 1, scope: 1}
  senior: {quantified_share: 0.4, leadership: 1, scope: 1}
  executive: {quantified_share: 0.4, leadership: 1, scope: 1}
"""


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_shipped_pack_is_sound(industry: Industry) -> None:
    pack = load_pack(industry)

    assert pack.industry == industry
    assert sum(len(group.skills) for group in pack.groups) >= 15
    assert len(pack.appeal_points) >= 4


def test_good_pack_loads() -> None:
    assert isinstance(parse_pack(GOOD, "demo.yaml"), Pack)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("need: must", "need: perhaps", r"demo\.yaml, line 9: .*perhaps"),
        ("ja: 計画}", "ja: 計画, colour: red}", r"demo\.yaml, line 12: .*colour"),
        ("{name: Planning,", "{", r"demo\.yaml, line 12: .*name"),
        (
            "leadership: 1, scope: 1}\n  mid",
            "leadership: many, scope: 1}\n  mid",
            r"demo\.yaml, line 1[56]: .*int",
        ),
        (
            "name: Planning",
            "name: Pricing plan, aliases: [price model]",
            r"demo\.yaml, line 12: .*price model",
        ),
        ("titles: [consultant]", "titles: [consultant", r"demo\.yaml, line \d+: not readable as YAML"),
        (
            "  executive: {quantified_share: 0.4, leadership: 1, scope: 1}\n",
            "",
            r"demo\.yaml, line 1[56]: .*executive",
        ),
        (
            "any_of: [savings]}",
            "any_of: [savings]}\n  - {id: money, name: M, ja: M, any_of: [x]}",
            r"line 15: .*money",
        ),
    ],
)
def test_fault_is_named_with_its_line(old: str, new: str, message: str) -> None:
    assert old in GOOD

    with pytest.raises(PackError, match=message):
        parse_pack(GOOD.replace(old, new, 1), "demo.yaml")


def test_skill_is_found_by_alias_and_in_japanese() -> None:
    pack = parse_pack(GOOD, "demo.yaml")

    assert [match.value for match in pack.skill_book.search("Built price models, 価格")] == [
        "Pricing",
        "Pricing",
    ]
