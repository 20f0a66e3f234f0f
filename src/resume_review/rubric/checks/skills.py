"""Checks on the summary and the skills: what is claimed, what is shown, what the industry looks for."""

import re
from collections import Counter

from resume_review.documents import SectionType
from resume_review.rubric import lexicon
from resume_review.rubric.checks.base import (
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
from resume_review.rubric.model import Category
from resume_review.rubric.timeline import today_number
from resume_review.rubric.words import Token, tokens, word_set

SUMMARY_WORDS, SUMMARY_CHARACTERS = 80, 400
MOST_SKILLS = 30
STUFFED = 8
FULL_COVERAGE = 0.5
THIN_COVERAGE = 0.2
RECENT_MONTHS = 60
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
    work = [(bullet.start, bullet.end) for bullet in context.evidence]
    words = context.tokens
    outside = Counter(token.form for token in _outside(words, work))
    total = Counter(token.form for token in words)
    hits: list[Hit] = []
    for form, count in total.items():
        if (
            count < STUFFED
            or outside[form] < STUFFED - 2
            or len(form) < 2
            or form in _PLAIN
            or form.isdigit()
        ):
            continue
        if count < 0.015 * len(words) and outside[form] < 2 * STUFFED:
            continue
        places = [token for token in words if token.form == form]
        hits.append(Hit(places[-1].start, places[-1].end, {"count": str(count)}))
    return hits


def _outside(words: list[Token], spans: list[tuple[int, int]]) -> list[Token]:
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
    """APL03."""
    if not context.skills or not context.bullets:
        return absent()
    shown = _shown_words(context)
    unevidenced = [
        (start, end) for value, start, end in context.skills if not _is_shown(value, shown, context)
    ]
    hits = [Hit(start, end) for start, end in _runs(unevidenced, context.text)]
    limit = 12
    return Outcome(tuple(hits), min(len(unevidenced), limit), limit)


def _shown_words(context: Context) -> frozenset[str]:
    return frozenset(
        _root(token.form) for bullet in context.bullets if not bullet.listing for token in bullet.words
    )


def _root(form: str) -> str:
    return form[:6] if len(form) > 6 else form


def _is_shown(skill: str, shown: frozenset[str], context: Context) -> bool:
    names = {skill}
    for match in context.pack.skill_book.search(skill):
        group = context.pack.group_of.get(match.value)
        if group is not None:
            names |= {
                alias
                for item in group.skills
                if item.name == match.value
                for alias in (item.name, item.ja, *item.aliases)
            }
    for name in names - {""}:
        roots = [_root(token.form) for token in tokens(name) if token.form not in _PLAIN]
        if roots and sum(root in shown for root in roots) >= max(1, (len(roots) + 1) // 2):
            return True
        if not roots and any(name in bullet.text for bullet in context.bullets):
            return True
    return False


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
    if coverage.share < THIN_COVERAGE:
        missing = coverage.missing_must[:3]
        values = {
            "missing": ", ".join(group.name for group in missing),
            "missing_ja": "、".join(g.ja for g in missing),
        }
        hits.append(Hit(values=values, section=SectionType.EXPERIENCE.value, confidence=0.6))
    return graded(hits, coverage.share / FULL_COVERAGE)


def recency(context: Context) -> Outcome | None:
    """APL10."""
    core = {skill.name for group in context.pack.groups for skill in group.skills if skill.core}
    since = today_number(context.today) - RECENT_MONTHS
    ends = {role.index: role.period.end for role in context.roles if role.period is not None}
    shown: set[str] = set()
    recent: set[str] = set()
    for item in context.coverage.skills:
        if item.skill not in core:
            continue
        shown.add(item.skill)
        role = item.bullet.role
        if role is None or role not in ends or ends[role] >= since:
            recent.add(item.skill)
    if not shown:
        return absent()
    share = len(recent) / len(shown)
    return graded([Hit(section=SectionType.EXPERIENCE.value, confidence=0.6)] if share < 0.5 else [], share)


_SKILLS = (Dimension.SKILLS_ALIGNMENT,)
_BOTH = (Dimension.CONTENT, Dimension.SKILLS_ALIGNMENT)

CHECKS = (
    Check(
        "CON12",
        Category.CONTENT,
        Severity.MEDIUM,
        summary_shape,
        (Dimension.CONTENT, Dimension.COMPETITIVE_POSITIONING),
    ),
    Check("CON13", Category.CONTENT, Severity.LOW, skill_list, _BOTH),
    Check("CON14", Category.CONTENT, Severity.MEDIUM, keyword_stuffing, _BOTH),
    Check("APL03", Category.APPEAL, Severity.MEDIUM, unevidenced_skill, _SKILLS),
    Check("APL04", Category.APPEAL, Severity.MEDIUM, pack_coverage, _SKILLS),
    Check("APL10", Category.APPEAL, Severity.LOW, recency, _SKILLS),
)
