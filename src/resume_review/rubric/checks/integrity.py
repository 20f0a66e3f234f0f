"""What someone tried to hide, and dates that cannot be. Shown to the reviewer, never counted."""

import re

from resume_review.documents import IntegrityKind, IntegrityMark, Span
from resume_review.rubric.checks.base import Check, Hit, Outcome, Severity, counted
from resume_review.rubric.context import Context
from resume_review.rubric.model import Category
from resume_review.rubric.timeline import month_number, today_number

_HIDDEN = frozenset(
    {
        IntegrityKind.HIDDEN_TEXT,
        IntegrityKind.TINY_TEXT,
        IntegrityKind.OFF_PAGE,
        IntegrityKind.ZERO_WIDTH,
        IntegrityKind.TAG_CHARACTERS,
        IntegrityKind.BIDI_OVERRIDE,
        IntegrityKind.OPTIONAL_CONTENT_OFF,
        IntegrityKind.ACTUAL_TEXT,
    }
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_RANGE = re.compile(
    r"(?:([A-Z][a-z]{2,8})\.?\s+)?((?:19|20)\d\d)\s*(?:[-–—−~〜]|to)\s*(?:([A-Z][a-z]{2,8})\.?\s+)?((?:19|20)\d\d)"
)
_ADDRESSED = frozenset({IntegrityKind.ADDRESSED_TO_AI, IntegrityKind.METADATA_INSTRUCTION})


def hidden_text(context: Context) -> Outcome | None:
    """INT01."""
    return counted([_hit(mark, context) for mark in context.document.integrity if mark.kind in _HIDDEN], 1)


def addressed_to_ai(context: Context) -> Outcome | None:
    """INT02."""
    return counted([_hit(mark, context) for mark in context.document.integrity if mark.kind in _ADDRESSED], 1)


def _hit(mark: IntegrityMark, context: Context) -> Hit:
    place = context.text.find(mark.text) if mark.text and mark.kind in _ADDRESSED else -1
    values = {"kind": mark.kind.value, "detail": mark.detail}
    if place < 0 or not mark.text:
        return Hit(values=values)
    return Hit(place, place + len(mark.text), values)


def impossible_dates(context: Context) -> Outcome | None:
    """INT03."""
    now = today_number(context.today)
    hits: list[Hit] = []
    for view in context.roles:
        start, end = month_number(view.role.start_date), month_number(view.role.end_date, end=True)
        span = view.role.dates_span or view.role.title_span
        place = (span.start, span.end) if span else (None, None)
        backwards = _backwards(context.text, span) if span else None
        if (start is not None and end is not None and end < start) or backwards:
            hits.append(Hit(*(backwards or place)))
        elif (start is not None and start >= now) or (end is not None and not view.current and end > now):
            hits.append(Hit(*place, variant="future"))
    return counted(hits, 1)


def _backwards(text: str, span: Span) -> tuple[int, int] | None:
    """A range in the line of the dates whose end is written before its start."""
    line_end = text.find("\n", span.start)
    match = _RANGE.search(text, span.start, line_end if line_end >= 0 else len(text))
    if match is None:
        return None
    start, end = (int(match[2]), _month_order(match[1])), (int(match[4]), _month_order(match[3]))
    if not match[1] or not match[3]:
        start, end = (start[0], 0), (end[0], 0)
    return match.span() if end < start else None


def _month_order(name: str | None) -> int:
    """Rises from January to December."""
    return _MONTHS.find(name[:3].lower()) if name else 0


_KIND = Category.INTEGRITY

CHECKS = (
    Check("INT01", _KIND, Severity.MEDIUM, hidden_text, scored=False),
    Check("INT02", _KIND, Severity.MEDIUM, addressed_to_ai, scored=False),
    Check("INT03", _KIND, Severity.LOW, impossible_dates, scored=False),
)
