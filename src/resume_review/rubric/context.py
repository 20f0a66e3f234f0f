"""One resume as the checks see it: parsed once, on first use."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

import msgspec

from resume_review.documents import (
    Block,
    BlockKind,
    Document,
    IntegrityKind,
    Role,
    Section,
    SectionType,
    Span,
)
from resume_review.rubric import lexicon
from resume_review.rubric.bullets import Bullet, fingerprint, parse_bullet, similar_groups, trimmed
from resume_review.rubric.coverage import Coverage, coverage_of
from resume_review.rubric.model import MarketTier
from resume_review.rubric.packs import Pack
from resume_review.rubric.pasted import pasted_spans
from resume_review.rubric.tiers import Standing, assess, is_aside, title_rank
from resume_review.rubric.timeline import Period, covered_months, period
from resume_review.rubric.words import Words, count_words, lower_case, tokens

ENOUGH_WORDS = 6
"""Words of a bullet from which on it can show work."""
_WORK = frozenset({SectionType.EXPERIENCE, SectionType.PROJECTS})
# Sections of names and lists; names of schools, certificates and papers are not the candidate's wording.
_NO_PROSE = frozenset(
    {
        SectionType.CONTACT,
        SectionType.SKILLS,
        SectionType.LANGUAGES,
        SectionType.REFERENCES,
        SectionType.EDUCATION,
        SectionType.CERTIFICATIONS,
        SectionType.PUBLICATIONS,
        SectionType.AWARDS,
    }
)


class Passage(msgspec.Struct, frozen=True, gc=False):
    """Running text: a paragraph or a bullet."""

    start: int
    end: int
    text: str
    section: SectionType | None


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role with what is computed from it."""

    index: int
    role: Role
    period: Period | None
    bullets: tuple[Bullet, ...]

    @property
    def current(self) -> bool:
        """It goes on today."""
        return self.role.current


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a check is given. Everything derived is computed on first use and kept.

    Attributes:
        today: The date of the review; `Present` ends in its month.
        target_role: The title the candidate aims at, when it was given.
        experience_level: The level asked for (`entry`, `junior`, `mid`, `senior`, `executive`), when it was given.
        job_text: A job advert to compare with, when it was given.
    """

    document: Document
    pack: Pack
    today: date
    target_role: str | None = None
    experience_level: str | None = None
    job_text: str | None = None

    @property
    def text(self) -> str:
        """All visible text."""
        return self.document.text

    @property
    def language(self) -> str:
        """Language of the resume; empty when unknown."""
        return self.document.language.code if self.document.language else ""

    @property
    def english(self) -> bool:
        """Whether the lists of English words apply."""
        return self.language == "en"

    @property
    def japanese(self) -> bool:
        """Whether the lists of Japanese words apply."""
        return self.language == "ja"

    @cached_property
    def lower(self) -> str:
        """All visible text in lower case, every character at its place."""
        return lower_case(self.text)

    @cached_property
    def words(self) -> int:
        """Words of the whole text."""
        return count_words(self.text)

    @cached_property
    def pasted(self) -> list[tuple[int, int]]:
        """Parts that read like a job advert; every other part of the context leaves them out."""
        return pasted_spans(self.document, self.tokens)

    @cached_property
    def addressed(self) -> list[tuple[int, int]]:
        """Paragraphs that are addressed to a machine. A bullet that only sounds like it stays a bullet."""
        marks = [
            mark.text
            for mark in self.document.integrity
            if mark.kind is IntegrityKind.ADDRESSED_TO_AI and mark.text
        ]
        return [
            (block.start, block.end)
            for block in (self.document.blocks if marks else [])
            if block.kind is BlockKind.PARAGRAPH
            and any(mark in self.text[block.start : block.end] for mark in marks)
        ]

    def genuine(self, start: int) -> bool:
        """Whether the place is in text that is about the candidate."""
        return not any(first <= start < last for first, last in (*self.pasted, *self.addressed))

    def sections(self, *types: SectionType) -> list[Section]:
        """Sections of these types."""
        return [section for section in self.document.sections if section.type in types]

    def section_at(self, place: int) -> Section | None:
        """The section a place is in."""
        index = bisect_right(self._section_starts, place) - 1
        if index < 0:
            return None
        section = self._ordered_sections[index]
        return section if place < section.end else None

    @cached_property
    def _ordered_sections(self) -> list[Section]:
        return sorted(self.document.sections, key=lambda section: section.start)

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self._ordered_sections]

    def body(self, section: Section) -> tuple[int, int]:
        """The span of a section after its heading line."""
        if section.title and self.text.startswith(section.title, section.start):
            start = section.start + len(section.title)
        else:
            newline = self.text.find("\n", section.start, section.end)
            start = newline if newline >= 0 else section.end
        end = section.end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    @cached_property
    def headings(self) -> list[Block]:
        """Heading blocks of genuine text."""
        return [block for block in self.blocks if block.kind is BlockKind.HEADING]

    @cached_property
    def blocks(self) -> list[Block]:
        """Blocks of genuine text."""
        return [block for block in self.document.blocks if self.genuine(block.start)]

    @cached_property
    def head_end(self) -> int:
        """Where the contact part at the top ends."""
        return next(
            (section.start for section in self._ordered_sections if section.type is not SectionType.CONTACT),
            min(len(self.text), 400),
        )

    @cached_property
    def prose(self) -> list[Passage]:
        """Paragraphs and bullets that are sentences about the candidate, in reading order."""
        found: list[Passage] = []
        for block in self.blocks:
            if block.kind not in {BlockKind.PARAGRAPH, BlockKind.BULLET} or block.start < self.head_end:
                continue
            section = self.section_at(block.start)
            if section is not None and section.type in _NO_PROSE:
                continue
            text = self.text[block.start : block.end]
            found.append(Passage(block.start, block.end, text, section.type if section else None))
        return found

    @cached_property
    def tokens(self) -> Words:
        """The words of the whole text."""
        return tokens(self.text)

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def tokens_in(self, start: int, end: int) -> Words:
        """The words between two places."""
        first = bisect_left(self._token_starts, start)
        return Words(self.tokens[first : bisect_left(self._token_starts, end, lo=first)])

    @cached_property
    def prose_words(self) -> list[Words]:
        """The words of each passage of the prose."""
        return [self.tokens_in(passage.start, passage.end) for passage in self.prose]

    @cached_property
    def summary(self) -> Passage | None:
        """The text of the summary section."""
        for section in self.sections(SectionType.SUMMARY):
            start, end = self.body(section)
            # What was pasted in behind it is not part of it.
            last = min((first for first, _ in self.pasted if start < first < end), default=end)
            text = self.text[start:last].rstrip()
            if text and self.genuine(start):
                return Passage(start, start + len(text), text, SectionType.SUMMARY)
        return None

    @cached_property
    def bullets(self) -> list[Bullet]:
        """Bullets of roles and projects; those that say the same share a group."""
        parsed: list[Bullet] = []
        for span, role, current in self._bullet_spans():
            start, end = trimmed(self.text, *span)
            if end > start:
                body = self.text[start:end]
                words = self.tokens_in(start, end)
                parsed.append(
                    parse_bullet(body, start, words, role=role, current=current, japanese=self.japanese)
                )
        groups = similar_groups([fingerprint(bullet) for bullet in parsed])
        return [
            msgspec.structs.replace(bullet, group=group) for bullet, group in zip(parsed, groups, strict=True)
        ]

    def _bullet_spans(self) -> Iterable[tuple[tuple[int, int], int | None, bool]]:
        seen: set[int] = set()
        for index, role in enumerate(self.document.fields.roles):
            for span in role.bullets:
                if self.genuine(span.start) and span.start not in seen:
                    seen.add(span.start)
                    yield (span.start, span.end), index, role.current
        spans = sorted((span.start, span.end) for role in self.document.fields.roles for span in role.bullets)
        starts = [start for start, _ in spans]
        reached = [0, *accumulate((end for _, end in spans), max)]
        for block in self.blocks:
            covered = reached[bisect_left(starts, block.end)] > block.start
            if block.kind is not BlockKind.BULLET or covered:
                continue
            section = self.section_at(block.start)
            if section is not None and section.type in _WORK:
                yield (block.start, block.end), None, False

    @cached_property
    def bullet_groups(self) -> int:
        """How many different bullets there are."""
        return len({bullet.group for bullet in self.bullets})

    @cached_property
    def roles(self) -> list[RoleView]:
        """Roles in the order of the resume."""
        return [
            RoleView(
                index,
                role,
                period(role, self.today),
                tuple(bullet for bullet in self.bullets if bullet.role == index),
            )
            for index, role in enumerate(self.document.fields.roles)
            if self.genuine(role.start)
        ]

    @cached_property
    def periods(self) -> list[Period]:
        """The time of each role that has dates."""
        return [role.period for role in self.roles if role.period is not None]

    @cached_property
    def years(self) -> float:
        """Years of experience, overlapping roles counted once."""
        return round(covered_months(self.periods) / 12, 1)

    @cached_property
    def tier(self) -> MarketTier:
        """Where the candidate stands on the market."""
        newest_first = sorted(
            self.roles,
            key=lambda view: (-(view.period.end if view.period else 0), -title_rank(view.role.title or "")),
        )
        working = [
            view.period
            for view in self.roles
            if view.period is not None
            and (not view.role.title or (title_rank(view.role.title) and not is_aside(view.role.title)))
        ]
        return assess(
            Standing(
                years=self.years,
                working_years=round(covered_months(working) / 12, 1),
                titles=[(view.role.title or "", view.role.title_span) for view in newest_first],
                places=[
                    view.role.dates_span or Span(start=view.role.start, end=view.role.start)
                    for view in self.roles
                    if view.period is not None
                ],
                bullets=self.bullets,
            )
        )

    @cached_property
    def skills(self) -> list[tuple[str, int, int]]:
        """Listed skills with their places, each once."""
        seen: set[str] = set()
        found: list[tuple[str, int, int]] = []
        for skill in self.document.fields.skills:
            key = " ".join(skill.value.casefold().split())
            if key and key not in seen and self.genuine(skill.start):
                seen.add(key)
                found.append((skill.value, skill.start, skill.end))
        return found

    @cached_property
    def evidence(self) -> list[Bullet]:
        """Bullets that show work: sentences with a verb, long enough to say something.

        Lists of terms are none; nor is having used or helped with something, when nothing came of it.
        """
        return [
            bullet
            for bullet in self.bullets
            if not bullet.listing
            and self._says_enough(bullet)
            and (bullet.verb is not None or not self.english)
            and not (bullet.weak and not bullet.measured and not bullet.outcome)
        ]

    def _says_enough(self, bullet: Bullet) -> bool:
        """Whether it is long enough without words that only stress, so that leaving them out changes nothing."""
        if not ENOUGH_WORDS <= bullet.length < ENOUGH_WORDS + 4:
            return bullet.length >= ENOUGH_WORDS
        stress = lexicon.find("intensifier", bullet.text, bullet.start, bullet.words, japanese=self.japanese)
        return bullet.length - sum(max(1, count_words(match.value)) for match in stress) >= ENOUGH_WORDS

    @cached_property
    def coverage(self) -> Coverage:
        """How much of what the industry looks for the bullets show."""
        return coverage_of(self.pack, self.evidence)
