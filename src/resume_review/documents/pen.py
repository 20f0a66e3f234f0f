"""Writes words into lines for formats that are streams of text."""

from collections import Counter

from resume_review.documents.model import BlockKind
from resume_review.documents.reading import Line, Piece


class Pen:
    """Collects text; white space separates words, `gap` separates phrases, `end` finishes a line."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[Piece] = []
        self._word = ""
        self._space = False
        self._gap = False
        self._block = 0
        self._looks = Counter[tuple[float | None, bool]]()

    def write(self, text: str, *, size: float | None = None, bold: bool = False) -> None:
        """Add text to the current line; line breaks in it count as spaces."""
        visible = sum(not char.isspace() for char in text)
        if visible:
            self._looks[(size, bold)] += visible
        for char in text:
            if char.isspace():
                self._flush()
                self._space = True
                self._gap = self._gap or char == "\t"
            else:
                self._word += char

    def gap(self) -> None:
        """Separate what follows from what stands before, as a tab or the edge of a cell does."""
        self._flush()
        self._space = self._gap = True

    def end(self, kind: BlockKind | None = None, *, level: int | None = None, block: bool = True) -> None:
        """Finish the line; with `block` also the paragraph."""
        self._flush()
        if self._pieces:
            (size, bold), _ = self._looks.most_common(1)[0] if self._looks else ((None, False), 0)
            self.lines.append(
                Line(
                    page=1,
                    pieces=self._pieces,
                    block=self._block,
                    kind=kind,
                    level=level,
                    font_size=size,
                    bold=bold or None,
                )
            )
        self._pieces = []
        self._looks.clear()
        self._space = self._gap = False
        if block:
            self._block += 1

    def _flush(self) -> None:
        if self._word:
            first = not self._pieces
            self._pieces.append(
                Piece(text=self._word, space_before=self._space or first, gap_before=self._gap and not first)
            )
            self._word, self._space, self._gap = "", False, False
