"""Checks on the summary and the skills: what is claimed, what is shown, what the industry looks for."""

import re
from collections import Counter
from functools import cache

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
from resume_review.rubric.verbs import lead_verb
from resume_review.rubric.words import Token, has_cjk, tokens, word_set

SUMMARY_WORDS, SUMMARY_CHARACTERS = 80, 400
MOST_SKILLS = 30
STUFFED = 8
FULL_COVERAGE = 0.5
THIN_COVERAGE = 0.2
RECENT_MONTHS = 60
_WIDE = re.compile(r"[\x00-\u303f\uff00-\uffef\u3040-\u309f]+")
"""All but kanji and katakana: particles tell nothing."""
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
    in_bullets = _Shown(
        [(bullet.start, bullet.end) for bullet in context.bullets if not bullet.listing], context
    )
    anywhere = _Shown(_other_places(context), context)
    unevidenced = [skill for skill in context.skills if not in_bullets.shows(skill[0])]
    said = [(start, end) for value, start, end in unevidenced if not anywhere.shows(value)]
    hits = [Hit(start, end) for start, end in _runs(said, context.text)]
    limit = 12
    return Outcome(tuple(hits), min(len(unevidenced), limit), limit)


def _other_places(context: Context) -> list[tuple[int, int]]:
    """All of the text but the lists of skills."""
    kept = [
        (section.start, section.end)
        for section in context.document.sections
        if section.type is not SectionType.SKILLS and context.genuine(section.start)
    ]
    return [(0, context.head_end), *kept]


class _Shown:
    """What some parts of a text show."""

    def __init__(self, places: list[tuple[int, int]], context: Context) -> None:
        self._pack = context.pack
        self._texts = [context.text[start:end] for start, end in places]
        self._roots = frozenset(
            root
            for start, end in places
            for token in context.tokens_in(start, end)
            for root in _roots(token.form)
        )
        wide = "".join(_WIDE.sub("", text) for text in self._texts)
        self._pairs = frozenset(wide[index : index + 2] for index in range(len(wide) - 1))

    def shows(self, skill: str) -> bool:
        """Half of the words of one of its names, in any form, are enough."""
        names = {skill}
        for match in self._pack.skill_book.search(skill):
            group = self._pack.group_of.get(match.value)
            # Other names of a skill stand for it; one tool of a field does not stand for another.
            found = [item for item in group.skills if item.name == match.value] if group else []
            found = [item for item in found if skill.casefold() in {item.name.casefold(), item.ja}]
            names |= {name for item in found for name in (item.name, item.ja, *item.aliases) if name}
        return any(self._holds(name) for name in names)

    def _holds(self, name: str) -> bool:
        words = [token.form for token in tokens(name) if token.form not in _PLAIN]
        if words:
            return sum(not self._roots.isdisjoint(_roots(word)) for word in words) >= max(
                1, (len(words) + 1) // 2
            )
        wide = _WIDE.sub("", name)
        pairs = [wide[index : index + 2] for index in range(len(wide) - 1)]
        if len(pairs) < 2:
            return any(name in text for text in self._texts)
        return sum(pair in self._pairs for pair in pairs) >= 0.5 * len(pairs)


@cache
def _roots(form: str) -> frozenset[str]:
    """What forms of a word have in common: hiring and hired, negotiation and negotiated."""
    roots = {form[:6] if len(form) > 6 else form}
    verb = lead_verb(form)
    if verb is not None and verb.known:
        roots.add(verb.lemma)
    stem = re.sub(r"(?:ation|ition|tion|sion|ing|ment|ed|er|or|ive|al|e)$", "", form)
    if len(stem) >= 3:
        roots.add(stem[:5])
    return frozenset(roots)


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
            "advice": " ".join(point.advice for point in coverage.missing_points[:2]),
            "advice_ja": "".join(point.advice_ja for point in coverage.missing_points[:2]),
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
