"""Packs are checked on load, with the line of the fault."""

import pytest

from resume_review.rubric import INDUSTRIES, Industry, PackError
from resume_review.rubric.bullets import Bullet, parse_bullet
from resume_review.rubric.coverage import coverage_of
from resume_review.rubric.packs import faults_of, load_pack, own_pack, pack_text, parse_pack
from resume_review.rubric.words import tokens

pytestmark = pytest.mark.unit

GOOD = """\
industry: demo
version: "1"
name: Demo
ja: デモ
titles: consultant, コンサルタント
groups:
  - name: Work
    ja: 仕事
    need: must
    skills:
      - Pricing (core) / 価格 = price model, プライシング
      - Planning / 計画
appeal_points:
  - id: money
    name: Money
    ja: お金
    any_of: savings
    why: It pays.
    why_ja: 利益になります。
    advice: Say how much.
    advice_ja: 金額を書いてください。
expectations:
  entry: {quantified_share: 0.4, leadership: 1, scope: 1}
  mid: {quantified_share: 0.4, leadership: 1, scope: 1}
  senior: {quantified_share: 0.4, leadership: 1, scope: 1}
  executive: {quantified_share: 0.4, leadership: 1, scope: 1}
"""


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_shipped_pack_is_sound(industry: Industry) -> None:
    assert faults_of(pack_text(industry)) == []


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_shipped_pack_covers_its_field_in_both_languages(industry: Industry) -> None:
    pack = load_pack(industry)

    skills = [skill for group in pack.groups for skill in group.skills]
    assert pack.industry == industry
    assert 150 <= len(skills) <= 300
    assert len({skill.name for skill in skills}) == len(skills)
    assert sum(bool(skill.ja) for skill in skills) >= 0.9 * len(skills)
    assert len(pack.appeal_points) >= 8
    assert all(expected.looks_for and expected.looks_for_ja for expected in pack.expectations.values())


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_word_of_a_shipped_pack_stands_for_one_skill(industry: Industry) -> None:
    owners: dict[str, set[str]] = {}
    for group in load_pack(industry).groups:
        for skill in group.skills:
            for word in skill.words:
                owners.setdefault(word.casefold(), set()).add(skill.name)

    assert {word: names for word, names in owners.items() if len(names) > 1} == {}


def test_skill_line_is_read() -> None:
    pricing, planning = parse_pack(GOOD, "demo.yaml").groups[0].skills

    assert (pricing.name, pricing.ja, pricing.core) == ("Pricing", "価格", True)
    assert pricing.aliases == ("price model", "プライシング")
    assert (planning.name, planning.ja, planning.core, planning.aliases) == ("Planning", "計画", False, ())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("need: must", "need: perhaps", r"demo\.yaml, line 9: .*perhaps"),
        ("need: must", "need: must\n    colour: red", r"demo\.yaml, line 10: .*colour"),
        ("- Planning / 計画", "- = 計画", r"demo\.yaml, line 12: .*a skill is written as"),
        ("- Planning / 計画", "- {name: Planning}", r"demo\.yaml, line 12: .*one line of text"),
        (
            "leadership: 1, scope: 1}\n  mid",
            "leadership: many, scope: 1}\n  mid",
            r"demo\.yaml, line 23: .*int",
        ),
        ("quantified_share: 0.4", "quantified_share: 40", r"demo\.yaml, line 23: .*from 0 to 1"),
        ("- Planning / 計画", "- Plan = price model", r"demo\.yaml, line 12: .*price model"),
        ("titles: consultant", "titles: [consultant", r"demo\.yaml, line \d+: not readable as YAML"),
        ("    why: It pays.\n", "", r"demo\.yaml, line 14: `why` is missing"),
        (
            "  executive: {quantified_share: 0.4, leadership: 1, scope: 1}\n",
            "",
            r"demo\.yaml, line 23: .*executive",
        ),
        (
            "  - id: money",
            "  - {id: money, name: M, ja: M, any_of: x, why: a, why_ja: b, advice: c, advice_ja: d}\n  - id: money",
            r"line 15: .*money",
        ),
    ],
)
def test_fault_is_named_with_its_line(old: str, new: str, message: str) -> None:
    assert old in GOOD

    with pytest.raises(PackError, match=message):
        parse_pack(GOOD.replace(old, new, 1), "demo.yaml")


def test_several_faults_are_named_at_once() -> None:
    broken = GOOD.replace("need: must", "need: perhaps").replace("name: Demo", "name: 7")

    assert [fault.line for fault in faults_of(broken)] == [3, 9]


def test_empty_file_is_a_fault() -> None:
    assert "empty" in faults_of("")[0].problem


def test_skill_is_found_by_alias_and_in_japanese() -> None:
    pack = parse_pack(GOOD, "demo.yaml")

    assert [match.value for match in pack.skill_book.search("Built price models, 価格")] == [
        "Pricing",
        "Pricing",
    ]


def test_own_pack_is_named_by_its_hash() -> None:
    first, second = own_pack(GOOD, "demo.yaml"), own_pack(GOOD + "# note\n", "demo.yaml")

    assert first.version.startswith("1 sha256:")
    assert first.version != second.version


def test_common_skills_leave_the_words_of_the_pack_alone() -> None:
    pack = parse_pack(GOOD.replace("groups:", "common: true\ngroups:"), "demo.yaml")

    names = [skill.name for group in pack.groups for skill in group.skills]
    assert "Negotiation" in names
    assert next(iter(pack.skill_book.search("プライシング"))).value == "Pricing"


def _bullet(text: str) -> Bullet:
    return parse_bullet(text, 0, tokens(text), role=0, current=False, japanese=False)


@pytest.mark.parametrize(
    ("conditions", "text", "made"),
    [
        ("", "Found savings in the plant network of a client", True),
        ("", "Wrote the report on the plant network of a client", False),
        ("    quantified: true\n", "Found savings in the plant network of a client", False),
        ("    quantified: true\n", "Found savings in 12 plants of a client", True),
        ("    units: [money]\n", "Found savings in 12 plants of a client", False),
        ("    units: [money]\n", "Found savings of GBP 3m for a client", True),
        ("    leads: true\n", "Found savings of GBP 3m for a client", False),
        ("    leads: true\n", "Led the team that found savings of GBP 3m", True),
        ("    also: board\n", "Found savings of GBP 3m for a client", False),
        ("    also: board\n", "Found savings of GBP 3m that the board approved", True),
    ],
)
def test_appeal_point_needs_every_condition(conditions: str, text: str, made: bool) -> None:
    pack = parse_pack(GOOD.replace("    why: It", conditions + "    why: It"), "demo.yaml")

    assert bool(coverage_of(pack, [_bullet(text)]).points) is made
