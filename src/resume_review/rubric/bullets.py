"""What a bullet says: its leading verb, its figures, what came of it."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from resume_review.rubric.quantities import Quantity, Unit, quantities
from resume_review.rubric.statements import LABEL, Statement, read_statement
from resume_review.rubric.verb_list import WEAK
from resume_review.rubric.verbs import Tense, Verb, lead_verb
from resume_review.rubric.words import PhraseBook, Token, Words, count_words, lower_case, word_set

_NOT_ADVERBS = word_set(
    "weekly daily monthly quarterly yearly hourly early family only friendly assembly supply reply"
)
_HYPHENATED = word_set("re co pre de cross")
SIMILAR = 0.9
"""From this share of shared words on, two bullets say the same."""

_GLYPH = re.compile(r"(?:[^\w\s\"'“‘「『(（\[$€£¥<>]+|[-–—*o]\s+)\s*")
_SEPARATOR = re.compile(r"[,;|/、,・]|\s{2,}")
_NOT_WIDE = re.compile(r"[\x00-\u303f\uff00-\uffef]+")
_FIGURE = re.compile(r"\d[\d,.]*")
CROWDED = 6
"""Short items in one bullet without a figure from which on it is a list."""
_JOINING = word_set(
    "a an the of for to in on at by with from into across and or that which who over after under between per as via through"
)
# What an advert wants of its reader; nobody writes so of what he has done. For text in lower case.
_WANTED = re.compile(
    r"\b(?=[yiaspge])(?:you (?:will|have|bring|are|should)|you'll|your (?:profile|responsibilities|tasks|role)|(?:is|are) (?:required|preferred|desirable|a plus|an advantage)"
    r"|(?:strong|proven|solid|good|excellent) (?:knowledge|experience|understanding|command) (?:of|in|leading|with))\b|お持ちの方|できる方|を歓迎|歓迎します|尚可|優遇|求めてい"
)
_SENTENCE_JA = re.compile(r"を|しました|した(?=$|。)|する(?=$|。)")
_STRONG_UNITS = frozenset({Unit.MONEY, Unit.PERCENT, Unit.MULTIPLE})

_OUTCOMES = """
increasing, reducing, saving, cutting, improving, raising, growing, shortening, lowering, boosting, generating, winning,
enabling, accelerating, eliminating, preventing, avoiding, exceeding, delivering, achieving, securing, doubling, tripling,
halving, closing, reaching, keeping, freeing, unlocking, preserving, resulting in, which led to, leading to, led to,
which reduced, which raised, which increased, which cut, which saved, so that, ahead of schedule, under budget,
on time and, adopted by, approved by, used by, awarded, earning, gaining, contributing to a, to save, that cut, that saved,
that reduced, that raised, that reset, that increased, was adopted, was approved, were adopted, were approved
"""
_OUTCOME_LEMMAS = word_set("""
    increase raise boost grow double triple quadruple accelerate reduce cut lower decrease shorten halve save eliminate
    win close secure achieve exceed outperform generate improve surpass deliver earn beat prevent expand
    """)
_JOINS = word_set("and that which thereby")
_OUTCOMES_JA = (
    "削減", "短縮", "向上", "達成", "実現", "増加", "改善", "獲得", "成功", "受注", "拡大", "完了", "承認", "回避", "低減", "倍増",
    "表彰", "低減", "半減", "減らし", "増やし", "改善", "発表", "採択", "黒字", "上回", "合意", "成立", "稼働", "前倒し", "昇進", "受賞", "貢献", "解消", "効率化", "黒字化", "合格", "採用され", "導入され", "超過達成",
)  # fmt: skip


class Bullet(msgspec.Struct, frozen=True):
    """One bullet, or one line of a project description.

    Attributes:
        start, end: Offsets without the bullet mark.
        role: Index of the role it stands under; null under a project.
        lead: The first word.
        verb: The verb it starts with, after an adverb such as `successfully`.
        statement: Its parts.
        outcome: Words say what came of it.
        listing: Not a sentence about work but a list of terms, or what an advert wants.
        group: Bullets that say the same share a group.
    """

    start: int
    end: int
    text: str
    role: int | None
    current: bool
    words: Words
    length: int
    lead: Token | None
    verb: Verb | None
    verb_token: Token | None
    quantities: tuple[Quantity, ...]
    statement: Statement
    outcome: bool
    listing: bool
    group: int = 0

    @property
    def measured(self) -> bool:
        """It gives a figure of any kind."""
        return bool(self.quantities)

    @property
    def weak(self) -> bool:
        """It starts with a verb that hides one's own part."""
        return self.verb is not None and self.verb.lemma in WEAK

    @property
    def has_result(self) -> bool:
        """It says what came of the work: an outcome, or money, a share or a multiple."""
        if self.outcome or self.weak:
            return self.outcome
        return any(quantity.unit in _STRONG_UNITS for quantity in self.quantities)

    @property
    def quantified_win(self) -> bool:
        """A result with a figure."""
        return self.measured and self.has_result


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the bullet mark and blanks at its edges."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    mark = _GLYPH.match(text, start, end)
    return (mark.end(), end) if mark and mark.end() < end else (start, end)


