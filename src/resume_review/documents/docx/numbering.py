"""Marks of lists: bullets, and numbers counted as Word counts them."""

from dataclasses import dataclass, field

from resume_review.documents.docx.names import W
from resume_review.documents.xml import Element

_KANJI = "〇一二三四五六七八九十"


@dataclass(slots=True)
class _Level:
    format: str = "bullet"
    text: str = "•"
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """List definitions of the document and the counters of its lists."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict[str, dict[int, _Level]])
    counters: dict[str, dict[int, int]] = field(default_factory=dict[str, dict[int, int]])

    def mark(self, number: str, level: int) -> str:
        """Mark of the next item; empty for a list without marks."""
        definition = self.levels.get(number, {}).get(level)
        if definition is None or definition.format == "bullet":
            return "•" if definition is None or definition.text.strip() else ""
        if definition.format == "none":
            return ""
        counts = self.counters.setdefault(number, {})
        counts[level] = counts.get(level, definition.start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        text = definition.text
        for index in range(9):
            text = text.replace(f"%{index + 1}", self._count(number, index, counts))
        return text.strip()

    def _count(self, number: str, level: int, counts: dict[int, int]) -> str:
        definition = self.levels[number].get(level, _Level())
        return _written(counts.get(level, definition.start), definition.format)


def _written(count: int, how: str) -> str:
    if how in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if how == "upperLetter" else letter
    if how in {"lowerRoman", "upperRoman"}:
        roman = _roman(count)
        return roman if how == "upperRoman" else roman.lower()
    if how.startswith(("japanese", "ideograph", "chinese")) and count <= 10:
        return _KANJI[count]
    return str(count)


def _roman(count: int) -> str:
    pairs = (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    text = ""
    for value, letters in pairs:
        while count >= value:
            text, count = text + letters, count - value
    return text


def read_numbering(root: Element | None) -> Numbering:
    """Read the list definitions."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {
        element.get(f"{W}abstractNumId", ""): {
            int(level.get(f"{W}ilvl", "0")): _level(level) for level in element.iterfind(f"{W}lvl")
        }
        for element in root.iterfind(f"{W}abstractNum")
    }
    for element in root.iterfind(f"{W}num"):
        reference = element.find(f"{W}abstractNumId")
        key = reference.get(f"{W}val", "") if reference is not None else ""
        numbering.levels[element.get(f"{W}numId", "")] = abstract.get(key, {})
    return numbering


def _level(element: Element) -> _Level:
    def value(name: str, default: str) -> str:
        found = element.find(f"{W}{name}")
        return found.get(f"{W}val", default) if found is not None else default

    start = value("start", "1")
    return _Level(
        format=value("numFmt", "decimal"),
        text=value("lvlText", ""),
        start=int(start) if start.isdigit() else 1,
    )
