"""Content checks on the shape of bullets: result, length, leading verb, tense, repetition."""

from collections import defaultdict

from resume_review.rubric.checks.base import (
    ENGLISH,
    Check,
    Dimension,
    Hit,
    Outcome,
    Severity,
    absent,
    counted,
    ratio,
)
from resume_review.rubric.context import Context
from resume_review.rubric.model import Category
from resume_review.rubric.verbs import Tense, alternatives, past_of

LONGEST, SHORTEST = 35, 5
REPEATED = 3


def no_result(context: Context) -> Outcome | None:
    """CON02."""
    if not context.bullets:
        return absent()
    hits = [
        Hit(bullet.start, bullet.end, group=bullet.group)
        for bullet in context.bullets
        if not bullet.measured and not bullet.outcome
    ]
    return ratio(hits, context.bullet_groups)


def too_long(context: Context) -> Outcome | None:
    """CON03."""
    if not context.bullets:
        return absent()
    hits = [
        Hit(bullet.start, bullet.end, {"words": str(bullet.length)}, group=bullet.group)
        for bullet in context.bullets
        if bullet.length > LONGEST
    ]
    return counted(hits, 4)


def too_short(context: Context) -> Outcome | None:
    """CON04."""
    if not context.bullets:
        return absent()
    hits = [
        Hit(bullet.start, bullet.end, {"words": str(bullet.length)}, group=bullet.group)
        for bullet in context.bullets
        if bullet.length < SHORTEST
    ]
    return counted(hits, 4)


def no_verb(context: Context) -> Outcome | None:
    """CON05."""
    if not context.bullets:
        return absent()
    hits = [
        Hit(bullet.lead.start, bullet.lead.end, group=bullet.group)
        for bullet in context.bullets
        if bullet.verb is None and bullet.lead is not None
    ]
    return ratio(hits, context.bullet_groups)


def repeated_verb(context: Context) -> Outcome | None:
    """CON06."""
    if not context.bullets:
        return absent()
    used: defaultdict[str, list[Hit]] = defaultdict(list)
    for bullet in context.bullets:
        if bullet.verb is not None and bullet.verb_token is not None:
            token = bullet.verb_token
            used[bullet.verb.lemma].append(Hit(token.start, token.end, group=bullet.group))
    hits: list[Hit] = []
    for lemma, places in used.items():
        if len({hit.group for hit in places}) < REPEATED:
            continue
        others = ", ".join(alternatives(lemma, frozenset(used)))
        values = {"verb": past_of(lemma), "count": str(len(places)), "alternatives": others}
        hits += [Hit(hit.start, hit.end, values, group=hit.group) for hit in places]
    return counted(hits, 8)


def wrong_tense(context: Context) -> Outcome | None:
    """CON07."""
    if not context.bullets:
        return absent()
    hits: list[Hit] = []
    for bullet in context.bullets:
        verb, token = bullet.verb, bullet.verb_token
        if verb is None or token is None or bullet.role is None or verb.tense is Tense.PAST:
            continue
        if verb.tense is Tense.GERUND or not bullet.current:
            values = {"past": past_of(verb.lemma)}
            variant = "current" if bullet.current else None
            hits.append(Hit(token.start, token.end, values, variant=variant, group=bullet.group))
    return counted(hits, 5)


def near_duplicate(context: Context) -> Outcome | None:
    """CON11."""
    if not context.bullets:
        return absent()
    first: dict[int, str] = {}
    hits: list[Hit] = []
    for bullet in context.bullets:
        if bullet.group in first:
            other = " ".join(first[bullet.group].split())
            hits.append(Hit(bullet.start, bullet.end, {"other": other[:80]}))
        else:
            first[bullet.group] = bullet.text
    return counted(hits, 3)


_WORDING = (Dimension.CONTENT, Dimension.TONE)
_ACHIEVEMENT = (Dimension.CONTENT, Dimension.ACHIEVEMENT_RELEVANCE)

CHECKS = (
    Check("CON02", Category.CONTENT, Severity.LOW, no_result, _ACHIEVEMENT),
    Check("CON03", Category.CONTENT, Severity.LOW, too_long, _WORDING),
    Check("CON04", Category.CONTENT, Severity.LOW, too_short, _WORDING),
    Check("CON05", Category.CONTENT, Severity.LOW, no_verb, _WORDING, languages=ENGLISH, tolerance=0.6),
    Check("CON06", Category.CONTENT, Severity.LOW, repeated_verb, _WORDING, languages=ENGLISH),
    Check("CON07", Category.CONTENT, Severity.LOW, wrong_tense, _WORDING, languages=ENGLISH),
    Check("CON11", Category.CONTENT, Severity.MEDIUM, near_duplicate, _ACHIEVEMENT),
)
