"""How the resume is built: sections, their order, roles and their parts, length."""

import re
from itertools import pairwise

from resume_review.documents import BlockKind, Kind, Role, Section, SectionType
from resume_review.rubric.checks.base import (
    Check,
    Dimension,
    Hit,
    Outcome,
    Severity,
    absent,
    counted,
    flagged,
    ratio,
)
from resume_review.rubric.context import Context, RoleView
from resume_review.rubric.entries import TIME, lost_entries
from resume_review.rubric.model import Category, Tier
from resume_review.rubric.timeline import today_number
from resume_review.rubric.words import count_words

LONGEST_PARAGRAPH = 60
"""Words of about four lines."""
FEWEST_BULLETS, MOST_BULLETS = 2, 8
WORDS_PER_PAGE = 600
OLD_MONTHS = 120
YOUNG = 4
"""Years of experience below which education may come first."""
_PROJECT = re.compile(r"プロジェクト|案件|\bproject\b|^\W{0,2}[【\[]", re.IGNORECASE | re.MULTILINE)
_OWN_ACCOUNT = re.compile(
    r"self[- ]employed|freelance|independent|own account|parental leave|sabbatical|フリーランス|個人事業|自営",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"part[- ]time|volunteer|self[- ]employed|tutor|アルバイト|ボランティア", re.IGNORECASE)
_STANDARD = frozenset(SectionType) - {SectionType.OTHER, SectionType.CONTACT}
# Earlier sections have lower numbers; equal ones may come in any order.
_ORDER = {
    SectionType.SUMMARY: 0,
    SectionType.EXPERIENCE: 1,
    SectionType.EDUCATION: 2,
    SectionType.INTERESTS: 4,
    SectionType.REFERENCES: 5,
}


def no_sections(context: Context) -> Outcome | None:
    """STR01."""
    known = {section.type for section in context.document.sections if section.type in _STANDARD}
    return flagged(None if len(known) >= 2 else Hit())


def section_order(context: Context) -> Outcome | None:
    """STR02."""
    if any(count > 1 for count in context.document.layout.columns):
        return None
    first: dict[SectionType, Section] = {}
    for section in context.document.sections:
        if section.type in _ORDER and context.genuine(section.start):
            first.setdefault(section.type, section)
    if SectionType.EXPERIENCE not in first:
        return absent()
    young = context.tier.value is Tier.ENTRY or context.years < YOUNG
    hits: list[Hit] = []
    ordered = sorted(first.values(), key=lambda section: section.start)
    for index, section in enumerate(ordered):
        later = [other for other in ordered[index + 1 :] if _ORDER[other.type] < _ORDER[section.type]]
        if section.type is SectionType.EDUCATION and (young or context.japanese):
            later = [other for other in later if other.type is not SectionType.EXPERIENCE]
        if later:
            end = section.start + max(1, len(section.title))
            hits.append(Hit(section.start, end, {"before": later[0].title}))
    return counted(hits, 2)


def role_order(context: Context) -> Outcome | None:
    """STR03."""
    dated = [view for view in context.roles if view.period is not None]
    if not dated:
        return absent()
    hits: list[Hit] = []
    for before, view in pairwise(dated):
        assert before.period is not None
        assert view.period is not None
        if view.period.end > before.period.end and view.period.start > before.period.start:
            start, end = _header(view, context)
            hits.append(Hit(start, end))
    return counted(hits, 2)


def empty_section(context: Context) -> Outcome | None:
    """STR04."""
    if not context.document.sections:
        return absent()
    hits: list[Hit] = []
    seen: set[tuple[SectionType, str]] = set()
    for section in context.document.sections:
        start, end = context.body(section)
        key = (section.type, section.title.casefold().strip(" :："))
        place = (section.start, section.start + len(section.title))
        if end <= start:
            hits.append(Hit(*place))
        elif section.title and key in seen:
            hits.append(Hit(*place, variant="twice"))
        seen.add(key)
    return counted(hits, 2)


def incomplete_role(context: Context) -> Outcome | None:
    """STR05."""
    if not context.roles:
        return absent()
    hits: list[Hit] = []
    for view in context.roles:
        missing = _missing_part(view.role, context)
        if missing == "title" and (_is_project(view, context) or _holds_others(view, context)):
            continue
        if missing:
            start, end = _header(view, context)
            hits.append(Hit(start, end, variant=missing, group=view.index, confidence=0.7))
    undated = _undated_entries(context)
    hits += [Hit(start, end, variant="dates", confidence=0.7) for start, end in undated]
    return ratio(hits, len(context.roles) + len(undated))


def _is_project(view: RoleView, context: Context) -> bool:
    """A project inside a post: the post has the title."""
    return (
        _PROJECT.search(context.text, view.role.start, min(view.role.start + 60, view.role.end)) is not None
    )


def _holds_others(view: RoleView, context: Context) -> bool:
    """A company whose posts or projects follow below it, inside its time."""
    if view.bullets or view.period is None:
        return False
    following = next((other for other in context.roles if other.index == view.index + 1), None)
    inner = following.period if following else None
    return inner is not None and view.period.start <= inner.start and inner.end <= view.period.end


def _undated_entries(context: Context) -> list[tuple[int, int]]:
    """Titles that stand without any date; ATS06 reports those whose date cannot be read."""
    return [
        (header[0].start, header[0].end)
        for header in lost_entries(context)
        if not TIME.search(context.text, header[0].start, header[-1].end)
    ]


