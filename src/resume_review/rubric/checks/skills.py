"""Checks on the summary and the skills: what is claimed, what is shown, what the industry looks for."""

import re
from collections import Counter

from resume_review.documents import SectionType
from resume_review.rubric import lexicon
from resume_review.rubric.checks.base import (
    ENGLISH_JAPANESE,
    Check,
    Dimension,
    Hit,
    Outcome,
    Severity,
    absent,
    counted,
    flagged,
    graded,
)
from resume_review.rubric.context import Context
from resume_review.rubric.model import Category, Tier
from resume_review.rubric.packs import Need, PackSkill
from resume_review.rubric.shown import Shown, speaks_for_itself
from resume_review.rubric.timeline import today_number
from resume_review.rubric.words import Token, Words, has_cjk, word_set

SUMMARY_WORDS, SUMMARY_CHARACTERS = 80, 400
MOST_SKILLS = 30
STUFFED = 8
MOST_TERMS = 2
FULL_COVERAGE = 0.5
THIN_COVERAGE = 0.2
LOW_COVERAGE = 0.3
FEW_SKILLS = 3
"""Below this many skills that the industry asks for, a low coverage is thin: general words such as won or sold made it."""
RECENT_MONTHS = 60
RECENT_DEGREES = (0.0, 0.75, 1.0)
"""How well the check is passed with no, one and more core skills used of late; older ones more take nothing away."""
_PASTIME = re.compile(
    r"\W*(?:personal\s+)?(?:interests|hobbies|activities|certifi\w+|趣味|資格)\b[^::\n]{0,20}[::]",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b\d+\+?\s*(?:years|yrs)\b|\d+\s*年|\b(?:two|three|four|five|six|seven|eight|nine|ten)\s+years\b",
    re.IGNORECASE,
)


def summary_shape(context: Context) -> Outcome | None:
    """CON12."""
    summary = context.summary
    if summary is None:
        return None
    words = context.tokens_in(summary.start, summary.end)
    if context.japanese and len(summary.text) > SUMMARY_CHARACTERS:
        return flagged(Hit(summary.start, summary.end, {"length": str(len(summary.text))}, variant="long_ja"))
    if not context.japanese and len(words) > SUMMARY_WORDS:
        return flagged(Hit(summary.start, summary.end, {"length": str(len(words))}, variant="long"))
    names_role = bool(lexicon.book("title").search(summary.text)) or bool(
        context.pack.title_book.search(summary.text)
    )
    if names_role or _YEARS.search(summary.text):
        return flagged(None)
    if not context.english and not context.japanese:
        return None
    return flagged(Hit(summary.start, summary.end))


def skill_list(context: Context) -> Outcome | None:
    """CON13."""
    if not context.skills:
        return absent()
    hits: list[Hit] = []
    if len(context.skills) > MOST_SKILLS:
        _, start, _ = context.skills[MOST_SKILLS]
        hits.append(Hit(start, context.skills[-1][2], {"count": str(len(context.skills))}, variant="many"))
    stakes = lexicon.book("table_stakes")
    for value, start, end in context.skills:
        found = stakes.search(value)
        if found and found[0].end - found[0].start >= len(value) - 8:
            hits.append(Hit(start, end))
    return counted(hits, 3)


def keyword_stuffing(context: Context) -> Outcome | None:
    """CON14."""
    hits = [Hit(start, min(end, start + 200), variant="advert") for start, end in context.pasted]
    hits += _repeated_terms(context)
    hits += _repeated_lists(context)
    return counted(hits, 1)


def _repeated_terms(context: Context) -> list[Hit]:
    """Terms named again and again outside the bullets that show them at work."""
    words = context.tokens
    total = Counter([token.form for token in words])
    often = {
        form: count
        for form, count in total.items()
        if count >= STUFFED and len(form) >= 2 and form not in _PLAIN and not form.isdigit()
    }
    if not often:
        return []
    work = [(bullet.start, bullet.end) for bullet in context.evidence] + _names(context)
    outside = Counter([token.form for token in _outside(words, work)])
    hits: list[tuple[int, Hit]] = []
    for form, count in often.items():
        if outside[form] < STUFFED - 2:
            continue
        if count < 0.015 * len(words) and outside[form] < 2 * STUFFED:
            continue
        places = [token for token in words if token.form == form]
        hits.append((count, Hit(places[-1].start, places[-1].end, {"count": str(count)})))
    # Naming the worst is enough: what is repeated with it goes with it.
    hits.sort(key=lambda each: (-each[0], each[1].start or 0))
    return [hit for _, hit in hits[:MOST_TERMS]]


