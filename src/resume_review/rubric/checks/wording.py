"""Content checks that look for words: duty phrases, weak verbs, vague amounts, bare numbers."""

import re
from collections.abc import Iterable

from resume_review.documents import SectionType
from resume_review.rubric import lexicon
from resume_review.rubric.bullets import Bullet
from resume_review.rubric.checks.base import (
    ENGLISH_JAPANESE,
    Check,
    Dimension,
    Hit,
    Outcome,
    Severity,
    absent,
    counted,
)
from resume_review.rubric.context import Context, Passage
from resume_review.rubric.model import Category
from resume_review.rubric.quantities import Unit
from resume_review.rubric.statements.themes import shortened
from resume_review.rubric.verb_list import WEAK

_ABOUT = r"(?:about\s+|over\s+|nearly\s+|almost\s+|roughly\s+|more than\s+|at least\s+|around\s+|up to\s+|approximately\s+|~\s*)?"
_BARE = re.compile(
    rf"(?:\bby\s+{_ABOUT}|(?<!team)(?<!staff)(?<!headcount)(?<!base)(?<!portfolio)(?<!network)\s(?:to|from)\s+{_ABOUT}"
    rf"|\b(?:improvement|increase|reduction|rise|growth|decrease|saving|gain|drop|cut|decline|uplift|boost)s?\s+of\s+{_ABOUT})$",
    re.IGNORECASE,
)
_PARTICLE = re.compile(
    rf"\b(?:up|down)\s+by\s+{_ABOUT}$"
    r"|\b(?:push|pull|br(?:ing|ought)|dr(?:iv|ove)|t(?:ake|ook)|mov|nudg|forc|edg|inch|knock|w(?:ent|as|ere)|go|shift|g(?:et|ot)|lift|trim|whittl|par|scal|ratchet|dial|bump)\w*"
    rf"\s+(?:\S+\s+){{1,6}}?(?:up|down)\s+{_ABOUT}$",
    re.IGNORECASE,
)
"""`Brought waiting times down by 9`: the particle says that something changed."""
_BY = re.compile(rf"\bby\s+{_ABOUT}$", re.IGNORECASE)
_OTHER_END = re.compile(r"\s*(?:to|-|–|down to|up to)\s+(?:\w+\s+){0,2}?[$€£¥]?\d", re.IGNORECASE)
_BARE_JA = re.compile(
    r"(?<![\d.,])(\d[\d,.]*)(?:ほど|程度|以上|近く)?(?=(?:改善|削減|向上|短縮|増加|減少|低減|拡大|増や|減ら|伸ば|上げ|下げ|引き上げ|引き下げ|高め|増え|減り|アップ|ダウン))"
)
_WEAK_START = re.compile(
    r"(?:[A-Za-z]+ly\s+)?(?P<verb>(?:(?:was|were|been|got|being)\s+(?:\w+ly\s+)?(?:involved|part\b|engaged|exposed|included|asked)"
    r"|took\s+(?:part|care)|take\s+part|played\s+a\s+(?:\w+\s+)?(?:part|role)|(?:provided|gave|offered|lent|giving|providing)\s+(?:\w+\s+){0,3}?(?:support|assistance|help|aid|input)"
    r"|aid(?:ed|ing|s)?|deal(?:t|ing|s)?|tr(?:ied|ying|ies)|attempted|endeavou?red|exposed|exposure|shadow(?:ed|ing)|observed|sat\s+in|familiari[sz]ed|touched|dabbled|serviced|acted|functioned"
    r"|had\s+a\s+(?:hand|part|say)\s+in|gained\s+(?:\w+\s+)?(?:experience|exposure|knowledge|insight)|learn(?:ed|t|ing)|had\s+(?:\w+\s+)?(?:involvement|exposure|input)|pitched\s+in|lent\s+a\s+hand|chipped\s+in|part\s+of|involvement|assistance|help(?:er)?"
    r"|facilitated\s+in|joined|engaged\s+in|co-?operated|liaised|interacted|communicated|utili[sz]ed|got\s+to|made\s+sure|did|doing|being|been|kept\s+(?:track|records|up|on)|went|looked|sought|saw)\b)",
    re.IGNORECASE,
)
_ABOUT_JA = re.compile(r"([^、。\s•・\-][^、。\n]{1,30})$")
_SECOND_END = re.compile(r"\bfrom\s+(?:\S+\s+){1,6}to\s+$", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:improv|increas|reduc|decreas|rais|cut|grew|grow|boost|lower|shorten|sav|accelerat|rose|fell|drop|expand)",
    re.IGNORECASE,
)

