"""Lines of a reading become one text, with the place of every word in it."""

import re
import unicodedata
from dataclasses import dataclass, field

from resume_review.documents.colours import Tint, code_of
from resume_review.documents.model import BlockKind, Box, Glitch, Ink, Page, Word
from resume_review.documents.reading import Line, PageSize, Piece, Reading

# A space wider than this many times the line's height is a gap: what stands on both sides is not one phrase.
GAP_RATIO = 1.3


@dataclass(slots=True)
class Row:
    """One line of the text, with its look.

    Attributes:
        start, end: Offsets into the text.
        left, right: Edges on the page in points; in characters where the format has no places.
        gaps: Offsets into the text at which a wide gap, tab or cell edge separates two phrases.
        glyph_end: Offset after the bullet mark and its space; `start` without one.
    """

    start: int
    end: int
    text: str
    page: int
    block: int
    kind: BlockKind | None
    level: int | None
    font_size: float | None
    bold: bool | None
    column: int
    left: float
    right: float
    top: float | None = None
    bottom: float | None = None
    gaps: list[int] = field(default_factory=list[int])
    glyph_end: int = 0

    @property
    def is_bullet(self) -> bool:
        """Whether the row starts a bullet."""
        return self.kind is BlockKind.BULLET or self.glyph_end > self.start


@dataclass(slots=True)
class Assembled:
    """The text of a document with its pages and rows."""

    text: str
    pages: list[Page]
    rows: list[Row]
    inks: list[Ink] = field(default_factory=list[Ink])
    glitches: list[Glitch] = field(default_factory=list[Glitch])


_BULLET = re.compile(
    r"^(?:[\u2022\u2023\u25e6\u2043\u2219\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u25b8\u25ba\u25b6\u27a2\u27a4\u2192\u21d2"
    r"\u2713\u2714\u2756\u2666\u25c6\u25c7\u2605\u2606\u00b7\u30fb\u00bb\u203a\u2726\u29bf]\s*|[-–—](?!\s*(?:(?:\d{1,2}[/.])?\d{4}\b(?!(?-i:\s+[a-z]))|[^\W\d_]{3,9}\.? \d{4}\b(?!(?-i:\s+[a-z]))|(?:present|current|now|heute|aujourd)\b(?!(?-i:\s+[a-z]))|現在))\s+|[*+o>~]\s+|[(（]?\d{1,2}[.)）]\s+|[①-⑳]\s*)(?=\S)",
    re.IGNORECASE,
)

# `ツール: SAP` starts a line of its own, even where the line before it is full.
_LABELLED = re.compile(r"[^:：,、]{1,20}[:：]$")


def assemble(reading: Reading) -> Assembled:
    """Join the lines; `text[start:end]` is the word for every word."""
    builder = _Builder(reading.pages)
    for line in reading.lines:
        builder.add(line)
    text = builder.text()
    pages = [
        Page(
            number=number,
            width=round(size.width, 2),
            height=round(size.height, 2),
            start=builder.span(number)[0],
            end=builder.span(number)[1],
            words=builder.words[number - 1],
        )
        for number, size in enumerate(reading.pages, start=1)
    ]
    for row in builder.rows:
        row.text = text[row.start : row.end]
        mark = _BULLET.match(row.text)
        row.glyph_end = row.start + (mark.end() if mark else 0)
        row.gaps = [gap for gap in row.gaps if gap > row.glyph_end]
    return Assembled(text, pages, builder.rows, builder.inks(), builder.glitches)


