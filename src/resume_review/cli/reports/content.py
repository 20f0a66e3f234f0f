"""What every report says, whatever it looks like: the parts of a `Review` put into words and order."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from resume_review.cli.reports.catalog import Catalog
from resume_review.documents import Document, IntegrityMark
from resume_review.rubric.model import Finding, Review, ReviewType

CONTEXT = 80
"""Characters of the bullet or paragraph shown on each side of a quote."""
LONGEST_QUOTE = 240
EVIDENCE_SHOWN = 4

_BULLETS = " •●○◦▪■□–—-*・·"
_PRIVATE_USE = "Co"
_INVISIBLE = {"Cc", "Cf", "Cs", _PRIVATE_USE}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words a finding is about and what stands around them in the same bullet or paragraph."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of one check, the gravest first."""

    findings: tuple[Finding, ...]

    @property
    def lead(self) -> Finding:
        """The finding that names and weighs the group."""
        return self.findings[0]

    @property
    def message(self) -> str | None:
        """What is true of every finding of the group but for the quote; null where each has its own message."""
        alike = _shared(
            clean(finding.message).replace(clean(finding.quote or "\0"), "…") for finding in self.findings
        )
        return clean(self.lead.message) if alike else None

    @property
    def suggestion(self) -> str | None:
        """As `message`."""
        return _shared(finding.suggestion for finding in self.findings)


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """Named scores, 0-100, under a heading."""

    title: str
    rows: tuple[tuple[str, int], ...]


class Tone(StrEnum):
    """How good a score is, for colours; the bounds are those of the bands."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


def clean(text: str) -> str:
    """One line that is safe to print: no control, direction or invisible characters, no runs of blanks.

    A resume could otherwise move the cursor of a terminal or turn the direction of the text.
    """
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """As `clean`, but with the line breaks and blanks kept."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character
        for character in text.replace("\t", " ")
        if character == "\n" or unicodedata.category(character) not in _INVISIBLE
    )


def _shared(texts: Iterable[str]) -> str | None:
    different = set(map(clean, texts))
    return different.pop() if len(different) == 1 else None


def tone(score: int) -> Tone:
    """Good from 60, fair from 50."""
    if score >= 60:
        return Tone.GOOD
    return Tone.FAIR if score >= 50 else Tone.POOR


def grouped(findings: Sequence[Finding]) -> list[Group]:
    """The findings by check, in the order in which the checks first appear (worst first)."""
    by_check: dict[str, list[Finding]] = {}
    for finding in findings:
        by_check.setdefault(finding.check, []).append(finding)
    return [Group(tuple(members)) for members in by_check.values()]


def excerpt(finding: Finding, document: Document | None) -> Excerpt | None:
    """The quote of a finding in its bullet or paragraph; null where the finding is about something missing."""
    if not finding.quote:
        return None
    quote = shorten(clean(finding.quote), LONGEST_QUOTE)
    if document is None or finding.start is None or finding.end is None:
        return Excerpt("", quote, "")
    text = document.text
    if text[finding.start : finding.end] != finding.quote:
        return Excerpt("", quote, "")
    first, last = _surroundings(document, finding.start, finding.end)
    before = visible(text[first : finding.start]).replace("\n", " ").lstrip(_BULLETS)
    after = visible(text[finding.end : last]).replace("\n", " ").rstrip()
    return Excerpt(_tail(before), quote, shorten(after, CONTEXT))


def _surroundings(document: Document, start: int, end: int) -> tuple[int, int]:
    """The bullet or paragraph around a span; its lines where it is in none or in several."""
    for block in document.blocks:
        if block.start <= start and end <= block.end:
            return block.start, block.end
    line_end = document.text.find("\n", end)
    return document.text.rfind("\n", 0, start) + 1, line_end if line_end >= 0 else len(document.text)


