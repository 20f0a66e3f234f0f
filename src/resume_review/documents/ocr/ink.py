"""What the pixels say that recognition does not: list marks it passed over, and how heavy the letters are."""

from statistics import median

from PIL import Image, ImageFilter, ImageStat

from resume_review.documents.model import Box

# All in ems, measured from the text a list mark stands before and from its writing line.
_REACH = 2.2
_HIGHEST, _LOWEST = 0.85, 0.1
_CLEAR = 0.12
_MARK_SIZES = (0.09, 0.7)
_ROUNDEST = 2.2  # longer is a dash, or the foot of something else
_DARKEST_WORD = 0.62  # share of ink; more is light text on a dark ground
_BOLD = 1.28  # of the stroke of most words


class Ink:
    """A page in black and white: ink is 255."""

    def __init__(self, image: Image.Image, dpi: float) -> None:
        threshold = _threshold(image.histogram())
        table = [255 if shade <= threshold else 0 for shade in range(256)]
        self._ink = image.point(table)  # pyright: ignore[reportUnknownMemberType] - Pillow names numpy's types
        self._thinned = self._ink.filter(ImageFilter.MinFilter(3))
        self._scale = dpi / 72.0

    def stroke(self, box: Box, size: float) -> float | None:
        """Mean width of the strokes inside a box, in ems; null where there is no dark text on light ground."""
        area = self._pixels(box)
        ink = ImageStat.Stat(self._ink.crop(area)).mean[0] / 255
        kept = ImageStat.Stat(self._thinned.crop(area)).mean[0] / 255
        if not 0.02 < ink < _DARKEST_WORD or kept >= ink:
            return None
        # Thinning takes a pixel from both sides of every stroke.
        return 2 / (1 - kept / ink) / (size * self._scale)

    def mark_before(self, box: Box, base: float, size: float) -> Box | None:
        """The box of a round or square mark that stands alone before a line."""
        x0 = box[0]
        middle = (box[1] + box[3]) / 2
        top = min(base - _HIGHEST * size, middle)
        area = self._pixels((x0 - _REACH * size, top, x0 - _CLEAR * size, base + _LOWEST * size))
        if area[0] >= area[2] or area[1] >= area[3]:
            return None
        crop = self._ink.crop(area)
        columns = [value > 0 for value in crop.reduce((1, crop.height)).tobytes()]
        run = _last_run(columns)
        if run is None:
            return None
        rows = [
            value > 0
            for value in crop.crop((run[0], 0, run[1], crop.height)).reduce((run[1] - run[0], 1)).tobytes()
        ]
        tall = _last_run(rows)
        if tall is None or tall[0] == 0 or tall[1] == len(rows) or any(rows[: tall[0]]):
            return None
        em = size * self._scale
        wide, high = run[1] - run[0], tall[1] - tall[0]
        alone = not any(columns[max(0, run[0] - round(0.35 * em)) : run[0]]) and run[0] > 0
        fits = all(_MARK_SIZES[0] * em <= side <= _MARK_SIZES[1] * em for side in (wide, high))
        filled = ImageStat.Stat(crop.crop((run[0], tall[0], run[1], tall[1]))).mean[0] > 0.4 * 255
        if not (alone and fits and filled and max(wide, high) <= _ROUNDEST * min(wide, high)):
            return None
        left, upper = area[0] + run[0], area[1] + tall[0]
        scale = self._scale
        return (left / scale, upper / scale, (left + wide) / scale, (upper + high) / scale)

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        wide, high = self._ink.size
        x0, y0, x1, y1 = (round(edge * self._scale) for edge in box)
        left, top = min(max(x0, 0), wide - 1), min(max(y0, 0), high - 1)
        return left, top, min(max(x1, left + 1), wide), min(max(y1, top + 1), high)


def heavy(strokes: list[float | None]) -> list[bool]:
    """Which words are bold, by their strokes beside those of most words."""
    known = [stroke for stroke in strokes if stroke is not None]
    usual = median(known) if known else 0.0
    return [stroke is not None and stroke > _BOLD * usual for stroke in strokes]


def _last_run(marks: list[bool]) -> tuple[int, int] | None:
    """The last stretch of true values; specks of one are none."""
    end = len(marks)
    while end:
        while end and not marks[end - 1]:
            end -= 1
        start = end
        while start and marks[start - 1]:
            start -= 1
        if end - start > 1:
            return start, end
        end = start
    return None


def _threshold(histogram: list[int]) -> int:
    """The shade that parts ink from paper best (Otsu's method)."""
    total, whole = sum(histogram), sum(shade * count for shade, count in enumerate(histogram))
    best, at = -1.0, 127
    below, mass = 0, 0
    for shade, count in enumerate(histogram[:255]):
        below += count
        mass += shade * count
        if not below or below == total:
            continue
        apart = mass / below - (whole - mass) / (total - below)
        spread = below * (total - below) * apart * apart
        if spread > best:
            best, at = spread, shade
    return at
