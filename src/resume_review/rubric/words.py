"""Words and phrases with their places, for scripts with and without spaces."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

import msgspec

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f0-9]+(?:[&.'’][A-Za-z\u00c0-\u024f0-9]+)*[+#]*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ANY_WORD = re.compile(r"[^\W_]+(?:['’.,&-][^\W_]+)*")
_KEEPS_S = ("ss", "us", "is", "os")
KEPT_WORDS = 50_000
"""How many words something is remembered of from one review to the next."""


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word: its offsets in the document and its form for comparing (lower case, no plural s)."""

    start: int
    end: int
    text: str
    form: str


class Words(tuple[Token, ...]):  # noqa: SLOT001 - it keeps its forms once they are asked for
    """Words that stand one after the other."""

    @cached_property
    def forms(self) -> frozenset[str]:
        """The different forms, to tell quickly that something is not among them."""
        return frozenset([word.form for word in self])


def tokens(text: str, offset: int = 0) -> Words:
    """The words of a text; `offset` is added to every place."""
    return Words(
        [
            Token(match.start() + offset, match.end() + offset, word := match[0], word_form(word))
            for match in _WORD.finditer(text)
        ]
    )


@lru_cache(maxsize=KEPT_WORDS)
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
    wide = 0 if text.isascii() else len(_CJK.findall(text))
    rest = _CJK.sub(" ", text) if wide else text
    return len(_ANY_WORD.findall(rest)) + wide // 2


def lower_case(text: str) -> str:
    """Lower case with every character at its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


def lowered(title: str) -> str:
    """A title inside a sentence; `AWS` and `M&A` keep their capitals."""
    return title[0].lower() + title[1:] if title[1:2].islower() else title


def has_cjk(text: str) -> bool:
    """Whether the text holds Chinese or Japanese characters."""
    return _CJK.search(text) is not None


class Match(msgspec.Struct, frozen=True, gc=False):
    """A phrase found in the text, and what it stands for."""

    start: int
    end: int
    value: str


_GOING_ON = ("業", "者", "士", "役", "員", "法人", "利益")
"""After a word of two kanji these make another word: 製造 is work, 製造業 an industry; 営業利益 is no selling."""


_OTHER_SENSE = {
    "受注": ("処理", "発注", "業務", "管理", "システム", "データ", "残", "量", "生産", "入力"),
    "営業": ("日", "時間", "所", "外"),
}
"""受注処理 is clerical work and no contract won; 営業日 are days."""


def _goes_on(text: str, phrase: str, end: int) -> bool:
    if len(phrase) != 2 or not all("\u4e00" <= sign <= "\u9fff" for sign in phrase):
        return False
    return text.startswith(_GOING_ON, end) or text.startswith(_OTHER_SENSE.get(phrase, ("\0",)), end)


def forms_of(text: str) -> list[str]:
    """The words of a text in the form for comparing."""
    return list(map(word_form, _WORD.findall(text)))


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
            forms = tuple(forms_of(phrase))
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

    def find(self, words: Words) -> Iterator[Match]:
        """Phrases among words that stand one after the other."""
        by_first = self._by_first
        if by_first.keys().isdisjoint(words.forms):
            return
        free = 0
        for position, word in enumerate(words):
            if word.form not in by_first or position < free:
                continue
            found = self._at(words, position)
            if found is not None:
                length, value = found
                free = position + length
                yield Match(word.start, words[free - 1].end, value)

    def find_wide(self, text: str, offset: int = 0) -> Iterator[Match]:
        """Phrases of scripts without spaces, the longest at each place."""
        if text.isascii() or not self._wide or not has_cjk(text):
            return
        by_first = self._wide
        position, end = 0, len(text)
        while position < end:
            for phrase, value in by_first.get(text[position], ()):
                if text.startswith(phrase, position) and not _goes_on(text, phrase, position + len(phrase)):
                    yield Match(position + offset, position + len(phrase) + offset, value)
                    position += len(phrase)
                    break
            else:
                position += 1

    def holds(self, words: Words, text: str) -> bool:
        """Whether any phrase is in a passage, given as its words and its text."""
        if not self._by_first.keys().isdisjoint(words.forms) and next(self.find(words), None) is not None:
            return True
        return not text.isascii() and next(self.find_wide(text), None) is not None

    def search(self, text: str, offset: int = 0) -> list[Match]:
        """All phrases of a text in the order of their places."""
        found = [*self.find(tokens(text, offset)), *(self.find_wide(text, offset) if self._wide else ())]
        found.sort(key=lambda match: match.start)
        return found

    def _at(self, words: Words, position: int) -> tuple[int, str] | None:
        room = len(words) - position
        following = words[position + 1].form if room > 1 else ""
        for forms, value in self._by_first.get(words[position].form, ()):
            length = len(forms)
            if length == 1:
                return 1, value
            if length > room or forms[1] != following:
                continue
            if all(words[position + step].form == forms[step] for step in range(2, length)):
                return length, value
        return None