# Verbs that tell of a change only together with `by`.
_SHIFT = re.compile(
    r"\b(?:lift|elevat|widen|trim|slash|halv|shr[iua]nk|climb|jump|soar|plung|slid|declin|lessen|narrow|diminish|minimi|curb|enhanc|strengthen"
    r"|push|br(?:ing|ought)|dr(?:iv|ove)|exceed|outperform|surpass|beat|sped|speed|quicken|scal|surg|gain|optimi|shav|whittl|extend|deepen|broaden)",
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
        found = lexicon.find("duty", passage.text, passage.start, words, japanese=context.japanese)
        if context.japanese and found:
            bullet = _bullet_at(context, passage.start)
            # A post is stated before what was done in it: that is no fault where a result follows.
            if bullet is None or bullet.measured or bullet.outcome:
                continue
            found = found[:1]
        hits += [_duty(match.start, match.end, passage, context) for match in found]
    return counted(hits, 4)


def _duty(start: int, end: int, passage: Passage, context: Context) -> Hit:
    """The duty with what it was about, so that the advice can be made of the resume's own words."""
    before, after = context.text[passage.start : start], context.text[end : passage.end]
    if context.japanese:
        thing = _ABOUT_JA.search(before)
        return Hit(start, end, {"rest": shortened(thing[1])}, variant="rest_ja") if thing else Hit(start, end)
    if len(before.strip(" •-–*")) > 10 or len(after.split()) < 3:
        return Hit(start, end)
    return Hit(start, end, {"rest": shortened(re.split(r"[.;]\s", after)[0])}, variant="rest")


def _bullet_at(context: Context, place: int) -> Bullet | None:
    return next((bullet for bullet in context.bullets if place <= bullet.start < place + 8), None)


def weak_verb(context: Context) -> Outcome | None:
    """CON08."""
    if not context.bullets:
        return absent()
    hits: list[Hit] = []
    for bullet in context.bullets:
        if context.japanese:
            matches = lexicon.find("weak", bullet.text, bullet.start, bullet.words, japanese=True)[:1]
            hits += [
                Hit(match.start, match.end, group=bullet.group) for match in matches if not bullet.measured
            ]
            continue
        match = _WEAK_START.match(bullet.text)
        if match:
            start = bullet.start + match.start("verb")
            hits.append(Hit(start, bullet.start + match.end("verb"), group=bullet.group))
        elif bullet.verb is not None and bullet.verb.lemma in WEAK and bullet.verb_token is not None:
            token = bullet.verb_token
            hits.append(Hit(token.start, token.end, group=bullet.group))
    return counted(hits, 5)


def vague_quantity(context: Context) -> Outcome | None:
    """CON09."""
    hits: list[Hit] = []
    for passage, words in zip(context.prose, context.prose_words, strict=True):
        matches = lexicon.find("vague", passage.text, passage.start, words, japanese=context.japanese)
        hits += [Hit(match.start, match.end) for match in matches]
    return counted(hits, 5)


def bare_number(context: Context) -> Outcome | None:
    """CON10."""
    if not context.bullets:
        return absent()
    hits: list[Hit] = []
    for bullet in context.bullets:
        places = _bare_japanese(bullet) if context.japanese else _bare_english(bullet)
        hits += [Hit(start, end, group=bullet.group) for start, end in places]
    return counted(hits, 3)


def _bare_english(bullet: Bullet) -> Iterable[tuple[int, int]]:
    for quantity in bullet.quantities:
        before = bullet.text[: quantity.start - bullet.start]
        after = bullet.text[quantity.end - bullet.start :]
        if quantity.unit is not Unit.NONE or _OTHER_END.match(after) or _SECOND_END.search(before):
            continue
        if (
            (_CHANGE.search(before) and _BARE.search(before))
            or _PARTICLE.search(before)
            or (_SHIFT.search(before) and _BY.search(before))
        ):
            yield quantity.start, quantity.end


def _bare_japanese(bullet: Bullet) -> Iterable[tuple[int, int]]:
    for match in _BARE_JA.finditer(bullet.text):
        yield bullet.start + match.start(1), bullet.start + match.end(1)


_ACHIEVEMENT = (Dimension.CONTENT, Dimension.ACHIEVEMENT_RELEVANCE)

CHECKS = (
    Check(
        "CON01",
        Category.CONTENT,
        Severity.MEDIUM,
        duty_phrase,
        _ACHIEVEMENT,
        languages=ENGLISH_JAPANESE,
        version=3,
    ),
    Check("CON08", Category.CONTENT, Severity.LOW, weak_verb, _ACHIEVEMENT, languages=ENGLISH_JAPANESE),
    Check(
        "CON09",
        Category.CONTENT,
        Severity.LOW,
        vague_quantity,
        _ACHIEVEMENT,
        languages=ENGLISH_JAPANESE,
        version=2,
    ),
    Check(
        "CON10",
        Category.CONTENT,
        Severity.LOW,
        bare_number,
        _ACHIEVEMENT,
        languages=ENGLISH_JAPANESE,
        version=3,
    ),
)
