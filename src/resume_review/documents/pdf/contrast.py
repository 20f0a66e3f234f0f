"""Which words stand out little from what is behind them."""

from collections import Counter

from resume_review.documents.colours import PAPER, PLAIN, Colour, contrast, tint_of
from resume_review.documents.pdf.hidden import CLEAR, INVISIBLE_MODES, PageView
from resume_review.documents.pdf.picture import Picture
from resume_review.documents.pdf.words import Word

_WHITE = 250  # of 255: lighter is paper
_FILLED = 0  # the rendering mode in which the declared colour is that of the letters
_TALL = 0.95  # ems above the writing line where no letter reaches
_DEEP = 0.22
_SAME = 40  # of 255: shades of antialiased letters differ by as much


def note_tints(words: list[Word], view: PageView) -> None:
    """Give the words that stand out little their colours."""
    picture = view.picture
    if picture is None:
        return
    pale: dict[Colour, bool] = {}
    for word in words:
        style = word.style
        known = pale.get(style.colour)
        if known is None:
            known = pale[style.colour] = contrast(style.colour, PAPER) < PLAIN
        if (known or style.alpha < 255 or id(word) in view.on_colour) and _is_judged(word):
            _note(word, view, picture)


def _is_judged(word: Word) -> bool:
    style = word.style
    drawn = style.mode == _FILLED and style.mode not in INVISIBLE_MODES and style.alpha >= CLEAR
    return drawn and not word.angle and any(char.isalnum() for char in word.text)


def _note(word: Word, view: PageView, picture: Picture) -> None:
    behind = PAPER if _shade(word, picture) >= _WHITE else _behind(word, view)
    if behind is None:
        return
    share = word.style.alpha / 255
    red, green, blue = (
        round(share * top + (1 - share) * under) for top, under in zip(word.style.colour, behind, strict=True)
    )
    tint = tint_of((red, green, blue), behind, size=round(word.size, 1), bold=word.style.face.bold)
    if tint is not None and _is_as_declared(word, picture, (red, green, blue), behind):
        word.tint = tint


def _strip(word: Word, picture: Picture) -> list[bytes]:
    """Rows of pixels around the word."""
    first, last = picture.span(word.x0, word.x1)
    rows = picture.rows(word.base - _TALL * word.size, word.base + _DEEP * word.size)
    return [picture.row(y, first, last) for y in rows]


def _shade(word: Word, picture: Picture) -> int:
    """The commonest shade of grey around the word."""
    pixels = b"".join(_strip(word, picture))
    if not pixels or 2 * pixels.count(255) >= len(pixels):
        return 255
    return max(set(pixels), key=pixels.count)


def _behind(word: Word, view: PageView) -> Colour | None:
    """The commonest colour around the word."""
    coloured = view.coloured
    if coloured is None:
        return None
    counted: Counter[tuple[int, int, int]] = Counter()
    for row in _strip(word, coloured):
        depth = coloured.depth
        counted.update(zip(row[2::depth], row[1::depth], row[0::depth], strict=True))
    return counted.most_common(1)[0][0] if counted else None


def _is_as_declared(word: Word, picture: Picture, colour: Colour, behind: Colour) -> bool:
    """Whether the letters are as pale as the file says: other letters or a pattern may be drawn at their place."""
    first, last = picture.span(word.x0, word.x1)
    rows = picture.rows(word.base - 0.45 * word.size, word.base)
    pixels = b"".join(picture.row(y, first, last) for y in rows)
    if not pixels:
        return False
    declared, paper = _grey(colour), _grey(behind)
    if declared <= paper:
        return min(pixels) >= declared - _SAME
    return max(pixels) <= declared + _SAME


def _grey(colour: Colour) -> float:
    red, green, blue = colour
    return 0.3 * red + 0.59 * green + 0.11 * blue
