"""Tesseract's answer (hOCR) to words as the layout layer takes them."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from lxml import etree

from resume_review.documents.ocr.ink import Ink, heavy
from resume_review.documents.ocr.picture import Picture
from resume_review.documents.pdf.page import FontFace, Style
from resume_review.documents.pdf.words import Word, is_cjk

# Of 100. Below it a short "word" is a line, a logo or a stain; longer ones are text however unsure Tesseract is.
_LEAST_CONFIDENCE = 30
_LONGEST_STAIN = 2
_NUMBER = r"(-?[\d.]+)"
_BOX = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
_CONFIDENCE = re.compile(rf"x_wconf {_NUMBER}")
_SIZE = re.compile(rf"x_size {_NUMBER}")
_BASELINE = re.compile(rf"baseline {_NUMBER} {_NUMBER}")
_LINE_KINDS = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
_APART = {"•", "|", "｜", "/"}
_CJK_GAP = 0.75  # of the size: scripts without spaces are recognised in pieces
_MARK_GAP = 0.4
_LIKE_BODY = 0.14  # sizes this near to that of most text are taken for it
# What the recogniser makes of round and square list marks.
_BULLETS = frozenset({"e", "o", "¢", "©", "®", "«", "»", "°", "*", "+", "·", "•", "§", "=", "¥", "@", "eo", "°°", "■", "□", "●", "○", "▪", "・"})  # fmt: skip
_FACE = FontFace("", bold=False, embedded=False)
_BOLD = FontFace("", bold=True, embedded=False)
_BLACK = (0, 0, 0)


@dataclass(slots=True)
class Recognised:
    """Words of one picture in its upright frame, in points, and the mean confidence (0-100) of their letters."""

    words: list[Word]
    confidence: float


@dataclass(slots=True)
class _Found:
    """A word as recognised; `base` is its writing line with the page laid straight, `ground` where it is."""

    text: str
    box: tuple[float, float, float, float]
    base: float
    ground: float
    size: float
    confidence: float
    line: int


def recognised(hocr: bytes, picture: Picture) -> Recognised:
    """The words of an answer, in the order in which Tesseract gives them."""
    dpi = picture.dpi
    found = _straightened(_found(hocr, 72.0 / dpi))
    letters = sum(len(one.text) for one in found)
    confidence = sum(one.confidence * len(one.text) for one in found) / letters if letters else 0.0
    kept = [one for one in found if one.text and not _is_stain(one)]
    sizes = _Sizes([(one.size, len(one.text)) for one in kept])
    ink = Ink(picture.image, dpi)
    kept = _with_marks(_marked(kept), ink)
    bold = heavy([ink.stroke(one.box, one.size) for one in kept])
    words: list[Word] = []
    for index, one in enumerate(kept):
        before = kept[index - 1] if index else None
        if words and before is not None and before.line == one.line and _one_word(before, one):
            _extend(words[-1], one)
        else:
            words.append(_word(one, sizes.of(one.size), bold=bold[index]))
    return Recognised(words, confidence)


def _found(hocr: bytes, scale: float) -> list[tuple[_Found, float]]:
    """Words with the slope of their line."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(hocr or b"<html/>", parser)
    if root is None:
        return []
    words: list[tuple[_Found, float]] = []
    lines = [span for span in root.iter("{*}span") if span.get("class") in _LINE_KINDS]
    for number, line in enumerate(lines):
        title = line.get("title") or ""
        box, size, baseline = _BOX.search(title), _SIZE.search(title), _BASELINE.search(title)
        if box is None:
            continue
        left, top, _, bottom = map(int, box.groups())
        high = float(size[1]) if size else float(bottom - top)
        slope, offset = (float(baseline[1]), float(baseline[2])) if baseline else (0.0, 0.0)
        for word in line.iter("{*}span"):
            place = _BOX.search(word.get("title") or "")
            if word.get("class") != "ocrx_word" or place is None:
                continue
            x0, y0, x1, y1 = map(int, place.groups())
            sure = _CONFIDENCE.search(word.get("title") or "")
            base = bottom + offset + slope * ((x0 + x1) / 2 - left)
            one = _Found(
                text=str(word.xpath("string()")).strip(),
                box=(x0 * scale, y0 * scale, max(x1, x0 + 1) * scale, max(y1, y0 + 1) * scale),
                base=base * scale,
                ground=base * scale,
                size=high * scale,
                confidence=float(sure[1]) if sure else 0.0,
                line=number,
            )
            words.append((one, slope))
    return words


def _is_stain(one: _Found) -> bool:
    letters = sum(char.isalnum() for char in one.text)
    return one.confidence < _LEAST_CONFIDENCE and letters <= _LONGEST_STAIN


def _straightened(words: list[tuple[_Found, float]]) -> list[_Found]:
    """Writing lines of a page that lies askew, as if it lay straight; the boxes stay where the ink is."""
    slopes = [slope for one, slope in words for _ in one.text]
    askew = median(slopes) if slopes else 0.0
    for one, _ in words:
        one.base -= askew * (one.box[0] + one.box[2]) / 2
    return [one for one, _ in words]


class _Sizes:
    """Font sizes: measured ones scatter, so those near to that of most text are made equal."""

    def __init__(self, weighted: list[tuple[float, int]]) -> None:
        spread = [size for size, letters in weighted for _ in range(letters)]
        self._body = median(spread) if spread else 0.0

    def of(self, size: float) -> float:
        near = abs(size - self._body) < _LIKE_BODY * self._body
        return round(2 * (self._body if near else size)) / 2


def _marked(words: list[_Found]) -> list[_Found]:
    """List marks put back: a lone sign that starts a line, with text behind it."""
    for index, one in enumerate(words[:-1]):
        starts = index == 0 or words[index - 1].line != one.line
        following = words[index + 1]
        gap = following.box[0] - one.box[2]
        if starts and following.line == one.line and one.text in _BULLETS and 0.1 * one.size < gap:
            one.text = "•"
    return words


def _with_marks(words: list[_Found], ink: Ink) -> list[_Found]:
    """The words, with list marks that were passed over in front of their lines."""
    result: list[_Found] = []
    for index, one in enumerate(words):
        starts = index == 0 or words[index - 1].line != one.line
        box = ink.mark_before(one.box, one.ground, one.size) if starts and one.text != "•" else None
        if box is not None:
            result.append(replace(one, text="•", box=box))
        result.append(one)
    for mark, text in pairwise(result):
        if mark.text == "•" and mark.line == text.line:
            # The layout layer takes wide gaps for the edge of a column; a mark belongs to its text.
            x0, y0, x1, y1 = mark.box
            mark.box = (x0, y0, max(x1, text.box[0] - _MARK_GAP * text.size), y1)
    return result


def _one_word(before: _Found, one: _Found) -> bool:
    if {before.text, one.text} & _APART:
        return False
    wide = is_cjk(ord(before.text[-1])) or is_cjk(ord(one.text[0]))
    return wide and one.box[0] - before.box[2] < _CJK_GAP * one.size


def _word(one: _Found, size: float, *, bold: bool) -> Word:
    style = Style(_BOLD if bold else _FACE, size, _BLACK, 255, 0)
    return Word(list(range(len(one.text))), one.text, *one.box, one.base, style)


def _extend(word: Word, one: _Found) -> None:
    word.text += one.text
    word.glyphs = list(range(len(word.text)))
    x0, y0, x1, y1 = one.box
    word.x0, word.y0 = min(word.x0, x0), min(word.y0, y0)
    word.x1, word.y1 = max(word.x1, x1), max(word.y1, y1)
