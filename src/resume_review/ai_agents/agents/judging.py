"""An agent's answer made usable: every quote found in the resume, every rewrite checked, or dropped and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, cast

from resume_review.ai_agents.guardrails.plain_text import plain
from resume_review.ai_agents.guardrails.quotes import QuoteFinder
from resume_review.ai_agents.guardrails.redaction import Redacted
from resume_review.ai_agents.guardrails.rewrites import invented
from resume_review.ai_agents.reports import (
    AppealFinding,
    AppealReport,
    Strength,
    StructureFinding,
    StructureReport,
)

LONGEST_SENTENCE = 600
TOO_MANY_DROPPED = 0.2
"""Share of quotes that cannot be found above which the whole answer is not believed."""


class Located(TypedDict):
    """One comment by its place; holds no words of the resume but those of its rewrite. JSON throughout."""

    start: int
    end: int
    category: str
    severity: int
    issue: str
    suggestion: str
    rewrite: str | None


class Judgement(TypedDict):
    """What is left of an answer. `scores` are steps 0-5 by dimension."""

    scores: dict[str, int]
    findings: list[Located]
    strengths: list[Located]
    quotes: int
    dropped: int
    rewrites_dropped: int


@dataclass(frozen=True)
class Resume:
    """The text that quotes must be found in, and how to read placeholders."""

    text: str
    redacted: Redacted
    finder: QuoteFinder

    @classmethod
    def of(cls, text: str, redacted: Redacted) -> "Resume":
        """A resume ready for searching."""
        return cls(text, redacted, QuoteFinder(text))


def judge(report: StructureReport | AppealReport, resume: Resume) -> Judgement:
    """The comments whose quotes stand in the resume, as plain text."""
    found = [locate_finding(finding, resume) for finding in report.findings]
    praised = [locate_strength(strength, resume) for strength in report.strengths]
    kept = _once([located for located in found if located is not None])
    return Judgement(
        scores=cast("dict[str, int]", report.scores.model_dump()),
        findings=kept,
        strengths=_once([located for located in praised if located is not None]),
        quotes=len(found) + len(praised),
        dropped=(found + praised).count(None),
        rewrites_dropped=sum(
            located is not None and located["rewrite"] is None and bool(finding.rewrite)
            for finding, located in zip(report.findings, found, strict=True)
        ),
    )


def is_believable(judgement: Judgement) -> bool:
    """Whether few enough quotes were invented."""
    return judgement["dropped"] <= TOO_MANY_DROPPED * max(1, judgement["quotes"])


def locate_finding(finding: StructureFinding | AppealFinding, resume: Resume) -> Located | None:
    """The comment by its place; null when its quote is not in the resume."""
    span = resume.finder.find(resume.redacted.restore(finding.quote))
    if span is None:
        return None
    return Located(
        start=span.start,
        end=span.end,
        category=finding.category.value,
        severity=finding.severity,
        issue=words_of(finding.issue, resume),
        suggestion=words_of(finding.suggestion, resume),
        rewrite=_rewrite(finding.rewrite, resume, resume.text[span.start : span.end]),
    )


def locate_strength(strength: Strength, resume: Resume) -> Located | None:
    """The praise by its place; null when its quote is not in the resume."""
    span = resume.finder.find(resume.redacted.restore(strength.quote))
    if span is None:
        return None
    return Located(
        start=span.start,
        end=span.end,
        category="strength",
        severity=1,
        issue=words_of(strength.reason, resume),
        suggestion="",
        rewrite=None,
    )


def words_of(text: str, resume: Resume) -> str:
    """A model's words as plain text, with what its placeholders stand for."""
    return resume.redacted.restore(plain(text, longest=LONGEST_SENTENCE))


def _rewrite(rewrite: str | None, resume: Resume, quote: str) -> str | None:
    if not rewrite:
        return None
    words = words_of(rewrite, resume)
    if not words or words == quote or invented(words, quote=quote, resume=resume.finder.folded):
        return None
    return words


def _once(located: Sequence[Located]) -> list[Located]:
    """Comments on the same words in the same sense are one."""
    seen: set[tuple[Any, ...]] = set()
    kept: list[Located] = []
    for one in located:
        key = (one["start"], one["end"], one["category"])
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept
