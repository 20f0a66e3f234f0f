"""Words to segments: stretches of one line that nobody would read apart."""

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from resume_review.documents.pdf.words import Word

# In ems: wider gaps may be a column, a table cell or a date at the right margin.
_JOIN = 0.72
_SAME_LINE = 0.35
_WIDEST_BLANK = 4.0  # of a justified line
_EVEN = 0.16  # between the widest and the narrowest blank of a justified line
_FEWEST_GAPS = 2
_GUTTER = 0.42  # ems that may part two columns
_FLUSH = 4
_WIDER = 1.25  # than any blank of the line
_UPRIGHT = 0.1  # cosine of the angle of lines that run up or down


@dataclass(slots=True)
class Segment:
    """Neighbouring words of one line, in writing order; `order` is the place in drawing order."""

    words: list[Word]
    order: int
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    turned: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def bold(self) -> bool:
        letters = sum(len(word.text) for word in self.words)
        return 2 * sum(len(word.text) for word in self.words if word.style.face.bold) > letters

    @property
    def letters(self) -> int:
        return sum(len(word.text) for word in self.words)

    @property
    def middle(self) -> float:
        return self.base - 0.3 * self.size


def make_segment(words: list[Word], order: int) -> Segment:
    biggest = max(words, key=lambda word: (len(word.text), word.size))
    return Segment(
        words, order,
        min(word.x0 for word in words), min(word.y0 for word in words),
        max(word.x1 for word in words), max(word.y1 for word in words),
        biggest.base, biggest.size, turned=abs(words[0].angle) > 0.1,
    )  # fmt: skip


def page_segments(words: list[Word]) -> list[Segment]:
    """Segments in drawing order, each read from left to right."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and _continues(groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    segments = [make_segment(group, order) for order, group in enumerate(_justified(groups))]
    return _parted(_merge_neighbours(segments))


def _parted(segments: list[Segment]) -> list[Segment]:
    """Segments cut at wide blanks after which a word stands flush with a column of others."""
    starts = Counter(round(segment.x0) for segment in segments if not segment.turned)
    result: list[Segment] = []
    for segment in segments:
        begin = 0
        words = segment.words
        for index in () if segment.turned else range(1, len(words)):
            if _at_column(words, index, segment.size, starts):
                result.append(make_segment(words[begin:index], segment.order))
                begin = index
        result.append(make_segment(words[begin:], segment.order) if begin else segment)
    return result


def _at_column(words: list[Word], index: int, size: float, starts: Counter[int]) -> bool:
    gap = words[index].x0 - words[index - 1].x1
    if gap < _GUTTER * size:
        return False
    at = round(words[index].x0)
    if starts[at - 1] + starts[at] + starts[at + 1] < _FLUSH:
        return False
    others = [after.x0 - before.x1 for n, (before, after) in enumerate(pairwise(words), 1) if n != index]
    return all(gap > _WIDER * other for other in others)


def _justified(groups: list[list[Word]]) -> list[list[Word]]:
    """Put lines together whose blanks a program stretched: all gaps are wide, and all are the same."""
    result: list[list[Word]] = []
    line: list[list[Word]] = []
    for group in [*groups, []]:
        if group and line and _goes_on_right(line[-1][-1], group[0]):
            line.append(group)
            continue
        words = [word for part in line for word in part]
        if len(line) > _FEWEST_GAPS and _even(words):
            result.append(words)
        else:
            result.extend(line)
        line = [group]
    return result


def _goes_on_right(last: Word, word: Word) -> bool:
    em = max(last.size, 1.0)
    return (
        last.angle == word.angle == 0.0
        and abs(last.size - word.size) < 0.1
        and -0.3 * em < word.x0 - last.x1 < _WIDEST_BLANK * em
        and same_line(last.base, word.base, em)
    )


def _even(words: list[Word]) -> bool:
    gaps = [after.x0 - before.x1 for before, after in pairwise(words)]
    return max(gaps) - min(gaps) < _EVEN * words[0].size


def _continues(last: Word, word: Word) -> bool:
    if abs(last.angle - word.angle) > 0.1:
        return False
    em = max(last.size, word.size, 1.0)
    if abs(word.angle) > 0.1:
        return _continues_turned(last, word, em)
    gap = word.x0 - last.x1
    return -0.3 * em < gap < _JOIN * min(em, last.size + word.size) and same_line(last.base, word.base, em)


def _continues_turned(last: Word, word: Word, em: float) -> bool:
    overlap_x = min(word.x1, last.x1) - max(word.x0, last.x0)
    if abs(math.cos(word.angle)) < _UPRIGHT:  # down the page, or up
        gap = word.y0 - last.y1 if word.angle > 0 else last.y0 - word.y1
        return -0.5 * em < gap < _JOIN * em and overlap_x > 0.3 * min(em, word.x1 - word.x0)
    across = max(word.x0 - last.x1, last.x0 - word.x1, 0.0)
    down = max(word.y0 - last.y1, last.y0 - word.y1, 0.0)
    overlap_y = min(word.y1, last.y1) - max(word.y0, last.y0)
    return max(across, down) < _JOIN * em and max(overlap_x, overlap_y) > 0.3 * em


def same_line(first: float, second: float, em: float) -> bool:
    return abs(first - second) < _SAME_LINE * em


def _merge_neighbours(segments: list[Segment]) -> list[Segment]:
    """Join segments that touch on the page though they were drawn apart."""
    upright = sorted((s for s in segments if not s.turned), key=lambda s: (s.base, s.x0))
    merged: list[Segment] = [s for s in segments if s.turned]
    for line in lines_of(upright):
        line.sort(key=lambda s: s.x0)
        current = line[0]
        for following in line[1:]:
            em = min(max(current.size, following.size), current.size + following.size)
            if -0.5 * em < following.x0 - current.x1 < _JOIN * em:
                current = make_segment(
                    [*current.words, *following.words], min(current.order, following.order)
                )
            else:
                merged.append(current)
                current = following
        merged.append(current)
    merged.sort(key=lambda s: s.order)
    return merged


def lines_of(ordered: list[Segment]) -> list[list[Segment]]:
    """Group segments sorted by base line into visual lines."""
    lines: list[list[Segment]] = []
    for segment in ordered:
        if lines and same_line(lines[-1][0].base, segment.base, max(lines[-1][0].size, segment.size)):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return lines


def rows_of(segments: list[Segment]) -> list[list[Segment]]:
    """Visual lines from the top, each from left to right."""
    lines = lines_of(sorted(segments, key=lambda s: (s.base, s.x0)))
    for line in lines:
        line.sort(key=lambda s: s.x0)
    return lines
