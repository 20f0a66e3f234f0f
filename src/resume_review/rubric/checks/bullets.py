"""Content checks on the shape of bullets: result, length, leading verb, tense, repetition."""

import math
from collections import defaultdict
from itertools import pairwise

from resume_review.rubric import lexicon
from resume_review.rubric.bullets import Bullet
from resume_review.rubric.checks.base import (
    ENGLISH,
    ENGLISH_JAPANESE,
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
from resume_review.rubric.statements.themes import japanese_theme, shortened
from resume_review.rubric.verbs import (
    Tense,
    alternatives,
    is_passive,
    lead_verb,
    past_of,
    theme_of,
    verb_of_noun,
)
from resume_review.rubric.words import Token, Words, word_set

LONGEST, SHORTEST = 35, 5
REPEATED = 3
REPEATED_SHARE = 0.15
"""In long resumes a verb may come back in this share of the bullets."""

_EXTENT = word_set("full overall sole total complete shared joint")
"""`Full profit responsibility` starts like a noun even though it also names a duty."""
_PRESENT_BE = word_set("is are am")


def no_result(context: Context) -> Outcome | None:
    """CON02."""
    if not context.bullets:
        return absent()
    hits = [
        _without_result(bullet, context)
        for bullet in context.bullets
        if not bullet.measured and (bullet.listing or not bullet.outcome)
    ]
    return ratio(hits, context.bullet_groups)


def _without_result(bullet: Bullet, context: Context) -> Hit:
    """What was done in the resume's own words; what to add depends on the kind of work."""
    deed = bullet.statement.deed
    if deed is None or bullet.listing or bullet.length < SHORTEST:
        return Hit(bullet.start, bullet.end, group=bullet.group)
    lemma = bullet.verb.lemma if bullet.verb else ""
    kind = theme_of(lemma) if lemma else japanese_theme(context.text[slice(*deed)])
    values = {"deed": shortened(context.text[slice(*deed)])}
    return Hit(bullet.start, bullet.end, values, variant=kind or "operate", group=bullet.group)


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
        _noun_first(bullet, bullet.lead)
        for bullet in context.bullets
        if bullet.verb is None and bullet.lead is not None
    ]
    # A passive sentence or a duty is one fault, not two: the check that names it says what to do.
    shown = [
        hit
        for hit, bullet in zip(
            hits, [each for each in context.bullets if each.verb is None and each.lead], strict=True
        )
        if not _is_named_elsewhere(bullet)
    ]
    found = ratio(hits, context.bullet_groups)
    return Outcome(tuple(shown), found.affected, found.opportunities)


def _noun_first(bullet: Bullet, lead: Token) -> Hit:
    verb = verb_of_noun(lead.form)
    if verb is None:
        return Hit(lead.start, lead.end, group=bullet.group)
    return Hit(lead.start, lead.end, {"verb": past_of(verb).capitalize()}, variant="noun", group=bullet.group)


def _is_named_elsewhere(bullet: Bullet) -> bool:
    first = Words(bullet.words[:8])
    if first and first[0].form in _EXTENT:
        return False
    return is_passive(bullet.words) or bool(
        lexicon.find("duty", bullet.text, bullet.start, first, japanese=False)
    )


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
    affected = 0
    allowed = max(REPEATED, math.ceil(REPEATED_SHARE * context.bullet_groups))
    for lemma, places in used.items():
        count = len({hit.group for hit in places})
        if count < allowed:
            continue
        affected += count
        others = ", ".join(alternatives(lemma, frozenset(used)))
        values = {"verb": past_of(lemma), "count": str(count), "alternatives": others}
        last = max(places, key=lambda hit: hit.start or 0)
        hits.append(Hit(last.start, last.end, values))
    return Outcome(tuple(hits), min(affected, 8), 8)


def wrong_tense(context: Context) -> Outcome | None:
    """CON07."""
    if not context.bullets:
        return absent()
    # Nobody knows of a role without dates whether it has ended.
    dated = {
        view.index
        for view in context.roles
        if view.current or view.role.start_date or view.role.end_date or view.role.dates_span
    }
    hits: list[Hit] = []
    for bullet in context.bullets:
        verb, token = bullet.verb, bullet.verb_token
        if bullet.role not in dated:
            continue
        if verb is None and not bullet.current:
            hits += _going_on(bullet)
        if verb is None or token is None or verb.tense is Tense.PAST:
            continue
        if verb.tense is Tense.GERUND or not bullet.current:
            values = {"past": past_of(verb.lemma)}
            variant = "current" if bullet.current else None
            hits.append(Hit(token.start, token.end, values, variant=variant, group=bullet.group))
    return counted(hits, 5)


def _going_on(bullet: Bullet) -> list[Hit]:
    """`Is leading` in a role that has ended."""
    for auxiliary, word in pairwise(bullet.words[:3]):
        verb = lead_verb(word.text) if auxiliary.form in _PRESENT_BE else None
        if verb is not None and verb.tense is Tense.GERUND:
            return [Hit(auxiliary.start, word.end, {"past": past_of(verb.lemma)}, group=bullet.group)]
    return []


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
    Check(
        "CON02",
        Category.CONTENT,
        Severity.LOW,
        no_result,
        _ACHIEVEMENT,
        languages=ENGLISH_JAPANESE,
        version=2,
    ),
    Check("CON03", Category.CONTENT, Severity.LOW, too_long, _WORDING),
    Check("CON04", Category.CONTENT, Severity.LOW, too_short, _WORDING),
    Check(
        "CON05",
        Category.CONTENT,
        Severity.LOW,
        no_verb,
        _WORDING,
        languages=ENGLISH,
        tolerance=0.6,
        version=3,
    ),
    Check("CON06", Category.CONTENT, Severity.LOW, repeated_verb, _WORDING, languages=ENGLISH, version=2),
    Check("CON07", Category.CONTENT, Severity.LOW, wrong_tense, _WORDING, languages=ENGLISH, version=3),
    Check("CON11", Category.CONTENT, Severity.MEDIUM, near_duplicate, _ACHIEVEMENT),
)
