"""The golden set: resumes of invented people, put together so that it is known which version is better."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, cast

import yaml

from resume_review.ai_agents.evaluation.shapes import Line, Person, RoleText, Shape, Sheet, written
from resume_review.rubric import Industry, Tier

REVIEW_DATE = date(2026, 6, 1)
"""The day as of which golden resumes are judged."""

_JUNIOR_FIRST = (Tier.ENTRY, Tier.MID, Tier.SENIOR, Tier.EXECUTIVE)
_YEARS = {Tier.ENTRY: 1, Tier.MID: 4, Tier.SENIOR: 5, Tier.EXECUTIVE: 7}


class Fault(StrEnum):
    """What makes a version of a resume worse."""

    NO_RESULTS = "no_results"
    MIXED_ORDER = "mixed_order"
    DUTIES = "duties"


@dataclass(frozen=True, kw_only=True)
class GoldenResume:
    """One resume; `sheet` is what it was written from."""

    name: str
    industry: Industry
    tier: Tier
    language: str
    sheet: Sheet

    @property
    def text(self) -> str:
        """Markdown."""
        return written(self.sheet)

    @property
    def person(self) -> Person:
        """Whose resume it is."""
        return self.sheet.person

    def of_person(self, person: Person) -> "GoldenResume":
        """The same career of somebody else."""
        return replace(self, sheet=replace(self.sheet, person=person))

    def worse(self, fault: Fault) -> "GoldenResume":
        """A version that every reader must find weaker."""
        name = f"{self.name}+{fault}"
        match fault:
            case Fault.NO_RESULTS:
                roles = [_without_results(role) for role in self.sheet.roles]
            case Fault.DUTIES:
                roles = [_as_duties(role) for role in self.sheet.roles]
            case Fault.MIXED_ORDER:
                return replace(self, name=name, sheet=replace(self.sheet, mixed=True))
        return replace(self, name=name, sheet=replace(self.sheet, roles=roles))


@cache
def golden_set() -> Sequence[GoldenResume]:
    """All of them, always in the same order: tracks, then levels."""
    return tuple(resume for language in ("en", "ja") for resume in _of_language(language))


def subset(most: int) -> Sequence[GoldenResume]:
    """At most so many of them, always the same ones, of all industries, levels and languages."""
    drawn = sorted(golden_set(), key=lambda resume: hashlib.sha256(resume.name.encode()).digest())[:most]
    return [resume for resume in golden_set() if resume in drawn]


def _of_language(language: str) -> Iterator[GoldenResume]:
    people = _people(language)
    shapes = list(Shape)
    number = 0
    for position, track in enumerate(_read(f"{language}.yaml")["tracks"], 1):
        for tier in _JUNIOR_FIRST:
            yield GoldenResume(
                name=f"{language}_{track['industry']}_{position}_{tier}",
                industry=Industry(track["industry"]),
                tier=tier,
                language=language,
                sheet=_sheet(
                    track, tier, people[number % len(people)], shapes[number % len(shapes)], language
                ),
            )
            number += 1


def _sheet(track: Mapping[str, Any], tier: Tier, person: Person, shape: Shape, language: str) -> Sheet:
    held = _JUNIOR_FIRST[: _JUNIOR_FIRST.index(tier) + 1]
    end = REVIEW_DATE.year
    roles: list[RoleText] = []
    for level in reversed(held):
        role = cast("Mapping[str, Any]", track["roles"][level])
        start = end - _YEARS[level]
        roles.append(
            RoleText(
                title=role["title"],
                employer=role["employer"],
                start=start,
                end=end if roles else None,
                lines=tuple(_line(text) for text in role["lines"]),
            )
        )
        end = start
    return Sheet(
        language=language,
        shape=shape,
        person=person,
        focus=track["focus"],
        years=REVIEW_DATE.year - end,
        roles=roles,
        skills=tuple(track["skills"]),
        certificate=track["certificate"],
        studied=end,
    )


def _line(text: str) -> Line:
    done, result, duty = (part.strip() for part in text.split(" | "))
    return Line(done=done, result=result, duty=duty)


def _without_results(role: RoleText) -> RoleText:
    return replace(role, lines=tuple(replace(line, result="") for line in role.lines))


def _as_duties(role: RoleText) -> RoleText:
    return replace(role, lines=tuple(replace(line, done="", result="") for line in role.lines))


def _people(language: str) -> list[Person]:
    return [Person(*(part.strip() for part in text.split(" | "))) for text in _read("people.yaml")[language]]


def _read(name: str) -> Mapping[str, Any]:
    file = resources.files("resume_review.ai_agents.evaluation").joinpath("golden", name)
    return cast("Mapping[str, Any]", yaml.safe_load(file.read_text(encoding="utf-8")))
