"""How the text sounds: person, voice, phrases, spelling, style."""

import re
from collections.abc import Callable, Iterable

from resume_review.rubric import lexicon
from resume_review.rubric.checks.base import (
    ENGLISH,
    ENGLISH_JAPANESE,
    Check,
    Dimension,
    Hit,
    Outcome,
    Severity,
    counted,
)
from resume_review.rubric.context import Context, Passage
from resume_review.rubric.model import Category
from resume_review.rubric.spelling import misspellings, side_of
from resume_review.rubric.verbs import Tense, lead_verb
from resume_review.rubric.words import Token, word_set

_PERSON = frozenset({"my", "me", "mine", "myself", "we", "our", "ours", "us", "i'm", "i've", "i'd", "i'll"})
_NUMBERED = word_set("phase level part type tier grade division class category series step stage volume")
_BE = frozenset({"was", "were", "been", "being"})
# Forms of to be with a word that only looks like a participle.
_NOT_PASSIVE = word_set("promoted awarded named elected selected appointed nominated based involved limited")
_EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?|!+")
_KEPT_SIGNS = frozenset("✓✔✗✦❖➢➤★☆✉☎✆")
_DOUBLED = re.compile(r"\b([A-Za-z]{2,})\s+\1\b", re.IGNORECASE)
_A_VOWEL = re.compile(r"\ba\s+(?=(?:[aeio]|un(?!i)|u[bpst](?!e))[a-z]{2,})[A-Za-z]+", re.IGNORECASE)
_AN_CONSONANT = re.compile(r"\ban\s+(?=[bcdfgjklpqtvwyz][a-z])[A-Za-z]+")
_CONFUSED = re.compile(
    r"\balot\b|\b(?:could|would|should|must) of\b|\b(?:more|less|better|higher|lower|faster|greater) then\b|\bless (?:people|employees|"
    r"errors|users|defects|incidents)\b|\btheir (?:is|are|was|were)\b|\bits a\b|\bamount of (?:people|users|employees|clients)\b"
    r"|\b(?:he|she|it|team) (?:have|were)\b|\b(?:was|were) (?:went|did|led to be)\b|\bmanage to (?:reduced|increased|improved)\b"
    r"|\bthe (?:team|client|company) have been\b|\bdatas\b|\binformations\b|\badvices\b|\bequipments\b|\bsoftwares\b",
    re.IGNORECASE,
)
_ONE_SOUND = re.compile(r"\ba\s+(?:one|once|eu|ewe|uni|use|user|usual|util)", re.IGNORECASE)
_POLITE = re.compile(r"(?:です|ます|ました|でした|ません)。?(?=\s|$|。)")
_PLAIN = re.compile(r"(?:である|であった|だった|した|する|いる|いた|なった|った|だ)。(?=\s|$|[^」])")


def _phrases(name: str, limit: float) -> Callable[[Context], Outcome | None]:
    """A check for the phrases of one list."""

    def run(context: Context) -> Outcome | None:
        book = lexicon.book(name)
        hits: list[Hit] = []
        for passage, words in zip(context.prose, context.prose_words, strict=True):
            found = [
                *book.find(words),
                *(book.find_wide(passage.text, passage.start) if context.japanese else ()),
            ]
            hits += [Hit(match.start, match.end) for match in found]
        return counted(hits, limit)

    return run


def first_person(context: Context) -> Outcome | None:
    """TON01."""
    hits: list[Hit] = []
    for passage, words in zip(context.prose, context.prose_words, strict=True):
        if context.japanese:
            hits += [
                Hit(m.start, m.end)
                for m in lexicon.book("first_person").find_wide(passage.text, passage.start)
            ]
        hits += [Hit(token.start, token.end) for token in _persons(words, context.text)]
    return counted(hits, 4)


def _persons(words: list[Token], text: str) -> Iterable[Token]:
    for index, token in enumerate(words):
        before = words[index - 1].form if index else ""
        if token.text == "I":
            if before not in _NUMBERED and text[token.end : token.end + 1] not in {".", "-", "/"}:
                yield token
        elif token.text.lower().replace("’", "'") in _PERSON and not token.text.isupper():
            yield token


def passive(context: Context) -> Outcome | None:
    """TON02."""
    hits: list[Hit] = []
    for words in context.prose_words:
        for index, token in enumerate(words[:-1]):
            if token.form not in _BE and token.text.lower() not in _BE:
                continue
            step = 2 if words[index + 1].form.endswith("ly") and index + 2 < len(words) else 1
            participle = words[index + step]
            verb = lead_verb(participle.text)
            if (
                verb
                and verb.known
                and verb.tense is Tense.PAST
                and participle.text.lower() not in _NOT_PASSIVE
            ):
                hits.append(Hit(token.start, participle.end))
    return counted(hits, 4)