class _Builder:
    def __init__(self, pages: list[PageSize]) -> None:
        self._sizes = pages
        self._parts: list[str] = []
        self._length = 0
        self.rows: list[Row] = []
        self.words: list[list[Word]] = [[] for _ in pages]
        self.glitches: list[Glitch] = []
        self._tinted: list[tuple[Tint, int, int]] = []
        self._spans: dict[int, tuple[int, int]] = {}

    def text(self) -> str:
        return "".join(self._parts)

    def inks(self) -> list[Ink]:
        """Runs of words in the same colours."""
        return [
            Ink(
                start=start,
                end=end,
                colour=code_of(tint.colour),
                behind=code_of(tint.behind),
                contrast=round(tint.contrast, 2),
                size=tint.size,
                bold=tint.bold,
            )
            for tint, start, end in self._tinted
        ]

    def span(self, page: int) -> tuple[int, int]:
        """First and last offset on a page; an empty page stands where the page before it ends."""
        if page in self._spans:
            return self._spans[page]
        end = max((span[1] for number, span in self._spans.items() if number < page), default=0)
        return end, end

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def add(self, line: Line) -> None:
        pieces = [piece for piece in line.pieces if piece.text.strip()]
        if not pieces:
            return
        joined = line.joined and self._length > 0 and not _LABELLED.match(_first_word(pieces))
        if self._length and not joined:
            self._put("\n")
        start = self._length
        gaps = self._pieces(line, pieces)
        first, _ = self._spans.get(line.page, (start, 0))
        self._spans[line.page] = (first, self._length)
        self.rows.append(_row(line, pieces, (start, self._length), gaps))

    def _pieces(self, line: Line, pieces: list[Piece]) -> list[int]:
        gaps: list[int] = []
        before: Piece | None = None
        for piece in pieces:
            if before is not None and piece.space_before:
                self._put(" ")
            if before is not None and _is_gap(before, piece, line.font_size):
                gaps.append(self._length)
            start = self._length
            self._put(unicodedata.normalize("NFC", piece.text))
            if piece.box is not None:
                box = _on_page(piece.box, self._sizes[line.page - 1])
                self.words[line.page - 1].append(Word(start=start, end=self._length, box=box))
            if piece.tint is not None:
                self._tint(piece.tint, start)
            if piece.glitch is not None:
                self.glitches.append(Glitch(start=start, end=self._length, kind=piece.glitch))
            before = piece
        return gaps

    def _tint(self, tint: Tint, start: int) -> None:
        """Note the colours of what was just put; neighbours that look the same are one run."""
        if self._tinted and self._tinted[-1][0] == tint and self._tinted[-1][2] >= start - 1:
            start = self._tinted.pop()[1]
        self._tinted.append((tint, start, self._length))


def _first_word(pieces: list[Piece]) -> str:
    word = pieces[0].text
    for piece in pieces[1:]:
        if piece.space_before:
            break
        word += piece.text
    return word


def _on_page(box: Box, size: PageSize) -> Box:
    """The part of a box that is on the page, never without area: a word may stand across the edge."""
    x0, y0 = min(max(box[0], 0.0), size.width - 1), min(max(box[1], 0.0), size.height - 1)
    x1, y1 = max(min(box[2], size.width), x0 + 0.1), max(min(box[3], size.height), y0 + 0.1)
    return (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))


def _is_gap(before: Piece, piece: Piece, size: float | None) -> bool:
    if piece.gap_before:
        return True
    if before.box is None or piece.box is None:
        return False
    height = size or (piece.box[3] - piece.box[1])
    distance = piece.box[0] - before.box[2]
    return distance > GAP_RATIO * height


def _row(line: Line, pieces: list[Piece], span: tuple[int, int], gaps: list[int]) -> Row:
    boxes = [piece.box for piece in pieces if piece.box is not None]
    start, end = span
    return Row(
        start=start,
        end=end,
        text="",
        page=line.page,
        block=line.block,
        kind=line.kind,
        level=line.level,
        font_size=line.font_size,
        bold=line.bold,
        column=line.column,
        left=min((box[0] for box in boxes), default=0.0),
        right=max((box[2] for box in boxes), default=float(end - start)),
        top=min((box[1] for box in boxes), default=None),
        bottom=max((box[3] for box in boxes), default=None),
        gaps=gaps,
    )
