"""The shape of a pack file."""

from enum import StrEnum
from functools import cached_property

import msgspec

from resume_review.rubric.model import Tier
from resume_review.rubric.words import PhraseBook


class Need(StrEnum):
    """How much an industry asks for a group of skills."""

    MUST = "must"
    NICE = "nice"


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class PackSkill(_Part, frozen=True, kw_only=True):
    """One skill under the name shown to the reader, and the other words for it.

    Attributes:
        core: Looked for by name; the others count as part of their group.
    """

    name: str
    ja: str = ""
    aliases: list[str] = []
    core: bool = False


class SkillGroup(_Part, frozen=True, kw_only=True):
    """Skills of which an industry wants to see at least some."""

    name: str
    ja: str
    need: Need
    skills: list[PackSkill]


class AppealPoint(_Part, frozen=True, kw_only=True):
    """Something that convinces in this industry: a bullet fits when it holds one of the words and meets the rest.

    Attributes:
        any_of: Words or phrases, English or Japanese.
        quantified: The bullet must give a figure.
    """

    id: str
    name: str
    ja: str
    any_of: list[str]
    quantified: bool = False


class Expectation(_Part, frozen=True, kw_only=True):
    """What a resume of a tier is expected to show.

    Attributes:
        quantified_share: Share (0-1) of bullets with a result.
        leadership: Bullets that show leading or owning.
        scope: Kinds of scope (team, money, users ...) with a figure.
    """

    quantified_share: float
    leadership: int
    scope: int


class Pack(_Part, frozen=True, kw_only=True, dict=True):
    """All that an industry looks for."""

    industry: str
    version: str
    name: str
    ja: str
    titles: list[str]
    groups: list[SkillGroup]
    appeal_points: list[AppealPoint]
    expectations: dict[Tier, Expectation]

    @cached_property
    def skill_book(self) -> PhraseBook:
        """Finds the skills by any of their names; the value is the skill's name."""
        return PhraseBook(
            (alias, skill.name)
            for group in self.groups
            for skill in group.skills
            for alias in (skill.name, *([skill.ja] if skill.ja else []), *skill.aliases)
        )

    @cached_property
    def appeal_books(self) -> list[tuple[AppealPoint, PhraseBook]]:
        """One book per appeal point."""
        return [(point, PhraseBook.of(point.any_of)) for point in self.appeal_points]

    @cached_property
    def title_book(self) -> PhraseBook:
        """Finds the titles of the industry."""
        return PhraseBook.of(self.titles)

    @cached_property
    def group_of(self) -> dict[str, SkillGroup]:
        """The group of each skill, by the skill's name."""
        return {skill.name: group for group in self.groups for skill in group.skills}
