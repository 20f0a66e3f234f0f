"""What someone tried to hide, and dates that cannot be. Shown to the reviewer, never counted."""

import re

from resume_review.documents import IntegrityKind, IntegrityMark, Span
from resume_review.documents.addressed import speaks_to_machine
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
_POINT = (
    r"(?:(?P<name{0}>[A-Z][a-z]{{2,8}})\.?,?\s+|(?<!\d)(?P<month{0}>\d\d?)\s?[/.-]\s?)?(?P<year{0}>(?:19|20)\d\d)"
    r"(?:\s?年\s?(?P<kanji{0}>\d\d?)\s?月|\s?年|[/.-](?P<after{0}>0?[1-9]|1[0-2])(?!\d))?"
)
_RANGE = re.compile(
    rf"{_POINT.format(1)}\s*(?:[-–—−ー~〜～→]|to|until|till|through|から|より)\s*{_POINT.format(2)}"
)
_ADDRESSED = frozenset({IntegrityKind.ADDRESSED_TO_AI, IntegrityKind.METADATA_INSTRUCTION})


def hidden_text(context: Context) -> Outcome | None:
    """INT01."""
    return counted([_hit(mark, context) for mark in context.document.integrity if mark.kind in _HIDDEN], 1)


def addressed_to_ai(context: Context) -> Outcome | None:
    """INT02: in plain sight or hidden."""
    return counted([_hit(mark, context) for mark in context.document.integrity if _speaks(mark)], 1)


def _speaks(mark: IntegrityMark) -> bool:
    return mark.kind in _ADDRESSED or (
        mark.kind in _HIDDEN and mark.text is not None and speaks_to_machine(mark.text)
    )


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
    (first, first_month), (last, last_month) = _point(match, 1), _point(match, 2)
    if first == last and first_month and last_month:
        return match.span() if last_month < first_month else None
    return match.span() if last < first else None


def _point(match: re.Match[str], which: int) -> tuple[int, int]:
    """Year and month of one end; the month is 0 when it is not given."""
    name = match[f"name{which}"]
    number = match[f"month{which}"] or match[f"kanji{which}"] or match[f"after{which}"]
    month = _MONTHS.find(name[:3].lower()) // 4 + 1 if name else int(number or 0)
    return int(match[f"year{which}"]), month


_KIND = Category.INTEGRITY

CHECKS = (
    Check("INT01", _KIND, Severity.MEDIUM, hidden_text, scored=False),
    Check("INT02", _KIND, Severity.MEDIUM, addressed_to_ai, scored=False, version=2),
    Check("INT03", _KIND, Severity.LOW, impossible_dates, scored=False, version=2),
)
