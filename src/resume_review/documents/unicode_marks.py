"""Characters that a page does not show, or that pose as others: removed from the text where invisible, and reported."""

import re
import unicodedata

from resume_review.documents.model import GlitchKind, IntegrityKind, IntegrityMark
from resume_review.documents.reading import Line, Piece, Reading

_ZERO_WIDTH = "\u200b\u2060\ufeff\u180e\u2061\u2062\u2063\u2064\u200c\u200d\u034f\u115f\u1160\u3164\uffa0"
_INVISIBLE = re.compile(
    f"[{_ZERO_WIDTH}\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f\U000e0000-\U000e01ef]"
)
# One such sign is a hint where a line may break or joins two signs of a picture; many in a row hide something.
_HIDING = re.compile(f"(?<=[A-Za-z])[{_ZERO_WIDTH}]+(?=[A-Za-z])|[{_ZERO_WIDTH}]{{3,}}")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")
_OVERRIDE = re.compile("[\u202d\u202e]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd\ufffc]")
_ICON = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_PRIVATE_BULLETS = "\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc\uf076\uf071\uf06e\uf075\uf0e0\uf02d\uf0be\uf09f"
_CYRILLIC_TWINS = "аеорсухіјѕԁһкмтвнАВЕКМНОРСТХІЈЅ"
_GREEK_TWINS = "οΟΑΒΕΖΗΙΚΜΝΡΤΥΧν"
_MIXED = re.compile(
    f"(?=[^\\W\\d_]*[A-Za-z])(?=[^\\W\\d_]*[{_CYRILLIC_TWINS}{_GREEK_TWINS}])[A-Za-z\u00c0-\u024f\u0370-\u04ff]{{3,}}"
)
_MOST_SAMPLES = 20


def clean(reading: Reading, *, bullets: bool = True) -> list[IntegrityMark]:
    """Take invisible characters out of the lines, in place, and return what they were.

    Icons go too; the words beside them say so.

    Args:
        reading: What a format reader found.
        bullets: Whether a private character may be a list mark that a word processor drew from a font of its own.
    """
    found = _Finds()
    kept: list[Line] = []
    for line in reading.lines:
        before = [piece.text for piece in line.pieces]
        icons = [] if all(map(str.isascii, before)) else _icons(before, bullets=bullets)
        pieces = [piece for piece in line.pieces if _clean_piece(piece, found)]
        _note_icons(line.pieces, pieces, icons)
        line.pieces = pieces
        _restore_bullet(line, before)
        if line.pieces:
            kept.append(line)
    reading.lines = kept
    return found.marks()


def _icons(texts: list[str], *, bullets: bool) -> list[int]:
    """Which of the words hold an icon."""
    found = [index for index, text in enumerate(texts) if _ICON.search(text)]
    if bullets and found and found[0] == 0 and len(texts[0]) == 1 and texts[0] in _PRIVATE_BULLETS:
        return found[1:]
    return found


def _note_icons(before: list[Piece], kept: list[Piece], icons: list[int]) -> None:
    """Mark the word that held the icon, the next one where nothing else is left of it, or else the last one."""
    left = {id(piece) for piece in kept}
    for index in icons:
        beside = [*before[index:], *reversed(before[:index])]
        word = next((piece for piece in beside if id(piece) in left and piece.text != "•"), None)
        if word is not None:
            word.glitch = GlitchKind.ICON


class _Finds:
    def __init__(self) -> None:
        self.zero_width: list[str] = []
        self.tags: list[str] = []
        self.overrides: list[str] = []
        self.mixed: list[str] = []

    def marks(self) -> list[IntegrityMark]:
        """One mark of each kind, with samples of the words."""
        table = (
            (IntegrityKind.ZERO_WIDTH, self.zero_width, "Invisible characters stand inside words."),
            (IntegrityKind.TAG_CHARACTERS, self.tags, "Text is written in invisible tag characters."),
            (
                IntegrityKind.BIDI_OVERRIDE,
                self.overrides,
                "The direction of text is overridden, so it reads otherwise than stored.",
            ),
            (
                IntegrityKind.HOMOGLYPH,
                self.mixed,
                "Letters of another alphabet pose as Latin ones inside words.",
            ),
        )
        marks: list[IntegrityMark] = []
        for kind, samples, detail in table:
            if samples:
                separator = "" if kind is IntegrityKind.TAG_CHARACTERS else " "
                marks.append(
                    IntegrityMark(kind=kind, text=separator.join(samples[:_MOST_SAMPLES]), detail=detail)
                )
        return marks


def _clean_piece(piece: Piece, found: _Finds) -> bool:
    text = piece.text
    if text.isascii():
        return True
    if _HIDING.search(text):
        found.zero_width.append(_INVISIBLE.sub("", text))
    without_flags = _FLAG.sub("", text)
    found.tags += ["".join(chr(ord(char) - 0xE0000) for char in run) for run in _TAGS.findall(without_flags)]
    if _OVERRIDE.search(text):
        found.overrides.append(_INVISIBLE.sub("", text))
    found.mixed += [match.group() for match in _MIXED.finditer(text)]
    text = _INVISIBLE.sub("", text)
    text = "".join("•" if char in _PRIVATE_BULLETS else char for char in text)
    piece.text = unicodedata.normalize("NFC", _PRIVATE.sub("", text)).strip()
    return bool(piece.text)


def _restore_bullet(line: Line, before: list[str]) -> None:
    """A bullet drawn with an unknown icon is still a bullet."""
    if line.kind is None and line.pieces and before and line.pieces[0].text == "•" and before[0] != "•":
        line.level = line.level or 1
