"""How much of a PDF is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """Bounds that keep one file from using all of the machine.

    Attributes:
        max_pages: A file with more pages is refused.
        max_characters: Of all pages together.
        max_pixels: Of the picture made of one page to see what is visible.
        max_objects: Drawing objects of one page.
        max_stream_bytes: Of one page's decoded drawing instructions.
    """

    max_pages: int = 60
    max_characters: int = 600_000
    max_pixels: int = 6_000_000
    max_objects: int = 120_000
    max_stream_bytes: int = 48_000_000