def _names(context: Context) -> list[tuple[int, int]]:
    """Titles, employers and places of roles: a name that returns there is not stuffed."""
    spans = [
        span
        for view in context.roles
        for span in (view.role.title_span, view.role.employer_span, view.role.dates_span)
    ]
    return [(span.start, span.end) for span in spans if span is not None]


def _outside(words: Words, spans: list[tuple[int, int]]) -> list[Token]:
    ordered = sorted(spans)
    kept: list[Token] = []
    index = 0
    for token in words:
        while index < len(ordered) and ordered[index][1] <= token.start:
            index += 1
        if index >= len(ordered) or token.start < ordered[index][0]:
            kept.append(token)
    return kept


def _repeated_lists(context: Context) -> list[Hit]:
    """Skills that are listed a second time: three or more make a repeated list."""
    seen: set[str] = set()
    again: list[tuple[int, int]] = []
    for skill in context.document.fields.skills:
        key = " ".join(skill.value.casefold().split())
        if key in seen:
            again.append((skill.start, skill.end))
        seen.add(key)
    text = context.text
    for section in context.sections(SectionType.SKILLS):
        for value, _, _ in context.skills:
            first = text.find(value, section.start, section.end)
            second = text.find(value, first + 1, section.end) if first >= 0 else -1
            if second >= 0 and len(value) > 2 and (second, second + len(value)) not in again:
                again.append((second, second + len(value)))
    for value, start, end in context.skills:
        if has_cjk(value) and text.count(value) >= STUFFED and len(again) < 3:
            again += [(start, end)] * 3
    if len(again) < 3:
        return []
    return [Hit(again[0][0], again[0][1], {"count": str(len(again))}, variant="list")]


_PLAIN = word_set("""
    the and of to in for a an with on by from at as is was were or that this it its into over across their our my i per
    than not no all new team client year month work business project manager consultant management senior engineer
    present current experience company university ltd inc january february march april may june july august september
    october november december jan feb mar apr jun jul aug sep sept oct nov dec data service system process
    """)


def unevidenced_skill(context: Context) -> Outcome | None:
    """APL03: counted where no bullet shows the skill; reported where nothing else in the resume does either."""
    if not context.skills or not context.bullets:
        return absent()
    shown = Shown.of(
        [(bullet.start, bullet.end) for bullet in context.bullets if not bullet.listing], context
    )
    anywhere = Shown.of(_other_places(context), context)
    unevidenced = [
        skill
        for skill in context.skills
        if not speaks_for_itself(skill[0])
        and not _is_pastime(skill[1], context)
        and not shown.shows(skill[0])
    ]
    said = [(start, end) for value, start, end in unevidenced if not anywhere.shows(value)]
    spans = _runs(said, context.text)
    starts = [start for start, _ in said]
    hits = [
        Hit(start, end, variant="several" if sum(start <= place < end for place in starts) > 1 else None)
        for start, end in spans
    ]
    limit = 12
    return Outcome(tuple(hits), min(len(unevidenced), limit), limit)


def _is_pastime(place: int, context: Context) -> bool:
    """Whether it stands in a line of interests or certificates below the skills."""
    line = context.text.rfind("\n", 0, place) + 1
    return _PASTIME.match(context.text, line, place) is not None


def _other_places(context: Context) -> list[tuple[int, int]]:
    """All of the text but the lists of skills."""
    kept = [
        (section.start, section.end)
        for section in context.document.sections
        if section.type is not SectionType.SKILLS and context.genuine(section.start)
    ]
    return [(0, context.head_end), *kept]


