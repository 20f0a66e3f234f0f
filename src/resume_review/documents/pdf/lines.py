"""Ordered segments to lines and blocks, with words broken at line ends put together again."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from resume_review.documents.model import BlockKind, GlitchKind
from resume_review.documents.pdf import hyphens
from resume_review.documents.pdf.characters import holds_icon, pieces_of, starts_with_bullet
from resume_review.documents.pdf.columns import continues_sentence
from resume_review.documents.pdf.segments import Segment, same_line
from resume_review.documents.pdf.words import is_cjk
from resume_review.documents.reading import Line, Piece

_LOOSEST_LEADING = 1.9  # ems, between lines of one paragraph
_HEADING = 1.14  # of the body size
_LONGEST_HEADING = 60
# `ツール: SAP` starts a line of its own, even where the line before it is full.
_LABEL = re.compile(r"(?=[\u3040-\u9fff])[^:：,、。\s]{1,12}\s?[:：]")
# A Japanese date that a narrow cell cuts before the sign for year or month.
_CUT_DATE = re.compile(r"\d{4}年|.*\d月")


@dataclass(slots=True)
class Row:
    """Segments of one visual line that are read together."""

    page: int
    column: int
    segments: list[Segment]
    pieces: list[Piece] = field(default_factory=list[Piece])
    text: str = ""

    @property
    def base(self) -> float:
        return self.segments[0].base

    @property
    def x0(self) -> float:
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        return self.segments[-1].x1

    @property
    def main(self) -> Segment:
        """The segment with most letters gives the line its look."""
        return max(self.segments, key=lambda s: s.x1 - s.x0)


@dataclass(frozen=True, slots=True)
class Typography:
    """What the lines are compared with: the size of most text, and how the file's program treats long words."""

    body_size: float
    breaking: bool


def page_rows(ordered: list[Segment], page: int, columns: dict[int, int]) -> list[Row]:
    """Visual lines in reading order; lines that hold nothing but icons are left out."""
    rows: list[Row] = []
    for segment in ordered:
        column = columns.get(id(segment), 0)
        last = rows[-1] if rows else None
        if last and last.column == column and _same_row(last.segments[-1], segment):
            last.segments.append(segment)
        else:
            rows.append(Row(page, column, [segment]))
    icon = False
    for row in rows:
        icon = _fill(row, icon=icon)
        if row.segments[0].turned:
            _close_up_numbers(row.pieces)
        row.text = "".join((" " if n and p.space_before else "") + p.text for n, p in enumerate(row.pieces))
    return [row for row in rows if row.pieces]


def _fill(row: Row, *, icon: bool) -> bool:
    """Give the row its pieces; icons mark the word after them, which may be in the next row, as `icon` says."""
    for segment in row.segments:
        for word in segment.words:
            found = pieces_of(word)
            if found:
                row.pieces.extend(found)
                if icon:
                    found[0].glitch = found[0].glitch or GlitchKind.ICON
                    icon = False
            else:
                icon = icon or holds_icon(word)
    if icon and row.pieces:  # nothing follows it in its line
        row.pieces[-1].glitch = row.pieces[-1].glitch or GlitchKind.ICON
        return False
    return icon


def _close_up_numbers(pieces: list[Piece]) -> None:
    """Numbers in Japanese lines that run down the page are drawn apart, and read without a blank."""
    for before, piece in pairwise(pieces):
        if _goes_on_unspaced(before.text[-1], piece.text[0]):
            piece.space_before = False


def _same_row(last: Segment, segment: Segment) -> bool:
    if last.turned or segment.turned:
        return False
    em = max(last.size, segment.size)
    return same_line(last.base, segment.base, em) and segment.x0 > last.x1 - 0.3 * em


