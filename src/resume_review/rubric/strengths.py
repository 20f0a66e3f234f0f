"""What a resume does well, each with its evidence: the best first, three at least."""

from collections.abc import Iterable

from resume_review.documents import SectionType
from resume_review.rubric.bullets import Bullet
from resume_review.rubric.checks.appeal import leadership_bullets, scope_kinds
from resume_review.rubric.checks.base import Hit
from resume_review.rubric.context import Context
from resume_review.rubric.findings import FindingMaker
from resume_review.rubric.model import Category, Finding
from resume_review.rubric.quantities import Unit
from resume_review.rubric.statements.themes import shortened
from resume_review.rubric.stories import stories
from resume_review.rubric.words import lowered

FEWEST, MOST = 3, 5
MOST_POINTS = 3
"""Strengths taken from the pack's appeal points."""

Candidate = tuple[str, str, Category, Hit]
"""Key in the catalog, id of the check it is the other side of, category, evidence."""


def make_strengths(
    context: Context, maker: FindingMaker, faults: frozenset[str], language: str
) -> list[Finding]:
    """Three to five strengths of different kinds on different bullets; the other side of a fault is none.

    Args:
        context: The resume.
        maker: Makes the findings.
        faults: The checks with findings.
        language: Of the pack's reasons.
    """
    chosen: list[Finding] = []
    kinds: set[str] = set()
    taken: list[tuple[int, int]] = []
    candidates = (*_work(context, language), *_form(context, faults), *_basics(context))
    for name, check, category, hit in candidates:
        start, end = hit.start or 0, hit.end or 0
        kind = hit.values.get("point", name)
        if len(chosen) == MOST or kind in kinds or any(start < last and first < end for first, last in taken):
            continue
        kinds.add(kind)
        taken.append((start, end))
        chosen.append(maker.strength(name, check, category, hit))
    return chosen


def _work(context: Context, language: str) -> Iterable[Candidate]:
    """What the bullets show: first what the industry looks for, best bullet first."""
    field = {"industry": lowered(context.pack.label(language))}
    # A bullet that makes several points stands for the one that fewest others make.
    best = {
        bullet.start: (_strength_of(bullet), point, bullet)
        for point, bullets in sorted(context.coverage.points, key=lambda made: -len(made[1]))
        for bullet in bullets
        if bullet.has_result
    }
    seen: set[str] = set()
    for _, point, bullet in sorted(best.values(), key=lambda each: each[0], reverse=True):
        if point.id not in seen and len(seen) < MOST_POINTS:
            seen.add(point.id)
            values = {"point": point.label(language), "why": point.reason(language), **field}
            yield "point", "APL04", Category.APPEAL, Hit(bullet.start, bullet.end, values)
    if context.pack.stories:
        for story in stories(context):
            values = {"complication": shortened(story.complication), **field}
            yield "story", "APL13", Category.APPEAL, Hit(story.start, story.end, values)
    wins = [bullet for bullet in context.bullets if bullet.quantified_win and not bullet.listing]
    for bullet in sorted(wins, key=_strength_of, reverse=True)[:1]:
        yield "win", "APL01", Category.APPEAL, Hit(bullet.start, bullet.end, field)
    for bullet in sorted(leadership_bullets(context), key=_size_of_team, reverse=True):
        yield "leadership", "APL07", Category.APPEAL, Hit(bullet.start, bullet.end, field)
    skills = {skill.name: skill for group in context.pack.groups for skill in group.skills if skill.core}
    for item in context.coverage.skills:
        if item.skill in skills:
            values = {"skill": skills[item.skill].label(language), **field}
            yield "skill", "APL04", Category.APPEAL, Hit(item.start, item.end, values)
    for bullet in scope_kinds(context.bullets).values():
        yield "scope", "APL06", Category.APPEAL, Hit(bullet.start, bullet.end, field)


def _strength_of(bullet: Bullet) -> tuple[int, int, int]:
    strong = sum(quantity.unit in {Unit.MONEY, Unit.PERCENT, Unit.MULTIPLE} for quantity in bullet.quantities)
    return (strong, len(bullet.quantities), -bullet.start)


def _size_of_team(bullet: Bullet) -> int:
    """How many groups of people it counts; the sort keeps the order of the text among equals."""
    return sum(quantity.unit is Unit.PEOPLE for quantity in bullet.quantities)


def _form(context: Context, faults: frozenset[str]) -> Iterable[Candidate]:
    """What is clean, where there is something to be clean about."""
    dated = [view for view in context.roles if view.role.dates_span and view.period]
    if len(dated) >= 2 and len(dated) == len(context.roles) and not faults & {"FMT01", "FMT02", "ATS06"}:
        span = dated[0].role.dates_span
        assert span is not None
        yield "dates", "FMT01", Category.FORMATTING, Hit(span.start, span.end, {"count": str(len(dated))})
    leads = [bullet.verb_token for bullet in context.bullets if bullet.verb_token]
    if len(leads) >= 3 and "CON05" not in faults:
        yield (
            "verbs",
            "CON05",
            Category.CONTENT,
            Hit(leads[0].start, leads[0].end, {"count": str(len(leads))}),
        )
    if context.summary and "CON12" not in faults:
        yield "summary", "CON12", Category.CONTENT, Hit(context.summary.start, context.summary.end)
    for value in context.document.fields.certifications[:1]:
        yield "certificate", "APL12", Category.APPEAL, Hit(value.start, value.end)
    if not faults & {"CMP01", "CMP02", "CMP09"}:
        for value in context.document.fields.emails[:1]:
            yield "contact", "CMP01", Category.COMPLETENESS, Hit(value.start, value.end)


def _basics(context: Context) -> Iterable[Candidate]:
    """What nearly every resume has; used when there is nothing better."""
    for item in context.document.fields.education[:1]:
        yield "education", "CMP06", Category.COMPLETENESS, Hit(item.start, item.end)
    known = [
        section
        for section in context.document.sections
        if section.type is not SectionType.OTHER and section.title
    ]
    for section in known[:1]:
        end = section.start + len(section.title)
        yield "sections", "STR01", Category.ORGANIZATION, Hit(section.start, end, {"count": str(len(known))})
    for _, start, end in context.skills[:1]:
        yield "skills", "CMP07", Category.COMPLETENESS, Hit(start, end)
    for view in context.roles[:1]:
        yield (
            "role",
            "STR05",
            Category.ORGANIZATION,
            Hit(view.role.start, _line_end(context.text, view.role.start)),
        )
    for block in context.document.blocks[:FEWEST]:
        if block.end > block.start:
            yield "text", "ATS01", Category.ATS, Hit(block.start, block.end)


def _line_end(text: str, start: int) -> int:
    newline = text.find("\n", start)
    return newline if newline > start else len(text)