def parse_bullet(
    body: str, start: int, words: Words, *, role: int | None, current: bool, japanese: bool
) -> Bullet:
    """Read one bullet; `body` is its text without the mark, `start` its place, `words` its words."""
    verb, token = _leading_verb(body, words, start)
    figures = quantities(body, start, japanese=japanese)
    statement = read_statement(body, start, figures, japanese=japanese)
    return Bullet(
        start=start,
        end=start + len(body),
        text=body,
        role=role,
        current=current,
        words=words,
        length=count_words(body),
        lead=words[0] if words else None,
        verb=verb,
        verb_token=token,
        quantities=figures,
        statement=statement,
        outcome=statement.result is not None or _has_outcome(body, words, verb, japanese=japanese),
        listing=_is_listing(body, words, verb, figures=bool(figures), japanese=japanese),
    )


def _leading_verb(body: str, words: Words, start: int) -> tuple[Verb | None, Token | None]:
    label = LABEL.match(body)
    if label:
        after = next(
            (index for index, token in enumerate(words) if token.start >= start + label.end()), len(words)
        )
        verb, token = _verb_in(body, words[after:])
        if verb is not None and verb.tense is not Tense.GERUND:
            return verb, token
    return _verb_in(body, words)


def _verb_in(body: str, words: Sequence[Token]) -> tuple[Verb | None, Token | None]:
    for position, token in enumerate(words[:2]):
        following = words[position + 1].text if position + 1 < len(words) else None
        word = _hyphenated(body, words, position)
        verb = lead_verb(word, following)
        if verb is not None and verb.tense is Tense.GERUND and following == "of":
            return None, None  # `Testing of releases` is a noun
        if verb is not None and verb.tense is Tense.BASE and _describes(body, words, position):
            return None, None
        if verb is not None:
            return verb, token
        if not token.form.endswith("ly") or token.form in _NOT_ADVERBS:
            break
    return None, None


def _describes(body: str, words: Sequence[Token], position: int) -> bool:
    """`Award-winning` is no verb: what follows right after a hyphen is a participle or a noun."""
    offset = words[0].start - body.find(words[0].text)
    end = words[position].end - offset
    if (
        position + 1 >= len(words)
        or body[end : end + 1] != "-"
        or words[position + 1].start != end + offset + 1
    ):
        return False
    other = lead_verb(words[position + 1].text)
    return other is None or other.tense is not Tense.PAST


def _hyphenated(body: str, words: Sequence[Token], position: int) -> str:
    """`Re-engineered` and `Co-led` are one verb."""
    token = words[position]
    if token.form not in _HYPHENATED:
        return token.text
    if position + 1 < len(words) and words[position + 1].start == token.end + 1:
        offset = words[0].start - body.find(words[0].text)
        if body[token.end - offset : token.end - offset + 1] == "-":
            return f"{token.text}-{words[position + 1].text}"
    return token.text


@cache
def _outcome_book() -> PhraseBook:
    return PhraseBook.of(phrase.strip() for phrase in _OUTCOMES.replace("\n", " ").split(","))


def _has_outcome(body: str, words: Words, verb: Verb | None, *, japanese: bool) -> bool:
    if japanese and any(phrase in body for phrase in _OUTCOMES_JA):
        return True
    if next(_outcome_book().find(words), None) is not None:
        return True
    if verb is not None and verb.tense is not Tense.GERUND and verb.lemma in _OUTCOME_LEMMAS:
        return True
    return not _JOINS.isdisjoint(words.forms) and any(
        before.form in _JOINS and _is_outcome(word.text, verb) for before, word in itertools.pairwise(words)
    )