def make_lines(rows: list[Row], typography: Typography) -> list[Line]:
    """Lines with block numbers, joined words and hints from typography."""
    vocabulary = _vocabulary(rows)
    signed = hyphens.only_at_line_ends([row.text for row in rows])
    edges = _right_edges(rows)
    lines: list[Line] = []
    block = -1
    for index, row in enumerate(rows):
        before = rows[index - 1] if index else None
        goes_on = before is not None and _same_block(
            before, row, edges[before.page, before.column], rows, index
        )
        if not goes_on:
            block += 1
        main = row.main
        line = Line(
            row.page, row.pieces, block, font_size=round(main.size, 2), bold=main.bold, column=row.column
        )
        if starts_with_bullet(row.text):
            line.kind, line.level = BlockKind.BULLET, 1
        elif (
            main.size > _HEADING * typography.body_size and len(row.text) <= _LONGEST_HEADING and not goes_on
        ):
            line.kind = BlockKind.HEADING
        if before is not None and lines:
            _join(
                lines[-1],
                line,
                before,
                row,
                same_block=goes_on,
                edge=edges[before.page, before.column],
                vocabulary=vocabulary,
                breaking=typography.breaking,
                signed=signed,
            )
        lines.append(line)
    return lines


def _vocabulary(rows: list[Row]) -> frozenset[str]:
    """Words that stand whole in a line; the halves of broken ones would vouch for themselves."""
    words: set[str] = set()
    broken = False
    for row in rows:
        found = re.findall(r"\w+(?:-\w+)?", row.text.casefold())
        goes_on = row.text[-1] in hyphens.HYPHENS
        words.update(found[1 if broken else 0 : -1 if goes_on else None])
        broken = goes_on
    return frozenset(words)


def _right_edges(rows: list[Row]) -> dict[tuple[int, int], float]:
    edges: dict[tuple[int, int], float] = {}
    for row in rows:
        key = (row.page, row.column)
        edges[key] = max(edges.get(key, 0.0), row.x1)
    return edges


def _same_block(before: Row, row: Row, edge: float, rows: list[Row], index: int) -> bool:
    first, second = before.main, row.main
    if before.page != row.page or before.column != row.column or first.turned or second.turned:
        return False
    if abs(first.size - second.size) > 0.6 or starts_with_bullet(row.text) or _LABEL.match(row.text):
        return False
    step = row.base - before.base
    if not 0.5 * second.size < step < _LOOSEST_LEADING * second.size:
        return False
    if continues_sentence(first, second):
        return True
    if first.bold != second.bold or len(before.segments) > 1 or len(row.segments) > 1:
        return False
    # The first word of the line would not have fitted on the line before: the line was broken, not ended.
    return before.x1 + 0.2 * second.size + _first_width(row) > edge - 1.0 and _reaches(
        before, edge, rows, index
    )


def _first_width(row: Row) -> float:
    first = row.segments[0].words[0]
    return first.x1 - first.x0


def _reaches(before: Row, edge: float, rows: list[Row], index: int) -> bool:
    """Whether the edge is that of a text several lines wide, not of the only long line around."""
    near = [
        row.x1
        for row in rows[max(0, index - 6) : index + 6]
        if row.page == before.page and row.column == before.column
    ]
    return sum(x1 > edge - 60 for x1 in near) > 1 or len(before.text) > 50


def _goes_on_unspaced(last: str, first: str) -> bool:
    """Whether no blank belongs between two letters: Japanese beside Japanese, or beside a number."""
    before, after = is_cjk(ord(last)), is_cjk(ord(first))
    return (before and (after or first.isdigit())) or (after and last.isdigit())


def _join(
    last: Line,
    line: Line,
    before: Row,
    row: Row,
    *,
    same_block: bool,
    edge: float,
    vocabulary: frozenset[str],
    breaking: bool,
    signed: bool,
) -> None:
    """Mark the line as going on inside the last word of the one before, and settle that word's hyphen."""
    if (
        last.page != line.page
        or row.base - before.base > 2.2 * row.main.size
        or row.base <= before.base
        or row.column != before.column
    ):
        return
    final, first = last.pieces[-1], line.pieces[0]
    if _CUT_DATE.fullmatch(final.text[-4:] + first.text[0]) and row.x0 < before.x1:
        line.joined = True
        return
    if _goes_on_unspaced(final.text[-1], first.text[0]):
        wrapped = before.x1 > edge - 2.2 * row.main.size and final.text[-1] not in "。！？：）」』】"
        labelled = _LABEL.match(row.text) is not None
        line.joined = same_block and wrapped and not labelled and before.main is before.segments[-1]
        return
    if row.x0 > before.x1 or starts_with_bullet(row.text):
        return
    joined = hyphens.join(final.text, first.text, vocabulary=vocabulary, breaking=breaking, signed=signed)
    if joined is not None:
        final.text = joined
        line.joined = True
