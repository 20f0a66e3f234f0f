"""Which verb a word is and in which tense, from a table of the verbs resumes use and rules for the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from resume_review.rubric.verb_list import ALSO_NOUNS, NOT_PAST, THEMES
from resume_review.rubric.words import KEPT_WORDS, Token, word_set

_VOWELS = frozenset("aeiou")
_PREFIXES = ("re", "co", "pre", "over", "out", "up", "de", "cross")
# Stressed on the last syllable, or of one: the consonant doubles before -ed and -ing.
_DOUBLING = word_set("""
    plan program cut run set win get put let stop map trim ship log sit spin scan wrap drop refer prefer transfer
    commit submit permit admit equip control patrol rebut recur occur pin tag shut split beg begin tap fit chat
    """)
# What follows a noun but not a verb in its base form.
_AFTER_NOUN = word_set(
    "of for at in and & with lead leads manager management team player players member members building is are was were has had"
)


class Tense(StrEnum):
    """The forms a bullet can start with."""

    PAST = "past"
    BASE = "base"
    THIRD = "third"
    GERUND = "gerund"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb form; `known` is false where only the ending says that it is one."""

    lemma: str
    tense: Tense
    known: bool = True


def lead_verb(word: str, following: str | None = None) -> Verb | None:
    """The verb a line starts with, or null.

    Args:
        word: The first word.
        following: The word after it; tells verbs from nouns of the same form.
    """
    verb = _verb(word.lower())
    if verb is None or verb.tense not in {Tense.BASE, Tense.THIRD}:
        return verb
    if verb.lemma in ALSO_NOUNS and (following is None or following.lower() in _AFTER_NOUN):
        return None
    return verb


@lru_cache(maxsize=KEPT_WORDS)
def _verb(word: str) -> Verb | None:
    return _forms().get(word) or _prefixed(word) or _by_ending(word)


_BE = word_set("was were been being got gotten")
# Forms of to be with a word that only looks like a participle.
_NOT_PASSIVE = word_set("promoted awarded named elected selected appointed nominated based involved limited")


