"""Content checks that look for words: duty phrases, weak verbs, vague amounts, bare numbers."""

import re

from resume_review.documents import SectionType
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
)
from resume_review.rubric.context import Context
from resume_review.rubric.model import Category
from resume_review.rubric.quantities import Unit
from resume_review.rubric.verb_list import WEAK

_BARE = re.compile(
    r"\b(?:by|to|from)\s+(?:about\s+|over\s+|nearly\s+|more than\s+|around\s+|up to\s+)?$", re.IGNORECASE
)
_SECOND_END = re.compile(r"\bfrom\s+(?:\S+\s+){1,6}to\s+$", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:improv|increas|reduc|decreas|rais|cut|grew|grow|boost|lower|shorten|sav|accelerat|rose|fell|drop|expand)",
    re.IGNORECASE,
)


def duty_phrase(context: Context) -> Outcome | None:
    """CON01."""
    if not context.bullets and not context.roles:
        return absent()
    hits: list[Hit] = []
    for passage, words in zip(context.prose, context.prose_words, strict=True):
        if passage.section not in {SectionType.EXPERIENCE, SectionType.PROJECTS, None}:
            continue
        book = lexicon.book("duty")
        found = list(book.find(words))
        if context.japanese and not found:
            bullet = _bullet_at(context, passage.start)
            if bullet is None or bullet.measured or bullet.outcome:
                continue
            found = list(book.find_wide(passage.text, passage.start))[:1]
        hits += [Hit(match.start, match.end) for match in found]
    return counted(hits, 4)


def _bullet_at(context: Context, place: int) -> Bullet | None:
    return next((bullet for bullet in context.bullets if place <= bullet.start < place + 8), None)


def weak_verb(context: Context) -> Outcome | None:
    """CON08."""
    if not context.bullets:
        return absent()
    hits: list[Hit] = []
    for bullet in context.bullets:
        if context.japanese:
            matches = list(lexicon.book("weak").find_wide(bullet.text, bullet.start))[:1]
            hits += [
                Hit(match.start, match.end, group=bullet.group) for match in matches if not bullet.measured
            ]
        elif bullet.verb is not None and bullet.verb.lemma in WEAK and bullet.verb_token is not None:
            token = bullet.verb_token
            hits.append(Hit(token.start, token.end, group=bullet.group))
    return counted(hits, 5)


def vague_quantity(context: Context) -> Outcome | None:
    """CON09."""
    hits: list[Hit] = []
    for passage, words in zip(context.prose, context.prose_words, strict=True):
        book = lexicon.book("vague")
        matches = [
            *book.find(words),
            *(book.find_wide(passage.text, passage.start) if context.japanese else ()),
        ]
        hits += [Hit(match.start, match.end) for match in matches]
    return counted(hits, 5)


def bare_number(context: Context) -> Outcome | None:
    """CON10."""
    if not context.bullets:
        return absent()
    hits: list[Hit] = []
    for bullet in context.bullets:
        for quantity in bullet.quantities:
            before = context.text[bullet.start : quantity.start]
            if quantity.unit is not Unit.NONE or not _BARE.search(before) or not _CHANGE.search(before):
                continue
            if not _SECOND_END.search(before):
                hits.append(Hit(quantity.start, quantity.end, group=bullet.group))
    return counted(hits, 3)


_ACHIEVEMENT = (Dimension.CONTENT, Dimension.ACHIEVEMENT_RELEVANCE)

CHECKS = (
    Check("CON01", Category.CONTENT, Severity.MEDIUM, duty_phrase, _ACHIEVEMENT, languages=ENGLISH_JAPANESE),
    Check(
        "CON08", Category.CONTENT, Severity.LOW, weak_verb, (Dimension.CONTENT,), languages=ENGLISH_JAPANESE
    ),
    Check(
        "CON09",
        Category.CONTENT,
        Severity.LOW,
        vague_quantity,
        (Dimension.CONTENT,),
        languages=ENGLISH_JAPANESE,
    ),
    Check("CON10", Category.CONTENT, Severity.LOW, bare_number, _ACHIEVEMENT, languages=ENGLISH),
)
