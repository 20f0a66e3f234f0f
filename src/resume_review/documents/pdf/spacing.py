"""Letter-spaced text: single letters at even distances are one word."""

from itertools import pairwise
from statistics import median

from resume_review.documents.pdf.segments import Segment
from resume_review.documents.pdf.words import Word

_FEWEST = 4


def close_up(segments: list[Segment]) -> None:
    """Join letter-spaced words inside each segment."""
    for segment in segments:
        words = segment.words
        if len(words) >= _FEWEST and not segment.turned and any(len(word.text) == 1 for word in words):
            segment.words = _closed(words)


def _closed(words: list[Word]) -> list[Word]:
    result: list[Word] = []
    run: list[Word] = []
    for word in words:
        if len(word.text) <= 1 and not word.style.face.symbolic:
            run.append(word)
            continue
        result.extend(_joined(run))
        run = []
        result.append(word)
    return [*result, *_joined(run)]


def _joined(run: list[Word]) -> list[Word]:
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
    return result


def _glued(first: Word, second: Word) -> Word:
    return Word(
        [*first.glyphs, *second.glyphs], first.text + second.text,
        first.x0, min(first.y0, second.y0), max(first.x1, second.x1), max(first.y1, second.y1),
        first.base, first.style, first.angle, hyphen=second.hyphen,
    )  # fmt: skip
