"""Glyphs to words: by the gaps between pens, never by the blanks a producer may have left out or put in."""

from itertools import islice
from operator import le

from resume_review.documents.pdf.page import OpenPage, PageGlyphs, Style
from resume_review.documents.pdf.turned import turned_words, vertical_words
from resume_review.documents.pdf.words import (
    BLANKS,
    FIRST_CJK,
    SOFT_HYPHENS,
    STRAIGHT,
    UNSEEN,
    Run,
    Word,
    is_cjk,
)

# In ems. Kerning stays under the first, the narrowest space of a justified line above it.
_WORD_GAP = 0.16
_HINTED_GAP = 0.07  # where PDFium too takes the gap for a space
_CJK_WORD_GAP = 0.5
_SPACE = 0x20
_BACK_STEP = -0.55
_RISE = 0.42


def page_words(page: OpenPage, glyphs: PageGlyphs, drawn: list[int]) -> list[Word]:
    """Words in drawing order; `drawn` are the page's text objects in that order."""
    order = _in_drawing_order(glyphs, drawn)
    upright, turned = _apart(_runs(page, glyphs, order))
    others, upright = vertical_words(glyphs, upright)
    words = [_word(glyphs, run, style) for run, style in upright]
    others.extend(turned_words(page, glyphs, turned))
    if others:
        words.extend(others)
        place = {index: position for position, index in enumerate(order)}
        words.sort(key=lambda word: place[word.glyphs[0]])
    return words


def _in_drawing_order(glyphs: PageGlyphs, drawn: list[int]) -> list[int]:
    """Indices of the characters as they are drawn; PDFium mixes lines that overlap."""
    rank = {handle: place for place, handle in enumerate(drawn)}
    indices = list(range(len(glyphs.objects)))
    known = [rank[handle] for handle in glyphs.objects if handle in rank]
    if all(map(le, known, islice(known, 1, None))):
        return indices
    places: list[int] = []
    last = 0
    for handle in glyphs.objects:
        last = rank.get(handle, last) if handle is not None else last
        places.append(last)
    indices.sort(key=places.__getitem__)
    return indices


def _runs(page: OpenPage, glyphs: PageGlyphs, indices: list[int]) -> list[Run]:
    """Glyphs that touch. This loop sees every character of a file, so nothing in it is a call that can be spared."""
    codes, objects, tops, rights = glyphs.codes, glyphs.objects, glyphs.top, glyphs.right
    pen_x, pen_y = glyphs.pen_x, glyphs.pen_y
    runs: list[Run] = []
    run: list[int] = []
    em, right, slant, last_x, last_y, last_code = 1.0, 0.0, 0.0, 0.0, 0.0, 0
    blank, hint = True, False
    for index in indices:
        code = codes[index]
        if objects[index] is None:
            hint = hint or code == _SPACE
            continue
        if code in BLANKS:
            blank = True
            continue
        if code in UNSEEN:
            continue
        x, y, end = pen_x[index], pen_y[index], rights[index]
        touches = False
        if not blank:
            if y == last_y and x == last_x:  # the letters of one ligature
                touches = True
                end = max(end, right)
            else:
                if (code >= FIRST_CJK and is_cjk(code)) or (last_code >= FIRST_CJK and is_cjk(last_code)):
                    near = _CJK_WORD_GAP
                else:
                    near = _HINTED_GAP if hint else _WORD_GAP
                # Loose boxes grow to the left for overhanging shapes; the pen does not.
                touches = _BACK_STEP * em < x - right < near * em and -_RISE * em < y - last_y < _RISE * em
        if touches:
            run.append(index)
        else:
            style = page.style(glyphs, index)
            em, slant = style.size or 1.0, style.slant
            run = [index]
            runs.append((run, style))
        if slant:  # the box reaches as far as the top of the leaning letter
            end -= slant * (y - tops[index])
        right, last_x, last_y, last_code = end, x, y, code
        blank = hint = False
    return runs


def _apart(runs: list[Run]) -> tuple[list[Run], list[int]]:
    """Upright runs, and the glyphs that are written at an angle."""
    upright: list[Run] = []
    turned: list[int] = []
    for run, style in runs:
        if abs(style.turn) > STRAIGHT:
            turned.extend(run)
        else:
            upright.append((run, style))
    return upright, turned


def _word(glyphs: PageGlyphs, indices: list[int], style: Style) -> Word:
    left, top, right, bottom = glyphs.left, glyphs.top, glyphs.right, glyphs.bottom
    first, last = indices[0], indices[-1]
    x0, y0, x1, y1 = left[first], top[first], right[last], bottom[last]
    if first != last:
        x0 = min(x0, left[last])
        y0 = min(y0, top[last])
        x1 = max(x1, right[first])
        y1 = max(y1, bottom[first])
    codes = glyphs.codes
    text = "".join([chr(codes[i]) for i in indices])
    hyphen = codes[last] in SOFT_HYPHENS
    return Word(indices, text, x0, y0, x1, y1, glyphs.pen_y[first], style, hyphen=hyphen)
