"""Plants one known fault in a clean resume written in Markdown."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import planted_parts
import planted_whole
import planted_words
import yaml
from planted_words import NotHereError

__all__ = ["Fault", "NotHereError", "faults"]

_HERE = Path(__file__).parent
_MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)

Planted = tuple[str, list[str]]
"""The text with the fault, and the words one of which the finding must touch; none where something is missing."""


@dataclass(frozen=True, slots=True)
class Fault:
    check: str
    place: str
    words: object
    number: int
    listed: bool
    """Whether our own lists were made with such phrasings in view."""

    def fits(self, kind: str) -> bool:
        """Whether files of this kind (`md`, `txt`, `docx`, `pdf`) can have the fault."""
        return kind in _ONLY.get(self.place, (kind,))

    def plant(self, clean: str) -> Planted:
        """Raises `NotHereError` where the resume has no such place."""
        marked = _PLACES[self.place](clean, self.words, self.number)
        return _MARK.sub(r"\1", marked), [words for words in _MARK.findall(marked) if words]


def faults(language: str) -> Iterator[Fault]:
    """All faults of a language, from every file of its name."""
    for path in sorted(_HERE.glob(f"planted_faults_{language}*.yaml")):
        yield from _faults(path)


def _faults(path: Path) -> Iterator[Fault]:
    table = cast("dict[str, dict[str, list[object]]]", yaml.safe_load(path.read_text(encoding="utf-8")))
    for check, places in table.items():
        for place, phrasings in places.items():
            for number, words in enumerate(phrasings):
                yield Fault(check, place, words, number, listed="unlisted" not in path.stem)


# A page has no signs without width, and plain text no headings but those that everyone knows.
_WORDS_ONLY = ("md", "txt", "docx")
_ONLY = {
    "zero_width": _WORDS_ONLY, "tags": _WORDS_ONLY, "invisible": _WORDS_ONLY, "encoded": _WORDS_ONLY,
    "heading": ("md", "docx", "pdf"), "case": ("md", "docx", "pdf"),
}  # fmt: skip

_PLACES: dict[str, Callable[[str, object, int], str]] = {
    name: place
    for module in (planted_words, planted_parts, planted_whole)
    for name, place in vars(module).items()
    if inspect.isfunction(place) and list(inspect.signature(place).parameters) == ["text", "words", "number"]
}
