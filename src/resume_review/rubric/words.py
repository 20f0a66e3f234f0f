"""Words and phrases with their places, for scripts with and without spaces."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f0-9]+(?:[&.'’][A-Za-z\u00c0-\u024f0-9]+)*[+#]*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ANY_WORD = re.compile(r"[^\W_]+(?:['’.,&-][^\W_]+)*")
_KEEPS_S = ("ss", "us", "is", "os")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its offsets in the document and its form for comparing (lower case, no plural s)."""

    start: int
    end: int
    text: str
    form: str


def tokens(text: str, offset: int = 0) -> list[Token]:
    """The words of a text; `offset` is added to every place."""
    return [
        Token(match.start() + offset, match.end() + offset, match[0], word_form(match[0]))
        for match in _WORD.finditer(text)
    ]


@cache
def word_form(word: str) -> str:
    """Lower case, straight apostrophe, singular."""
    lower = word.lower().replace("’", "'")
    if len(lower) <= 3 or not lower.endswith("s") or lower.endswith(_KEEPS_S):
        return lower
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    return lower[:-1].removesuffix("'")


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())


def count_words(text: str) -> int:
    """Words as a reader counts them; two characters of a script without spaces make one."""
    wide = len(_CJK.findall(text))
    rest = _CJK.sub(" ", text) if wide else text
    return len(_ANY_WORD.findall(rest)) + wide // 2


def lowered(title: str) -> str:
    """A title inside a sentence; `AWS` and `M&A` keep their capitals."""
    return title[0].lower() + title[1:] if title[1:2].islower() else title


def has_cjk(text: str) -> bool:
    """Whether the text holds Chinese or Japanese characters."""
    return _CJK.search(text) is not None


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in the text, and what it stands for."""

    start: int
    end: int
    value: str


class PhraseBook:
    """Finds many phrases at once: longest first, never overlapping, the plural of a word like its singular.

    Phrases with Chinese or Japanese characters are searched as plain text.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a phrase and the value it stands for."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._wide: dict[str, list[tuple[str, str]]] = {}
        for phrase, value in phrases:
            if not phrase.isascii() and has_cjk(phrase):
                self._wide.setdefault(phrase[0], []).append((phrase, value))
                continue
            forms = tuple(map(word_form, _WORD.findall(phrase)))
            if forms:
                self._by_first.setdefault(forms[0], []).append((forms, value))
        for candidates in self._by_first.values():
            if len(candidates) > 1:
                candidates.sort(key=lambda candidate: (-len(candidate[0]), candidate))
        for pairs in self._wide.values():
            pairs.sort(key=lambda pair: (-len(pair[0]), pair))

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "PhraseBook":
        """Phrases that stand for themselves."""
        return cls((phrase, phrase) for phrase in phrases)

    def find(self, words: list[Token]) -> Iterator[Match]:
        """Phrases among words that stand one after the other."""
        position = 0
        by_first = self._by_first
        while position < len(words):
            if words[position].form not in by_first:
                position += 1
                continue
            found = self._at(words, position)
            if found is None:
                position += 1
                continue
            length, value = found
            yield Match(words[position].start, words[position + length - 1].end, value)
            position += length

    def find_wide(self, text: str, offset: int = 0) -> Iterator[Match]:
        """Phrases of scripts without spaces, the longest at each place."""
        if text.isascii() or not self._wide:
            return
        by_first = self._wide
        position, end = 0, len(text)
        while position < end:
            for phrase, value in by_first.get(text[position], ()):
                if text.startswith(phrase, position):
                    yield Match(position + offset, position + len(phrase) + offset, value)
                    position += len(phrase)
                    break
            else:
                position += 1

    def search(self, text: str, offset: int = 0) -> list[Match]:
        """All phrases of a text in the order of their places."""
        found = [*self.find(tokens(text, offset)), *(self.find_wide(text, offset) if self._wide else ())]
        found.sort(key=lambda match: match.start)
        return found

    def _at(self, words: list[Token], position: int) -> tuple[int, str] | None:
        for forms, value in self._by_first.get(words[position].form, ()):
            if len(forms) <= len(words) - position and all(
                words[position + step].form == form for step, form in enumerate(forms)
            ):
                return len(forms), value
        return None
