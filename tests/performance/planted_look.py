"""What a page looks like."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source: its kind and its words, of an entry also the part at the right edge."""

    kind: str
    text: str
    right: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Sizes and margins are points; the defaults follow the guidance.

    Attributes:
        typed: Headings and bullets are ordinary paragraphs (DOCX only).
        stacked: Dates and each piece of contact data have lines of their own.
        hidden: Words at a place (from the top left) of the last page, in an ink that `ink_of` knows (PDF only).
        padding: Bytes of nothing after the end.
    """

    size: float = 10.5
    margin: float = 56.0
    leading: float = 1.35
    bullets: tuple[str, ...] = ("•",)
    family: str = "Helvetica"
    families: tuple[str, ...] = ()
    sizes: tuple[float, ...] = ()
    typed: bool = False
    stacked: bool = False
    centred: bool = False
    caps: bool = False
    rule: bool = False
    columns: bool = False
    table: bool = False
    contact_in_header: bool = False
    picture: bool = False
    pale: bool = False
    spaces: bool = False
    scanned: bool = False
    scanned_first: bool = False
    hidden: tuple[tuple[str, float, float, str], ...] = ()
    concealed: tuple[tuple[str, str], ...] = ()
    padding: int = 0
