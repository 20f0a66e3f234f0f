"""Glyphs of which the file does not say what they mean: a letter is lost where they stand in a word."""

from resume_review.documents.model import GlitchKind
from resume_review.documents.pdf.page import PageGlyphs
from resume_review.documents.pdf.picture import Picture
from resume_review.documents.pdf.words import LOST, Word

_TOUCH = 0.3  # ems
_SAME_LINE = 0.35


def note_lost(words: list[Word], glyphs: PageGlyphs, picture: Picture | None) -> None:
    """Mark the words that a glyph without meaning touches, or the one after it where it stands alone."""
    if picture is None or LOST.isdisjoint(glyphs.codes):
        return
    lost = [
        index
        for index, code in enumerate(glyphs.codes)
        if code in LOST and glyphs.objects[index] is not None and _is_seen(glyphs, index, picture)
    ]
    for index in lost:
        touching = [word for word in words if _touches(word, glyphs, index)]
        if touching:
            touching[0].glitch = GlitchKind.UNREADABLE
            continue
        beside = [word for word in words if _in_line(word, glyphs, index)]
        after = next((word for word in beside if word.x0 >= glyphs.left[index]), None)
        if after is not None and after.glitch is None:
            after.glitch = GlitchKind.ICON


def _is_seen(glyphs: PageGlyphs, index: int, picture: Picture) -> bool:
    """Some programs store blanks that way."""
    return picture.box_has_ink(
        glyphs.left[index], glyphs.top[index], glyphs.right[index], glyphs.bottom[index]
    )


def _in_line(word: Word, glyphs: PageGlyphs, index: int) -> bool:
    return not word.angle and abs(word.base - glyphs.pen_y[index]) < _SAME_LINE * word.size


def _touches(word: Word, glyphs: PageGlyphs, index: int) -> bool:
    if not _in_line(word, glyphs, index) or not any(char.isalpha() for char in word.text):
        return False
    near = _TOUCH * word.size
    return -near < glyphs.left[index] - word.x1 < near or -near < word.x0 - glyphs.right[index] < near