def _missing_part(role: Role, context: Context) -> str | None:
    if not role.start_date and not role.end_date:
        head_end = min([span.start for span in role.bullets] + [role.end])
        has_figures = re.search(r"\d{2}", context.text[role.start : head_end])
        return None if has_figures else "dates"
    if not role.title:
        return "title"
    if _OWN_ACCOUNT.search(context.text, role.start, min([span.start for span in role.bullets] + [role.end])):
        return None
    if role.employer and _is_inherited(role, context):
        return "employer"
    if not role.employer and not (role.location and role.location.count(",") >= 2):
        return "employer"
    return None


def _is_inherited(role: Role, context: Context) -> bool:
    """Whether the employer was taken over from a role above that names it below its own title.

    An employer above several titles holds for all of them; one that stands below a title holds for that title.
    """
    place = role.employer_span
    if place is None or role.start <= place.start < role.end:
        return False
    return any(
        view.role.title_span is not None
        and view.role.employer_span == place
        and view.role.start <= view.role.title_span.start < place.start < view.role.end
        for view in context.roles
        if view.role is not role
    )


def _header(view: RoleView, context: Context) -> tuple[int, int]:
    """The words that name a role: its title, or its first line."""
    span = view.role.title_span or view.role.employer_span or view.role.dates_span
    if span is not None:
        return span.start, span.end
    newline = context.text.find("\n", view.role.start, view.role.end)
    return view.role.start, newline if newline > view.role.start else view.role.end


def long_paragraph(context: Context) -> Outcome | None:
    """STR06."""
    if not context.roles:
        return absent()
    hits: list[Hit] = []
    for block in context.blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        section = context.section_at(block.start)
        if section is None or section.type not in {SectionType.EXPERIENCE, SectionType.PROJECTS}:
            continue
        length = count_words(context.text[block.start : block.end])
        if length > LONGEST_PARAGRAPH:
            hits.append(Hit(block.start, block.end, {"words": str(length)}))
    return counted(hits, 2)


def bullets_per_role(context: Context) -> Outcome | None:
    """STR07."""
    if not context.roles:
        return absent()
    counts = {view.index: _substance(view, context) for view in context.roles}
    judged = [view for view in context.roles if not _holds_others(view, context)]
    hits: list[Hit] = []
    thin = 0
    for position, view in enumerate(judged):
        variant = _shape(view, counts, judged[1:] if position == 0 else [], context)
        if variant is None:
            continue
        thin += 1
        written = len({bullet.group for bullet in view.bullets})
        # What is counted leaves out bullets that say nothing; what is told has to agree with what a reader counts.
        if variant == "few" and written >= FEWEST_BULLETS:
            continue
        start, end = _header(view, context)
        few = "none" if not written else None
        values = {"count": str(counts[view.index])}
        hits.append(Hit(start, end, values, variant=few if variant == "few" else variant, group=view.index))
    return Outcome(tuple(hits), thin, len(judged))


def _shape(view: RoleView, counts: dict[int, int], older: list[RoleView], context: Context) -> str | None:
    """What is wrong with the number of bullets of a role."""
    count = counts[view.index]
    if count > MOST_BULLETS:
        return "many"
    old = view.period is not None and view.period.end < today_number(context.today) - OLD_MONTHS
    aside = _ASIDE.search(context.text, view.role.start, _header(view, context)[1] + 20) is not None
    if count < FEWEST_BULLETS and not (old or aside) and not _has_paragraph(view, context):
        return "few"
    if any(counts[other.index] > count + 2 for other in older) and not _has_paragraph(view, context):
        return "thin"
    return None


def _substance(view: RoleView, context: Context) -> int:
    """Different bullets that say something; lists of terms do not."""
    return len(
        {
            bullet.group
            for bullet in view.bullets
            if not bullet.listing and (bullet.verb or not context.english)
        }
    )


def _has_paragraph(view: RoleView, context: Context) -> bool:
    return any(
        view.role.start <= block.start < view.role.end
        and block.kind is BlockKind.PARAGRAPH
        and count_words(context.text[block.start : block.end]) > 20
        for block in context.blocks
    )


def length(context: Context) -> Outcome | None:
    """STR08."""
    if context.document.source.kind in {Kind.PDF, Kind.IMAGE}:
        pages = len(context.document.pages)
    else:
        pages = -(-context.words // WORDS_PER_PAGE)
    limit = 3 if context.japanese else 2
    early = bool(context.periods) and context.years < 5 and not context.japanese
    if early:
        limit = 1
    if pages <= limit or (early and pages == 2 and context.words < WORDS_PER_PAGE):
        return flagged(None)
    values = {"pages": str(pages), "limit": str(limit), "years": f"{context.years:.0f}"}
    return flagged(Hit(values=values, variant="early" if early else None))


_ORGANIZATION = (Dimension.ORGANIZATION,)
_FIT = (Dimension.ORGANIZATION, Dimension.EXPERIENCE_FIT)

CHECKS = (
    Check("STR01", Category.ORGANIZATION, Severity.HIGH, no_sections, _ORGANIZATION),
    Check("STR02", Category.ORGANIZATION, Severity.MEDIUM, section_order, _ORGANIZATION, version=2),
    Check("STR03", Category.ORGANIZATION, Severity.MEDIUM, role_order, _FIT),
    Check("STR04", Category.ORGANIZATION, Severity.LOW, empty_section, _ORGANIZATION),
    Check("STR05", Category.ORGANIZATION, Severity.MEDIUM, incomplete_role, _FIT, version=2),
    Check("STR06", Category.ORGANIZATION, Severity.MEDIUM, long_paragraph, _ORGANIZATION),
    Check("STR07", Category.ORGANIZATION, Severity.LOW, bullets_per_role, _ORGANIZATION, version=2),
    Check("STR08", Category.ORGANIZATION, Severity.MEDIUM, length, _ORGANIZATION),
)
