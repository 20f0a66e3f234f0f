"""The shape of a pack file."""

from enum import StrEnum
from functools import cached_property

import msgspec

from resume_review.rubric.model import Tier
from resume_review.rubric.quantities import Unit
from resume_review.rubric.words import PhraseBook

_CORE = " (core)"


class Need(StrEnum):
    """How much an industry asks for a group of skills."""

    MUST = "must"
    NICE = "nice"


class Phrases(tuple[str, ...]):
    """Words or phrases, English or Japanese, written as one line with commas."""

    __slots__ = ()

    @classmethod
    def of(cls, line: str) -> "Phrases":
        """The phrases of a line such as `due diligence, DD, デューデリジェンス`."""
        return cls(phrase for part in line.replace("、", ",").split(",") if (phrase := part.strip()))


class PackSkill:
    """One skill under the name shown to the reader, and the other words for it.

    Written as one line: `Name (core) / 日本語名 = another word, yet another`. The Japanese name, the other words and
    `(core)` may be left out. A skill marked as core is looked for by name; the others count as part of their group.
    """

    __slots__ = ("aliases", "core", "ja", "name")

    def __init__(
        self, name: str, *, ja: str = "", aliases: Phrases | None = None, core: bool = False
    ) -> None:
        self.name = name
        self.ja = ja
        self.aliases = aliases or Phrases()
        self.core = core

    @classmethod
    def of(cls, line: str) -> "PackSkill":
        """The skill of a line.

        Raises:
            ValueError: There is no name before the `=`.
        """
        head, _, others = line.partition(" = ")
        name, _, ja = head.partition(" / ")
        core = name.endswith(_CORE)
        name = name.removesuffix(_CORE).strip()
        if not name or name.startswith("=") or name.endswith("="):
            raise ValueError("a skill is written as `Name / 日本語名 = other words`")
        return cls(name, ja=ja.strip(), aliases=Phrases.of(others), core=core)

    @property
    def words(self) -> tuple[str, ...]:
        """All that stands for the skill."""
        return (self.name, self.ja, *self.aliases) if self.ja else (self.name, *self.aliases)

    def label(self, language: str) -> str:
        """The name in a language; English names that Japanese readers use as they are have no other."""
        return self.ja if language == "ja" and self.ja else self.name


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class SkillGroup(_Part, frozen=True, kw_only=True):
    """Skills of which an industry wants to see at least some."""

    name: str
    ja: str
    need: Need
    skills: list[PackSkill]

    def label(self, language: str) -> str:
        """The name in a language."""
        return self.ja if language == "ja" else self.name


class AppealPoint(_Part, frozen=True, kw_only=True):
    """Something that convinces in this industry: a bullet makes the point when it meets every condition given.

    Attributes:
        any_of: The bullet holds one of these.
        also: And one of these, when there are any.
        units: And a figure in one of these units.
        quantified: And a figure of any kind.
        result: And what came of the work.
        leads: And it starts with leading or owning.
        story: And it says what was wrong before; such a point may do without words.
        why: What a reader of this field takes from it.
        advice: What to write when no bullet makes the point.
    """

    id: str
    name: str
    ja: str
    any_of: Phrases
    why: str
    why_ja: str
    advice: str
    advice_ja: str
    also: Phrases = Phrases()
    units: list[Unit] = []
    quantified: bool = False
    result: bool = False
    leads: bool = False
    story: bool = False

    def label(self, language: str) -> str:
        """The name in a language."""
        return self.ja if language == "ja" else self.name

    def reason(self, language: str) -> str:
        """Why it convinces."""
        return self.why_ja if language == "ja" else self.why

    def hint(self, language: str) -> str:
        """What to write."""
        return self.advice_ja if language == "ja" else self.advice


class Expectation(_Part, frozen=True, kw_only=True):
    """What a resume of a tier is expected to show.

    Attributes:
        quantified_share: Share (0-1) of bullets with a result.
        leadership: Bullets that show leading or owning.
        scope: Kinds of scope (team, money, users ...) with a figure.
        looks_for: The same in words, as a hiring partner would say it.
    """

    quantified_share: float
    leadership: int
    scope: int
    looks_for: str = ""
    looks_for_ja: str = ""


class Pack(_Part, frozen=True, kw_only=True, dict=True):
    """All that an industry looks for.

    Attributes:
        common: Whether the skills every consultancy looks for (`common.yaml`) count as well.
        stories: Whether readers of this field want cases: what was wrong, what was done, what came of it.
    """

    industry: str
    version: str
    name: str
    ja: str
    titles: Phrases
    groups: list[SkillGroup]
    appeal_points: list[AppealPoint]
    expectations: dict[Tier, Expectation]
    common: bool = False
    stories: bool = False

    def label(self, language: str) -> str:
        """The name in a language."""
        return self.ja if language == "ja" else self.name

    @cached_property
    def skill_book(self) -> PhraseBook:
        """Finds the skills by any of their names; the value is the skill's name."""
        return PhraseBook(
            (word, skill.name) for group in self.groups for skill in group.skills for word in skill.words
        )

    @cached_property
    def appeal_books(self) -> list[tuple[AppealPoint, PhraseBook, PhraseBook]]:
        """Each appeal point with the books of its two word lists."""
        return [
            (point, PhraseBook.of(point.any_of), PhraseBook.of(point.also)) for point in self.appeal_points
        ]

    @cached_property
    def title_book(self) -> PhraseBook:
        """Finds the titles of the industry."""
        return PhraseBook.of(self.titles)

    @cached_property
    def group_of(self) -> dict[str, SkillGroup]:
        """The group of each skill, by the skill's name."""
        return {skill.name: group for group in self.groups for skill in group.skills}