def shorten(text: str, limit: int) -> str:
    """The first `limit` characters, cut at a blank where there is one near, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > limit * 2 // 3 else cut).rstrip(" ,;:、") + "…"


def _tail(text: str) -> str:
    if len(text) <= CONTEXT:
        return text
    cut = text[-CONTEXT:]
    blank = cut.find(" ")
    return "…" + (cut[blank + 1 :] if 0 <= blank < CONTEXT // 3 else cut)


def place(finding: Finding, words: Catalog) -> str:
    """Page and section of a finding, as far as they are known."""
    parts: list[str] = []
    if finding.page is not None:
        parts.append(words("place.page", page=finding.page))
    if finding.section:
        parts.append(words.name("section_type", clean(finding.section)))
    return " · ".join(parts)


def score_groups(review: Review, words: Catalog) -> list[ScoreGroup]:
    """The four structure, four appeal and three area scores, as far as there are any."""
    scores = review.scores
    areas = {"ats": scores.ats, "content": scores.content, "formatting": scores.formatting}
    named = {
        "structure": msgspec.structs.asdict(scores.structure) if scores.structure else {},
        "appeal": msgspec.structs.asdict(scores.appeal) if scores.appeal else {},
        "areas": areas,
    }
    groups = (
        ScoreGroup(
            words(f"group.{title}"),
            tuple((words(f"score.{name}"), value) for name, value in rows.items() if value is not None),
        )
        for title, rows in named.items()
    )
    return [group for group in groups if group.rows]


def filename(review: Review) -> str:
    """The name of the file, safe to print."""
    return clean(review.document.filename)


def facts(review: Review, words: Catalog) -> str:
    """How long the resume is and in which language."""
    document = review.document
    parts: list[str] = []
    if document.pages:
        parts.append(words.counted("pages", document.pages))
    parts.append(words.counted("words", document.words))
    if document.language:
        parts.append(words.name("language", document.language))
    return " · ".join(parts)


def points(review: Review) -> int | None:
    """The score at the head of the report; a check for tracking systems has theirs alone."""
    return review.scores.ats if _is_ats_check(review) else review.scores.overall


def _is_ats_check(review: Review) -> bool:
    return review.receipt.review_type is ReviewType.ATS_CHECK


def verdict(review: Review, words: Catalog) -> str:
    """The score in words, or why there is none."""
    if review.band is not None:
        return words(f"band.{review.band}")
    if _is_ats_check(review) and review.scores.ats is not None:
        return words("score.ats")
    return words.name("status", review.status)


def industry(review: Review, words: Catalog) -> str:
    """For which industry the resume was reviewed."""
    return words("reviewed_for", industry=words.name("industry", clean(review.industry)))


def confidence(value: float, words: Catalog) -> str:
    """A share as a percentage."""
    return words("confidence", percent=round(value * 100))


def tier(review: Review, words: Catalog) -> str | None:
    """Tier, years and how sure they are."""
    if review.market_tier is None:
        return None
    market = review.market_tier
    parts = [
        words(f"tier.{market.value}"),
        words.counted("tier.years", market.years),
        confidence(market.confidence, words),
    ]
    return " · ".join(parts)


def tier_evidence(review: Review, document: Document | None) -> list[str]:
    """The words from which the tier was read; needs the document."""
    if review.market_tier is None or document is None:
        return []
    found = (clean(document.text[span.start : span.end]) for span in review.market_tier.evidence)
    return [shorten(text, CONTEXT) for text in dict.fromkeys(found) if text][:EVIDENCE_SHOWN]


def mark_text(mark: IntegrityMark) -> str:
    """What was hidden or addressed to a machine, shortened."""
    return shorten(clean(mark.text or ""), LONGEST_QUOTE)


def mark_title(mark: IntegrityMark, words: Catalog) -> str:
    """The name of an integrity mark and its page."""
    name = words.name("integrity", mark.kind)
    return name if mark.page is None else f"{name} · {words('place.page', page=mark.page)}"


@dataclass(frozen=True, slots=True)
class Advert:
    """What a job advert asks for: how much of it is shown (0-1), and the terms by what became of them."""

    coverage: float
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def advert(review: Review, words: Catalog) -> Advert | None:
    """The comparison with a job advert; null where none was given. Lists without terms are left out."""
    if review.job is None:
        return None
    rows: list[tuple[str, tuple[str, ...]]] = []
    for kind in ("required", "preferred"):
        terms: list[dict[str, Any]] = review.job.get(kind, [])
        for name, wanted in (("missing", False), ("shown", True)):
            found = tuple(clean(str(term["term"])) for term in terms if bool(term["evidence"]) is wanted)
            if found:
                rows.append((words(f"job.{kind}.{name}"), found))
    return Advert(float(review.job.get("coverage", 0.0)), tuple(rows))


def receipt(review: Review, words: Catalog) -> str:
    """What made this answer, enough to ask for it again."""
    made = review.receipt
    parts = [
        words("receipt.rubric", version=clean(made.rubric)),
        words("receipt.pack", version=clean(made.pack)),
        words("receipt.extractor", version=clean(made.extractor)),
    ]
    if made.model:
        parts.append(words("receipt.model", name=clean(made.model)))
    parts += [
        words("receipt.date", date=clean(made.review_date)),
        words("receipt.time", milliseconds=round(made.elapsed_ms)),
        words("receipt.hash", digest=clean(review.document.sha256)[:16]),
    ]
    if made.settings:
        parts.append(words("receipt.settings", settings="; ".join(map(clean, made.settings))))
    return " · ".join(parts)
