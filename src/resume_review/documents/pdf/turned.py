"""Words that do not run from left to right: turned text, and lines of Japanese set from top to bottom."""

import math

from resume_review.documents.pdf.page import OpenPage, PageGlyphs, Style
from resume_review.documents.pdf.words import BLANKS, STRAIGHT, Run, Word, is_cjk

# In ems.
_WORD_GAP = 0.22
_BACK_STEP = -0.3
_RISE = 0.42
_HEIGHT = 1.15  # of a letter box, where its corners do not tell
_SAME_COLUMN = 0.45
_DOWN_STEP = (0.7, 1.3)
_FEWEST_DOWN = 3


def turned_words(page: OpenPage, glyphs: PageGlyphs, indices: list[int]) -> list[Word]:
    """Words of text written at an angle, found along its own writing line."""
    words: list[Word] = []
    run: list[int] = []
    end, across, angle = 0.0, 0.0, 0.0  # of the last glyph
    for index in indices:
        style = page.style(glyphs, index)
        turn, em = style.turn, style.size or 1.0
        cos, sin = math.cos(turn), math.sin(turn)
        x, y = glyphs.pen_x[index], glyphs.pen_y[index]
        along, height = x * cos + y * sin, y * cos - x * sin
        if run and not (
            abs(turn - angle) < STRAIGHT
            and abs(height - across) < _RISE * em
            and _BACK_STEP * em < along - end < _gap(glyphs, run[-1], index) * em
        ):
            words.append(_turned_word(page, glyphs, run, angle))
            run = []
        run.append(index)
        end, across, angle = along + _advance(glyphs, index, cos, sin, em), height, turn
    if run:
        words.append(_turned_word(page, glyphs, run, angle))
    return words


def _gap(glyphs: PageGlyphs, last: int, index: int) -> float:
    """How far apart letters of one word may be; nothing where the file has a blank between them."""
    blank = any(glyphs.codes[i] in BLANKS and glyphs.objects[i] is not None for i in range(last + 1, index))
    return -1.0 if blank else _WORD_GAP


def _advance(glyphs: PageGlyphs, index: int, cos: float, sin: float, em: float) -> float:
    """Width of a turned glyph along its writing line, from the upright box around it."""
    wide, high = glyphs.right[index] - glyphs.left[index], glyphs.bottom[index] - glyphs.top[index]
    cos, sin = abs(cos), abs(sin)
    apart = cos * cos - sin * sin
    if abs(apart) > 0.1:
        return (wide * cos - high * sin) / apart
    return max(0.0, (wide - _HEIGHT * em * sin) / cos)


def _turned_word(page: OpenPage, glyphs: PageGlyphs, indices: list[int], angle: float) -> Word:
    style = page.style(glyphs, indices[0])
    text = "".join(chr(glyphs.codes[i]) for i in indices)
    return Word(indices, text, *_edges(glyphs, indices), glyphs.pen_y[indices[0]], style, angle=angle)


def _edges(glyphs: PageGlyphs, indices: list[int]) -> tuple[float, float, float, float]:
    return (
        min(glyphs.left[i] for i in indices), min(glyphs.top[i] for i in indices),
        max(glyphs.right[i] for i in indices), max(glyphs.bottom[i] for i in indices),
    )  # fmt: skip


def vertical_words(glyphs: PageGlyphs, runs: list[Run]) -> tuple[list[Word], list[Run]]:
    """Lines of upright Japanese letters that stand under each other, and the runs that are not part of one."""
    columns = _columns(glyphs, runs)
    letters = sum(len(column) for column in columns if len(column) >= _FEWEST_DOWN)
    if not letters:
        return [], runs
    # On a page set from top to bottom a letter that stands alone is a line too.
    fewest = 1 if 2 * letters > len(runs) else _FEWEST_DOWN
    words = [_vertical_word(glyphs, column) for column in columns if len(column) >= fewest]
    taken = {id(run) for column in columns if len(column) >= fewest for run in column}
    return words, [run for run in runs if id(run) not in taken]


def _columns(glyphs: PageGlyphs, runs: list[Run]) -> list[list[Run]]:
    """Single Japanese letters, those under each other together."""
    columns: list[list[Run]] = []
    last: Run | None = None
    for run in runs:
        if _is_letter(glyphs, run):
            if last is not None and _stands_under(glyphs, last, run):
                columns[-1].append(run)
            else:
                columns.append([run])
            last = run
        else:
            last = None
    return columns


def _is_letter(glyphs: PageGlyphs, run: Run) -> bool:
    return len(run[0]) == 1 and is_cjk(glyphs.codes[run[0][0]])


def _stands_under(glyphs: PageGlyphs, above: Run, below: Run) -> bool:
    (first,), (second,) = above[0], below[0]
    em = below[1].size or 1.0
    least, most = _DOWN_STEP
    step = glyphs.bottom[second] - glyphs.bottom[first]
    aside = glyphs.left[second] + glyphs.right[second] - glyphs.left[first] - glyphs.right[first]
    return (
        above[1].size == below[1].size
        and abs(aside) < 2 * _SAME_COLUMN * em
        and least * em < step < most * em
    )


def _vertical_word(glyphs: PageGlyphs, column: list[Run]) -> Word:
    indices = [run[0][0] for run in column]
    text = "".join(chr(glyphs.codes[i]) for i in indices)
    style: Style = column[0][1]
    return Word(indices, text, *_edges(glyphs, indices), glyphs.pen_y[indices[0]], style, angle=math.pi / 2)