def passives(words: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Forms of to be with the participle that follows them."""
    for index, token in enumerate(words[:-1]):
        if token.form not in _BE and token.text.lower() not in _BE:
            continue
        step = 2 if words[index + 1].form.endswith("ly") and index + 2 < len(words) else 1
        participle = words[index + step]
        verb = lead_verb(participle.text)
        if verb and verb.known and verb.tense is Tense.PAST and participle.text.lower() not in _NOT_PASSIVE:
            yield token, participle


_PRESENT_BE = word_set("is are")
_CLAUSE = word_set("that which who whose where when while as if because so how what and but than")


def present_passives(words: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """`Contracts are negotiated`: the main clause of a line that has no verb of its own before it."""
    first = words[0].text if words else ""
    if not first or lead_verb(first, words[1].text if len(words) > 1 else None) is not None:
        return
    for index, token in enumerate(words[:-1]):
        if token.form in _CLAUSE:
            return
        if token.text.lower() not in _PRESENT_BE:
            continue
        step = 2 if words[index + 1].form.endswith("ly") and index + 2 < len(words) else 1
        verb = lead_verb(words[index + step].text)
        if verb and verb.known and verb.tense is Tense.PAST:
            yield token, words[index + step]
        return


def is_passive(words: Sequence[Token]) -> bool:
    """Whether there is any."""
    return next(passives(words), None) is not None


@cache
def verb_of_noun(noun: str) -> str | None:
    """The verb in a noun of action: `execution` holds `execute`."""
    for ending, others in _NOUN_ENDINGS:
        if noun.endswith(ending):
            stem = noun.removesuffix(ending)
            for other in others:
                form = _forms().get(stem + other)
                if form is not None and form.tense is Tense.BASE:
                    return form.lemma
    return None


_NOUN_ENDINGS = (
    ("isition", ("ire",)), ("ification", ("ify",)), ("ation", ("e", "ate", "")), ("ition", ("ish", "e")), ("tion", ("te", "t", "ct")), ("ution", ("ute", "ve")),
    ("sion", ("d", "se", "s")), ("ment", ("",)), ("ysis", ("yse", "yze")), ("al", ("e", "")), ("ance", ("", "e")), ("ery", ("er",)), ("ing", ("", "e")),
)  # fmt: skip


def verb_forms() -> frozenset[str]:
    """Every form of every listed verb, in lower case."""
    return frozenset(_forms())


def theme_of(lemma: str) -> str | None:
    """The group of verbs that show the same thing."""
    return next((theme for theme, lemmas in _lemmas_by_theme().items() if lemma in lemmas), None)


def past_of(lemma: str) -> str:
    """Simple past."""
    return _irregular().get(lemma, (regular_past(lemma), ""))[0]


def alternatives(lemma: str, used: frozenset[str], count: int = 4) -> list[str]:
    """Other verbs of the same theme in the past, without those already used."""
    theme = theme_of(lemma)
    if theme is None or theme == "operate":
        theme = "improve"
    known = _lemmas_by_theme()[theme]
    others = [
        other
        for other in known
        if other != lemma and other not in used and not _second_spelling(other, known)
    ]
    return [past_of(other) for other in others[:count]]


def _second_spelling(lemma: str, lemmas: tuple[str, ...]) -> bool:
    return lemma.endswith(("ize", "yze")) and f"{lemma[:-2]}se" in lemmas


def regular_past(lemma: str) -> str:
    """Past by rule."""
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if lemma in _DOUBLING else "") + "ed"


def _gerund(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if lemma in _DOUBLING else "") + "ing"


def _third(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


@cache
def _lemmas_by_theme() -> dict[str, tuple[str, ...]]:
    return {
        theme: tuple(entry.partition(":")[0] for entry in words.split()) for theme, words in THEMES.items()
    }


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    entries = (entry.partition(":") for words in THEMES.values() for entry in words.split())
    return {lemma: (forms.partition("/")[0], forms.partition("/")[2]) for lemma, _, forms in entries if forms}


@cache
def _forms() -> dict[str, Verb]:
    forms: dict[str, Verb] = {}
    lemmas = [lemma for lemmas in _lemmas_by_theme().values() for lemma in lemmas]
    irregular = _irregular()
    for lemma in lemmas:
        past, participle = irregular.get(lemma, (regular_past(lemma), ""))
        for form in (past, participle or past):
            forms.setdefault(form, Verb(lemma, Tense.PAST))
        forms.setdefault(_gerund(lemma), Verb(lemma, Tense.GERUND))
    for lemma in lemmas:
        forms.setdefault(lemma, Verb(lemma, Tense.BASE))
        forms.setdefault(_third(lemma), Verb(lemma, Tense.THIRD))
        if lemma.endswith("l") and lemma[-2] in _VOWELS:  # British spelling: modelled, travelling
            forms.setdefault(lemma + "led", Verb(lemma, Tense.PAST))
            forms.setdefault(lemma + "ling", Verb(lemma, Tense.GERUND))
    return forms


def _prefixed(word: str) -> Verb | None:
    head, hyphen, tail = word.partition("-")
    if hyphen:
        return _forms().get(tail) if tail else None
    for prefix in _PREFIXES:
        if word.startswith(prefix) and (verb := _forms().get(word[len(prefix) :])):
            return Verb(prefix + verb.lemma, verb.tense)
    return None if head == word else _forms().get(head)


def _by_ending(word: str) -> Verb | None:
    if not word.isalpha() or len(word) < 5 or word in NOT_PAST:
        return None
    if word.endswith("ed") and not word.endswith("eed"):
        return Verb(word.removesuffix("ed"), Tense.PAST, known=False)
    return None
