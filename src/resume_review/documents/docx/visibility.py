"""Whether Word shows a run to the reader."""

from enum import StrEnum

from resume_review.documents.docx.styles import Look

# Smaller than this (points) nobody reads; the smallest print in real resumes is about 5.
TINY = 3.5
# Difference of brightness (0-255) below which text does not stand out from what is behind it.
FAINT = 24.0
PAPER = "FFFFFF"


class Hidden(StrEnum):
    """Why a run cannot be seen."""

    ATTRIBUTE = "The text has the attribute hidden."
    TINY = "The text is too small to be read."
    COLOR = "The text has the colour of what is behind it."


def hidden_reason(look: Look, *, backdrop: str | None) -> Hidden | None:
    """Return why the run cannot be seen, or null.

    Args:
        look: The run's own look; its shade wins over the backdrop.
        backdrop: Colour behind the paragraph (RRGGBB), null for paper, `*` where it is not known.
    """
    if look.hidden:
        return Hidden.ATTRIBUTE
    if look.size is not None and look.size < TINY:
        return Hidden.TINY
    behind = look.shade or backdrop or PAPER
    if look.color is None or behind == "*":
        return None
    return Hidden.COLOR if _distance(look.color, behind) < FAINT else None


def _distance(first: str, second: str) -> float:
    one, two = _rgb(first), _rgb(second)
    if one is None or two is None:
        return 255.0
    return max(abs(a - b) for a, b in zip(one, two, strict=True))


def _rgb(color: str) -> tuple[int, int, int] | None:
    try:
        return int(color[0:2], 16), int(color[2:4], 16), int(color[4:6], 16)
    except ValueError:
        return None
