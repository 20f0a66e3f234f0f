"""How well a colour stands out from the one behind it, after WCAG 2."""

from dataclasses import dataclass
from functools import lru_cache

Colour = tuple[int, int, int]
"""Red, green and blue, 0-255."""

PAPER: Colour = (255, 255, 255)
PLAIN = 7.0
"""Contrast at which words stand out for anyone (WCAG 2, level AAA)."""


@dataclass(frozen=True, slots=True)
class Tint:
    """Colours of words that stand out little; size in points."""

    colour: Colour
    behind: Colour
    contrast: float
    size: float | None
    bold: bool


@lru_cache(maxsize=256)
def contrast(first: Colour, second: Colour) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def tint_of(colour: Colour, behind: Colour, *, size: float | None, bold: bool) -> Tint | None:
    """The colours of words, null where they stand out for anyone."""
    found = contrast(colour, behind)
    return Tint(colour, behind, found, size, bold) if found < PLAIN else None


def code_of(colour: Colour) -> str:
    """RRGGBB."""
    return "".join(f"{channel:02X}" for channel in colour)


def parse_colour(code: str | None) -> Colour | None:
    """RRGGBB as a colour; null for anything else."""
    if code is None or len(code) != len("RRGGBB"):
        return None
    try:
        return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)
    except ValueError:
        return None
