"""What a bullet says: its leading verb, its figures, what came of it."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from resume_review.rubric.quantities import Quantity, Unit, quantities
from resume_review.rubric.verbs import Tense, Verb, lead_verb
from resume_review.rubric.words import PhraseBook, Token, count_words, word_set

_NOT_ADVERBS = word_set(
    "weekly daily monthly quarterly yearly hourly early family only friendly assembly supply reply"
)
SIMILAR = 0.9
"""From this share of shared words on, two bullets say the same."""

_GLYPH = re.compile(r"(?:[^\w\s\"'“‘「『(（\[$€£¥<>]+|[-–—*o]\s+)\s*")
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


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bullet, or one line of a project description.

    Attributes:
        start, end: Offsets without the bullet mark.
        role: Index of the role it stands under; null under a project.
        lead: The first word.
        verb: The verb it starts with, after an adverb such as `successfully`.
        outcome: Words say what came of it.
        listing: Not a sentence but a list of terms.
        group: Bullets that say the same share a group.
    """

    start: int
    end: int
    text: str
    role: int | None
    current: bool
    words: tuple[Token, ...]
    length: int
    lead: Token | None
    verb: Verb | None
    verb_token: Token | None
    quantities: tuple[Quantity, ...]
    outcome: bool
    listing: bool
    group: int = 0

    @property
    def measured(self) -> bool:
        """It gives a figure of any kind."""
        return bool(self.quantities)

    @property
    def has_result(self) -> bool:
        """It says what came of the work: an outcome, or money, a share or a multiple."""
        return self.outcome or any(quantity.unit in _STRONG_UNITS for quantity in self.quantities)

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
    body: str, start: int, words: list[Token], *, role: int | None, current: bool, japanese: bool
) -> Bullet:
    """Read one bullet; `body` is its text without the mark, `start` its place, `words` its words."""
    verb, token = _leading_verb(body, words)
    return Bullet(
        start=start,
        end=start + len(body),
        text=body,
        role=role,
        current=current,
        words=tuple(words),
        length=count_words(body),
        lead=words[0] if words else None,
        verb=verb,
        verb_token=token,
        quantities=quantities(body, start, japanese=japanese),
        outcome=_has_outcome(body, words, verb, japanese=japanese),
        listing=_is_listing(body, verb, japanese=japanese),
    )


def _leading_verb(body: str, words: list[Token]) -> tuple[Verb | None, Token | None]:
    for position, token in enumerate(words[:2]):
        following = words[position + 1].text if position + 1 < len(words) else None
        word = _hyphenated(body, words, position)
        verb = lead_verb(word, following)
        if verb is not None:
            return verb, token
        if not token.form.endswith("ly") or token.form in _NOT_ADVERBS:
            break
    return None, None


def _hyphenated(body: str, words: list[Token], position: int) -> str:
    """`Re-engineered` and `Co-led` are one verb."""
    token = words[position]
    if position + 1 < len(words) and words[position + 1].start == token.end + 1:
        offset = words[0].start - body.find(words[0].text)
        if body[token.end - offset : token.end - offset + 1] == "-" and token.form in {
            "re",
            "co",
            "pre",
            "de",
            "cross",
        }:
            return f"{token.text}-{words[position + 1].text}"
    return token.text


@cache
def _outcome_book() -> PhraseBook:
    return PhraseBook.of(phrase.strip() for phrase in _OUTCOMES.replace("\n", " ").split(","))


def _has_outcome(body: str, words: list[Token], verb: Verb | None, *, japanese: bool) -> bool:
    if japanese and any(phrase in body for phrase in _OUTCOMES_JA):
        return True
    if next(_outcome_book().find(words), None) is not None:
        return True
    if verb is not None and verb.tense is not Tense.GERUND and verb.lemma in _OUTCOME_LEMMAS:
        return True
    return any(
        before.form in _JOINS and _is_outcome(word.text, verb) for before, word in itertools.pairwise(words)
    )


def _is_outcome(word: str, verb: Verb | None) -> bool:
    """`... and halved the losses`: a second verb, in the tense of the first."""
    other = lead_verb(word)
    return (
        other is not None and other.known and other.lemma in _OUTCOME_LEMMAS
        and (other.tense is Tense.PAST or (verb is not None and other.tense is verb.tense))
    )  # fmt: skip


def _is_listing(body: str, verb: Verb | None, *, japanese: bool) -> bool:
    parts = [part for part in re.split(r"[,;|/、,・]|\s{2,}", body) if part.strip()]
    if verb is not None and len(parts) < 8:
        return False
    if japanese:
        return len(parts) >= 4 and max(map(len, parts)) <= 15
    return len(parts) >= 3 and sum(len(part.split()) <= 3 for part in parts) >= 0.75 * len(parts)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What two bullets are compared by: words (pairs of characters in scripts without spaces) and figures."""

    words: frozenset[str]
    figures: frozenset[str]


def similar(first: Fingerprint, second: Fingerprint) -> bool:
    """Whether two bullets say the same: like words, and not mostly other figures."""
    small, large = sorted((len(first.words), len(second.words)))
    if small < 4 or small < 0.7 * large:
        return first == second
    if 2 * len(first.words & second.words) < SIMILAR * (small + large):
        return False
    fewer = min(len(first.figures), len(second.figures))
    return 2 * len(first.figures & second.figures) >= fewer


def similar_groups(bullets: Sequence[Fingerprint]) -> list[int]:
    """A number per bullet; those that say the same, also by way of a third, share it. Order does not matter."""
    parents = list(range(len(bullets)))

    def root(index: int) -> int:
        while parents[index] != index:
            index = parents[index]
        return index

    for index, bullet in enumerate(bullets):
        for other in range(index):
            if similar(bullet, bullets[other]):
                parents[root(index)] = root(other)
    return [root(index) for index in range(len(bullets))]


def fingerprint(bullet: Bullet) -> Fingerprint:
    """Words and figures of a bullet."""
    plain = {token.form for token in bullet.words if not token.form[0].isdigit()}
    wide = re.sub(r"[\x00-\u303f\uff00-\uffef]+", "", bullet.text)
    pairs = {wide[index : index + 2] for index in range(len(wide) - 1)}
    return Fingerprint(frozenset(plain | pairs), frozenset(re.findall(r"\d[\d,.]*", bullet.text)))