def _is_outcome(word: str, verb: Verb | None) -> bool:
    """`... and halved the losses`: a second verb, in the tense of the first."""
    other = lead_verb(word)
    return (
        other is not None and other.known and other.lemma in _OUTCOME_LEMMAS
        and (other.tense is Tense.PAST or (verb is not None and other.tense is verb.tense))
    )  # fmt: skip


def _is_listing(body: str, words: Words, verb: Verb | None, *, figures: bool, japanese: bool) -> bool:
    if _WANTED.search(lower_case(body)):
        return True
    parts = [part for part in _SEPARATOR.split(body) if part.strip()]
    if japanese:
        crowded = len(parts) >= CROWDED and sum(len(part) <= 10 for part in parts) >= 0.75 * len(parts)
        if crowded and not figures:
            return True
        return len(parts) >= 4 and max(map(len, parts)) <= 15 and _SENTENCE_JA.search(body) is None
    if not figures and _is_crowd(body, words):
        return True
    if verb is not None and len(parts) < 8:
        return False
    return len(parts) >= 3 and sum(len(part.split()) <= 3 for part in parts) >= 0.75 * len(parts)


def _is_crowd(body: str, words: Words) -> bool:
    """Terms behind a verb: many short items, or words without any that join them to a sentence."""
    if len(words) >= 6 and _JOINING.isdisjoint(words.forms):
        return True
    items = [part for part in re.split(r",\s*(?:and\s+)?|\s+and\s+|;", body) if part.strip()]
    return len(items) >= CROWDED and sum(len(part.split()) <= 3 for part in items) >= 0.75 * len(items)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What two bullets are compared by: words (pairs of characters in scripts without spaces) and figures."""

    words: frozenset[str]
    figures: frozenset[str]


def similar(first: Fingerprint, second: Fingerprint) -> bool:
    """Whether two bullets say the same: like words, and not mostly other figures."""
    small, large = len(first.words), len(second.words)
    if small > large:
        small, large = large, small
    if small < 4 or small < 0.7 * large:
        return first == second
    fewer = min(len(first.figures), len(second.figures))
    if 2 * len(first.figures & second.figures) < fewer:
        return False
    return 2 * len(first.words & second.words) >= SIMILAR * (small + large)


def similar_groups(bullets: Sequence[Fingerprint]) -> list[int]:
    """A number per bullet; those that say the same, also by way of a third, share it. Order does not matter."""
    parents = list(range(len(bullets)))

    def root(index: int) -> int:
        while parents[index] != index:
            index = parents[index]
        return index

    # Nearly all pairs share too little: counting bits tells that much quicker than comparing sets.
    words, figures = (
        _bits([bullet.words for bullet in bullets]),
        _bits([bullet.figures for bullet in bullets]),
    )
    for index, bullet in enumerate(bullets):
        own, numbers, size = words[index], figures[index], len(bullet.words)
        near = [
            other
            for other in range(index)
            if (not numbers or not figures[other] or numbers & figures[other])
            and 2 * (own & words[other]).bit_count() >= SIMILAR * (size + len(bullets[other].words))
        ]
        for other in near:
            if similar(bullet, bullets[other]):
                parents[root(index)] = root(other)
    return [root(index) for index in range(len(bullets))]


def _bits(sets: Sequence[frozenset[str]]) -> list[int]:
    """Each set as the bits of a number."""
    known = {item: 1 << index for index, item in enumerate(frozenset[str]().union(*sets))}
    return [sum(map(known.__getitem__, items)) for items in sets]


def fingerprint(bullet: Bullet) -> Fingerprint:
    """Words and figures of a bullet."""
    plain = {form for form in bullet.words.forms if not form[0].isdigit()}
    wide = "" if bullet.text.isascii() else _NOT_WIDE.sub("", bullet.text)
    pairs = {wide[index : index + 2] for index in range(len(wide) - 1)}
    return Fingerprint(frozenset(plain | pairs), frozenset(_FIGURE.findall(bullet.text)))
