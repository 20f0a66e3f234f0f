"""What every format reader hands to the shared layers: lines in reading order, with what is known of their look.

A format reader (PDF, DOCX, text ...) decides what is visible and in which order it is read. Everything after it
(text and offsets, sections, facts) is the same for all formats.
"""

from dataclasses import dataclass, field

from resume_review.documents.colours import Tint
from resume_review.documents.model import BlockKind, Box, GlitchKind, IntegrityMark, Layout


@dataclass(slots=True)
class Piece:
    """One word, or one half of a word broken over two lines.

    Attributes:
        text: The visible characters, never blank, NFC.
        box: Where it stands on its page; null in formats without pages.
        space_before: Whether a space separates it from the piece before it in the same line.
        gap_before: Whether a tab or the edge of a table cell separates it from the piece before it. Not needed
            where pieces have boxes: the distance between them says the same.
        tint: Its colours, where they stand out little.
        glitch: What a program does not read in it or beside it.
    """

    text: str
    box: Box | None = None
    space_before: bool = True
    gap_before: bool = False
    tint: Tint | None = None
    glitch: GlitchKind | None = None


@dataclass(slots=True)
class Line:
    """One visual line, or one paragraph where the format has no lines.

    Attributes:
        page: Counted from 1.
        pieces: The words in reading order.
        block: Lines of one block share its number; numbers rise in reading order.
        kind: What the layout says the block is; null where only the words can tell.
        level: Depth of a heading or bullet, from 1.
        font_size: Points, of most of the line's characters.
        bold: Of most of the line's characters.
        joined: The line continues the word that ends the line before it (hyphenation, already removed).
        column: Column of the page, from 0, where the layout found columns.
    """

    page: int
    pieces: list[Piece]
    block: int
    kind: BlockKind | None = None
    level: int | None = None
    font_size: float | None = None
    bold: bool | None = None
    joined: bool = False
    column: int = 0


@dataclass(slots=True)
class PageSize:
    """Width and height in points as displayed; zero in formats without pages."""

    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was read from pictures of text: on which pages, how surely (0-1), by which version of Tesseract."""

    pages: list[int]
    confidence: float
    version: str


@dataclass(slots=True)
class Reading:
    """The visible content of a file, in reading order, and what was set apart from it.

    Attributes:
        pages: One entry per page.
        lines: Visible lines in reading order, page furniture left out.
        layout: Columns, fonts, margins, furniture.
        marks: Integrity marks that only the format reader can see.
        targets: Addresses of hyperlinks, as (visible text, address).
        photo_boxes: Pictures that look like a portrait, as (page, box).
        scanned: The pages are pictures of text and no text layer says what they hold.
        recognition: Set where characters were recognised in pictures.
    """

    pages: list[PageSize]
    lines: list[Line]
    layout: Layout = field(default_factory=Layout)
    marks: list[IntegrityMark] = field(default_factory=list[IntegrityMark])
    targets: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    photo_boxes: list[tuple[int, Box]] = field(default_factory=list[tuple[int, Box]])
    scanned: bool = False
    recognition: Recognition | None = None


class UnreadableError(Exception):
    """A file that cannot be read; carries the `Status` and the sentence for the user."""

    def __init__(self, status: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
