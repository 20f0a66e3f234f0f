"""Hits become findings: words in the reader's language, a place on the page, a stable id."""

import hashlib
from bisect import bisect_left

from resume_review.documents import Box, Document
from resume_review.rubric.catalog import Catalog
from resume_review.rubric.catalog.loading import CheckText, filled
from resume_review.rubric.checks.base import Check, Hit, Severity
from resume_review.rubric.context import Context
from resume_review.rubric.model import Category, Finding, FindingType
from resume_review.rubric.scoring import Judged

_TYPES = {
    Severity.HIGH: FindingType.ERROR,
    Severity.MEDIUM: FindingType.WEAKNESS,
    Severity.LOW: FindingType.SUGGESTION,
    Severity.INFO: FindingType.SUGGESTION,
}
_CATEGORIES = list(Category)
_PHRASE_LENGTH = 80
_SAME_LINE = 0.5


def make_findings(judged: list[Judged], context: Context, catalog: Catalog) -> list[Finding]:
    """All hits as findings, worst first, then in the order of the text."""
    maker = FindingMaker(context, catalog)
    found = [
        maker.from_hit(result.check, hit)
        for result in judged
        if result.outcome is not None
        for hit in result.outcome.hits
    ]
    found.sort(key=_rank)
    return found


def _rank(finding: Finding) -> tuple[int, int, str, int]:
    place = finding.start if finding.start is not None else -1
    return (-finding.severity, _CATEGORIES.index(finding.category), finding.check, place)


class FindingMaker:
    """Makes the findings of one review; equal ones get different ids."""

    def __init__(self, context: Context, catalog: Catalog) -> None:
        """Take what the review is about and the language it is written in."""
        self._context = context
        self._catalog = catalog
        self._ids: dict[str, int] = {}

    def from_hit(self, check: Check, hit: Hit) -> Finding:
        """A fault."""
        return self._make(
            check.id, self._catalog.checks[check.id], hit,
            kind=_TYPES[check.severity], category=check.category, severity=check.severity,
        )  # fmt: skip

    def strength(self, name: str, check_id: str, category: Category, hit: Hit) -> Finding:
        """Something done well; `name` is its key in the catalog, `check_id` the check it is the other side of."""
        return self._make(
            check_id, self._catalog.strengths[name], hit,
            kind=FindingType.STRENGTH, category=category, severity=Severity.INFO, salt=name,
        )  # fmt: skip

    def _make(
        self, check_id: str, text: CheckText, hit: Hit, *,
        kind: FindingType, category: Category, severity: Severity, salt: str = "",
    ) -> Finding:  # fmt: skip
        document = self._context.document
        quote = None if hit.start is None or hit.end is None else document.text[hit.start : hit.end]
        values = {"phrase": _short(quote or ""), **hit.values}
        template = text.variants[hit.variant] if hit.variant else text.message
        suggestion = text.variants.get(f"{hit.variant}_suggestion", text.suggestion)
        section = self._context.section_at(hit.start) if hit.start is not None else None
        return Finding(
            id=self._identity(f"{check_id}\n{salt}\n{quote or hit.section or ''}\n{hit.variant or ''}"),
            check=check_id,
            type=kind,
            category=category,
            severity=int(severity),
            title=filled(text.title, values),
            message=filled(template, values),
            suggestion=filled(suggestion, values),
            rewrite=None,
            quote=quote,
            start=hit.start,
            end=hit.end,
            page=page_of(document, hit.start) if hit.start is not None else None,
            boxes=boxes_of(document, hit.start, hit.end)
            if hit.start is not None and hit.end is not None
            else [],
            section=section.type.value if section else hit.section,
            confidence=hit.confidence,
        )

    def _identity(self, content: str) -> str:
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        count = self._ids[digest] = self._ids.get(digest, 0) + 1
        return digest if count == 1 else f"{digest}-{count}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _PHRASE_LENGTH else line[: _PHRASE_LENGTH - 1].rstrip() + "…"


def page_of(document: Document, place: int) -> int | None:
    """The page a place of the text is on."""
    return next((page.number for page in document.pages if page.start <= place < page.end), None)


def boxes_of(document: Document, start: int, end: int) -> list[Box]:
    """The boxes of the words that overlap a span, one per line."""
    boxes: list[Box] = []
    for page in document.pages:
        if page.end <= start or page.start >= end:
            continue
        words = page.words
        index = bisect_left(words, start + 1, key=lambda word: word.end)
        while index < len(words) and words[index].start < end:
            _extend(boxes, words[index].box)
            index += 1
    return boxes


def _extend(boxes: list[Box], box: Box) -> None:
    if boxes:
        last = boxes[-1]
        shared = min(last[3], box[3]) - max(last[1], box[1])
        follows = box[0] >= last[0] and box[0] - last[2] < 3 * (box[3] - box[1])
        if follows and shared > _SAME_LINE * (box[3] - box[1]):
            boxes[-1] = (last[0], min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
            return
    boxes.append(box)