def misspelling(context: Context) -> Outcome | None:
    """TON04."""
    known = misspellings()
    hits: list[Hit] = []
    for words in context.prose_words:
        for token in words:
            right = known.get(token.text.lower())
            if right:
                hits.append(Hit(token.start, token.end, {"right": right}))
    return counted(hits, 4)


def grammar(context: Context) -> Outcome | None:
    """TON05."""
    hits: list[Hit] = []
    for passage in context.prose:
        for pattern in (_DOUBLED, _A_VOWEL, _AN_CONSONANT, _CONFUSED):
            for match in pattern.finditer(passage.text):
                if pattern is _DOUBLED and match[1].lower() in {"that", "had"}:
                    continue
                if pattern is _A_VOWEL and _ONE_SOUND.match(match[0]):
                    continue
                hits.append(Hit(passage.start + match.start(), passage.start + match.end(), confidence=0.8))
    return counted(hits, 3)


def slang(context: Context) -> Outcome | None:
    """TON07."""
    book = lexicon.book("slang")
    hits: list[Hit] = []
    for passage, words in zip(context.prose, context.prose_words, strict=True):
        found = [
            *book.find(words),
            *(book.find_wide(passage.text, passage.start) if context.japanese else ()),
        ]
        hits += [Hit(match.start, match.end) for match in found]
        hits += [Hit(passage.start + start, passage.start + end) for start, end in _signs(passage)]
    return counted(hits, 3)


def _signs(passage: Passage) -> Iterable[tuple[int, int]]:
    for match in _EMOJI.finditer(passage.text):
        at_edge = not passage.text[: match.start()].strip()
        if not at_edge and match[0][0] not in _KEPT_SIGNS:
            yield match.start(), match.end()


def mixed_style(context: Context) -> Outcome | None:
    """TON08."""
    return _mixed_japanese(context) if context.japanese else _mixed_english(context)


def _mixed_english(context: Context) -> Outcome:
    sides: dict[str, list[Token]] = {"UK": [], "US": []}
    for words in context.prose_words:
        for token in words:
            side = side_of(token.text.lower()) if len(token.text) > 5 and not token.text.isupper() else None
            if side:
                sides[side].append(token)
    if not sides["UK"] or not sides["US"]:
        return counted([], 3)
    fewer = "UK" if len(sides["UK"]) < len(sides["US"]) else "US"
    usual = "US" if fewer == "UK" else "UK"
    return counted([Hit(token.start, token.end, {"usual": usual}) for token in sides[fewer]], 3)


def _mixed_japanese(context: Context) -> Outcome:
    polite: list[tuple[int, int]] = []
    plain: list[tuple[int, int]] = []
    for passage in context.prose:
        polite += [
            (passage.start + m.start(), passage.start + m.end()) for m in _POLITE.finditer(passage.text)
        ]
        plain += [
            (passage.start + match.start(), passage.start + match.end())
            for match in _PLAIN.finditer(passage.text)
            if not _POLITE.search(passage.text, max(0, match.start() - 3), match.end())
        ]
    if not polite or not plain:
        return counted([], 3)
    fewer, usual = (polite, "である") if len(polite) < len(plain) else (plain, "です・ます")
    return counted([Hit(*place, {"usual": usual}, variant="ja") for place in fewer], 3)


_TONE = (Dimension.TONE,)

CHECKS = (
    Check("TON01", Category.TONE, Severity.LOW, first_person, _TONE, languages=ENGLISH_JAPANESE),
    Check("TON02", Category.TONE, Severity.LOW, passive, _TONE, languages=ENGLISH),
    Check("TON03", Category.TONE, Severity.LOW, _phrases("cliche", 3), _TONE, languages=ENGLISH_JAPANESE),
    Check("TON04", Category.TONE, Severity.MEDIUM, misspelling, _TONE, languages=ENGLISH),
    Check("TON05", Category.TONE, Severity.LOW, grammar, _TONE, languages=ENGLISH),
    Check(
        "TON06", Category.TONE, Severity.LOW, _phrases("intensifier", 4), _TONE, languages=ENGLISH_JAPANESE
    ),
    Check("TON07", Category.TONE, Severity.LOW, slang, _TONE, languages=ENGLISH_JAPANESE),
    Check("TON08", Category.TONE, Severity.LOW, mixed_style, _TONE, languages=ENGLISH_JAPANESE),
)
