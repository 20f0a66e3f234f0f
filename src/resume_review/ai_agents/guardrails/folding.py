"""One spelling for many: text folded for comparison, with the way back to the original characters."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\ufe58\ufe63\uff0d"), "-")
_QUOTES = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u00b4\uff07"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u300c\u300d\u300e\u300f"), '"'),
}
_TABLE = {**_DASHES, **_QUOTES}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `places[i]` is the original offset of its character `i`, with the original length at the end."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original text behind a non-empty range of the folded one."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Compatibility forms, case, dashes, quotation marks and runs of spaces made equal; format characters dropped."""
    characters: list[str] = []
    places: list[int] = []
    last = " "
    for place, character in enumerate(text):
        for part in _folded(character):
            if part != " " or last != " ":
                characters.append(part)
                places.append(place)
                last = part
    return Folded("".join(characters), (*places, len(text)))


@cache
def _folded(character: str) -> str:
    """What one character is compared as; nothing for one that only formats. There are few of them in any language."""
    if unicodedata.category(character) == "Cf":
        return ""
    folded = unicodedata.normalize("NFKC", character).casefold().translate(_TABLE)
    return "".join(" " if part.isspace() else part for part in folded)


def numbers_in(text: str) -> frozenset[str]:
    """The figures of a text without thousands separators: `1,200` and `1200` are one, `1.5` is not `15`."""
    return frozenset(_plain(match) for match in _NUMBER.findall(unicodedata.normalize("NFKC", text)))


def _plain(number: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number):
        return number.replace(",", "")
    return number.rstrip(".,")