def _runs(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Neighbours in one list become one span."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if (
            merged
            and start >= merged[-1][1]
            and not re.search(r"[^\s,;、・/|]|\n", text[merged[-1][1] : start])
        ):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def pack_coverage(context: Context) -> Outcome | None:
    """APL04."""
    coverage = context.coverage
    hits: list[Hit] = []
    asked = {skill.name for group in context.pack.groups if group.need is Need.MUST for skill in group.skills}
    few = len({item.skill for item in coverage.skills if item.skill in asked}) < FEW_SKILLS
    if coverage.share < THIN_COVERAGE or (few and coverage.share < LOW_COVERAGE):
        missing = coverage.missing_must[:3]
        values = {
            "missing": ", ".join(group.name for group in missing),
            "missing_ja": "、".join(g.ja for g in missing),
            "advice": " ".join(point.advice for point in coverage.missing_points[:2]),
            "advice_ja": "".join(point.advice_ja for point in coverage.missing_points[:2]),
        }
        hits.append(Hit(values=values, section=SectionType.EXPERIENCE.value, confidence=0.6))
    return graded(hits, coverage.share / FULL_COVERAGE)


def recency(context: Context) -> Outcome | None:
    """APL10."""
    known = {skill.name: skill for group in context.pack.groups for skill in group.skills}
    core = {
        skill.name
        for group in context.pack.groups
        for skill in group.skills
        if skill.core or group.need is Need.MUST
    }
    used = last_used(context)
    since = today_number(context.today) - RECENT_MONTHS
    shown = {name: last for name, last in used.items() if name in core}
    if not shown:
        old = bool(used) and all(last is not None and last < since for last in used.values())
        return Outcome((_long_ago(used, known),) if old else (), 1.0, 1.0)
    recent = sum(last is None or last >= since for last in shown.values())
    degree = RECENT_DEGREES[min(recent, len(RECENT_DEGREES) - 1)]
    # Those who run a business leave the craft to others, but stay in the field.
    runs = context.tier.value is Tier.EXECUTIVE and any(
        last is None or last >= since for last in used.values()
    )
    if recent or runs:
        return graded([], degree)
    return graded([_long_ago(shown, known)], degree)


def _long_ago(shown: dict[str, int | None], known: dict[str, PackSkill]) -> Hit:
    """The skills used last, with the year of each."""
    ordered = sorted(shown, key=lambda name: (-(shown[name] or 0), not known[name].core, name))[:3]
    years = {name: ((shown[name] or 1) - 1) // 12 for name in ordered}
    values = {
        "skills": ", ".join(f"{known[name].name} ({years[name]})" for name in ordered),
        "skills_ja": "、".join(f"{known[name].label('ja')}({years[name]}年)" for name in ordered),
    }
    return Hit(values=values, section=SectionType.EXPERIENCE.value, confidence=0.6)


def last_used(context: Context) -> dict[str, int | None]:
    """When each skill of the pack was last shown at work, in months since year zero; null where that is not known."""
    ends = _oldest_ends(context)
    found: dict[str, int | None] = {}
    for item in context.coverage.skills:
        end = ends.get(item.bullet.group)
        known = found.get(item.skill, 0)
        found[item.skill] = None if end is None or known is None else max(end, known)
    return found


def _oldest_ends(context: Context) -> dict[int, int]:
    """The end of the oldest dated role with a bullet of each group: what is copied to a newer role is not done anew."""
    ends = {role.index: role.period.end for role in context.roles if role.period is not None}
    oldest: dict[int, int] = {}
    for bullet in context.bullets:
        end = ends.get(bullet.role) if bullet.role is not None else None
        if end is not None:
            oldest[bullet.group] = min(end, oldest.get(bullet.group, end))
    return oldest


_SKILLS = (Dimension.SKILLS_ALIGNMENT,)
_BOTH = (Dimension.CONTENT, Dimension.SKILLS_ALIGNMENT)

_WORDED = ENGLISH_JAPANESE

CHECKS = (
    Check(
        "CON12",
        Category.CONTENT,
        Severity.MEDIUM,
        summary_shape,
        (Dimension.CONTENT, Dimension.COMPETITIVE_POSITIONING),
    ),
    Check("CON13", Category.CONTENT, Severity.LOW, skill_list, _BOTH),
    Check("CON14", Category.CONTENT, Severity.MEDIUM, keyword_stuffing, _BOTH, version=2),
    Check(
        "APL03", Category.APPEAL, Severity.MEDIUM, unevidenced_skill, _SKILLS, languages=_WORDED, version=2
    ),
    Check("APL04", Category.APPEAL, Severity.MEDIUM, pack_coverage, _SKILLS, languages=_WORDED, version=3),
    Check("APL10", Category.APPEAL, Severity.LOW, recency, _SKILLS, languages=_WORDED, version=3),
)
