"""Letter-spaced text: single letters at even distances are one word.

Where the file has a blank after each letter, other programs read letters: the word says so.
"""

from itertools import pairwise
from statistics import median

from resume_review.documents.model import GlitchKind
from resume_review.documents.pdf.page import PageGlyphs
from resume_review.documents.pdf.segments import Segment
from resume_review.documents.pdf.words import BLANKS, Word

_FEWEST = 4
_FEWEST_SPACED = 6  # letters; less may be a list of them


def close_up(segments: list[Segment], glyphs: PageGlyphs) -> None:
    """Join letter-spaced words inside each segment."""
    for segment in segments:
        words = segment.words
        if len(words) >= _FEWEST and not segment.turned and any(len(word.text) == 1 for word in words):
            segment.words = _closed(words, glyphs)


def _closed(words: list[Word], glyphs: PageGlyphs) -> list[Word]:
    result: list[Word] = []
    run: list[Word] = []
    for word in words:
        if len(word.text) <= 1 and not word.style.face.symbolic:
            run.append(word)
            continue
        result.extend(_joined(run, glyphs))
        run = []
        result.append(word)
    return [*result, *_joined(run, glyphs)]


def _joined(run: list[Word], glyphs: PageGlyphs) -> list[Word]:
    if len(run) < _FEWEST or sum(word.text.isalnum() for word in run) < 0.75 * len(run):
        return run
    gaps = [after.x0 - before.x1 for before, after in pairwise(run)]
    usual = median(gaps)
    if sum(gap < 1.5 * usual + 0.06 * run[0].size for gap in gaps) < 0.6 * len(gaps):
        return run
    result = [run[0]]
    for gap, word in zip(gaps, run[1:], strict=True):
        if gap < 1.5 * usual + 0.06 * word.size:
            result[-1] = _glued(result[-1], word)
        else:
            result.append(word)
    for word in result:
        if len(word.text) >= _FEWEST_SPACED and word.text.isascii() and _has_blanks(word, glyphs):
            word.glitch = GlitchKind.SPACED
    return result


def _has_blanks(word: Word, glyphs: PageGlyphs) -> bool:
    """Whether the file itself has a blank after each letter of the word."""
    return all(
        any(glyphs.codes[i] in BLANKS and glyphs.objects[i] is not None for i in range(before + 1, after))
        for before, after in pairwise(word.glyphs)
    )


def _glued(first: Word, second: Word) -> Word:
    return Word(
        [*first.glyphs, *second.glyphs], first.text + second.text,
        first.x0, min(first.y0, second.y0), max(first.x1, second.x1), max(first.y1, second.y1),
        first.base, first.style, first.angle, hyphen=second.hyphen, tint=first.tint, glitch=first.glitch,
    )  # fmt: skip
