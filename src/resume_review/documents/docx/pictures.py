"""How large a picture in a Word document is, and so what it may be."""

import re
from enum import Enum, auto

from resume_review.documents.docx.names import WP, V
from resume_review.documents.xml import Element

_EMU = 12700  # a point
_PORTRAIT_HEIGHT = (45.0, 200.0)  # points
_PORTRAIT_RATIO = (0.55, 1.2)
_WORDY = (48.0, 8.0)  # points: smaller pictures are ornaments
_LENGTH = re.compile(r"(?:^|;)\s*(width|height):\s*([\d.]+)(pt|in|cm|mm|px)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}


class Shape(Enum):
    """What a picture may be by its size."""

    ORNAMENT = auto()
    PORTRAIT = auto()
    OTHER = auto()


def shape_of(drawing: Element) -> Shape:
    """Judge the outer size of a drawing; one of unknown size may be anything."""
    size = _size(drawing)
    if size is None:
        return Shape.OTHER
    wide, high = size
    if max(wide, high) < _WORDY[0] or min(wide, high) < _WORDY[1]:
        return Shape.ORNAMENT
    upright = _PORTRAIT_RATIO[0] < wide / high < _PORTRAIT_RATIO[1]
    return Shape.PORTRAIT if upright and _PORTRAIT_HEIGHT[0] <= high < _PORTRAIT_HEIGHT[1] else Shape.OTHER


def _size(drawing: Element) -> tuple[float, float] | None:
    extent = drawing.find(f".//{WP}extent")
    if extent is not None:
        try:
            return float(extent.get("cx", "")) / _EMU, float(extent.get("cy", "")) / _EMU
        except ValueError:
            return None
    for shape in drawing.iter(f"{V}shape", f"{V}rect"):
        found = {
            side: float(number) * _POINTS[unit or "px"]
            for side, number, unit in _LENGTH.findall(shape.get("style", ""))
        }
        if len(found) > 1:
            return found["width"], found["height"]
    return None
