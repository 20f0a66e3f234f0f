"""Text of a paragraph: its runs, breaks and fields, without what is deleted or hidden."""

import re
from collections import Counter
from dataclasses import dataclass, field

from resume_review.documents.colours import PAPER, Tint, parse_colour, tint_of
from resume_review.documents.docx.names import MC, R, W
from resume_review.documents.docx.styles import Look, StyleSheet, run_look, shade_of
from resume_review.documents.docx.visibility import Hidden, hidden_reason
from resume_review.documents.model import GlitchKind
from resume_review.documents.reading import Piece
from resume_review.documents.text import ALIGNING
from resume_review.documents.xml import Element

_SKIPPED = {
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "rPr",
        "pPr",
        "sectPr",
        "proofErr",
        "commentReference",
    )
}
_BOXES = {f"{W}drawing", f"{W}pict", f"{W}object"}
_SYMBOL_FONTS = ("symbol", "wingding", "webding", "dingbat")
_FIRST_WIDE = "\u2e80"
_PRIVATE = re.compile("F0[0-9A-F]{2}")
_SYMBOL_BULLETS = {"F0B7", "F0A7", "F0A8", "F0D8", "F0FC", "F076", "F0E0"}


@dataclass(slots=True)
class Paragraph:
    """What was read from one paragraph.

    Attributes:
        lines: Pieces of each line; `w:br` starts a new one.
        looks: Characters by size and weight.
        fonts: Characters by family, size and whether they are wide.
        hidden: Hidden text by reason.
        links: Visible text and address of each hyperlink.
        boxes: Drawings that may hold text or pictures.
        notes: Footnote ids in order.
    """

    lines: list[list[Piece]] = field(default_factory=lambda: [[]])
    looks: Counter[tuple[float | None, bool]] = field(default_factory=Counter[tuple[float | None, bool]])
    fonts: Counter[tuple[str, float, bool]] = field(default_factory=Counter[tuple[str, float, bool]])
    hidden: list[tuple[Hidden, str]] = field(default_factory=list[tuple[Hidden, str]])
    links: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    boxes: list[Element] = field(default_factory=list[Element])
    notes: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        """The visible text, lines joined by spaces."""
        return " ".join(
            "".join(
                (" " if piece.space_before and index else "") + piece.text for index, piece in enumerate(line)
            )
            for line in self.lines
        ).strip()


class RunReader:
    """Walks the content of one paragraph."""

    def __init__(
        self, styles: StyleSheet, links: dict[str, str], *, backdrop: str | None, forgiving: bool
    ) -> None:
        self._styles = styles
        self._links = links
        self._backdrop = backdrop
        self._forgiving = forgiving
        self._out = Paragraph()
        self._word = ""
        self._space = False
        self._gap = False
        self._blanks = ""
        self._tint: Tint | None = None
        self._fields: list[str] = []
        self._base = Look()

    def read(self, paragraph: Element) -> Paragraph:
        """Read a `w:p` element."""
        properties = paragraph.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        self._base = self._styles.paragraph_look(style.get(f"{W}val") if style is not None else None)
        self._backdrop = shade_of(properties, self._backdrop, self._styles.theme)
        self._walk(paragraph)
        self._flush()
        return self._out

    def _walk(self, element: Element) -> None:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag == f"{W}r":
                self._run(child)
            elif tag == f"{W}hyperlink":
                self._hyperlink(child)
            elif tag == f"{MC}AlternateContent":
                self._walk_choice(child)
            elif tag in _BOXES:
                self._out.boxes.append(child)
            elif tag == f"{W}sdt":
                content = child.find(f"{W}sdtContent")
                if content is not None:
                    self._walk(content)
            else:
                self._walk(child)

    def _walk_choice(self, element: Element) -> None:
        """Word stores a drawing twice, for new and old readers: one of them counts."""
        choice = element.find(f"{MC}Choice")
        fallback = element.find(f"{MC}Fallback")
        chosen = choice if choice is not None and _has_content(choice) else fallback
        if chosen is not None:
            self._walk(chosen)

    def _hyperlink(self, element: Element) -> None:
        before = len(self._out.lines[-1])
        self._walk(element)
        target = self._links.get(element.get(f"{R}id", ""))
        if target:
            shown = " ".join(piece.text for piece in self._out.lines[-1][before:]) + (
                f" {self._word}" if self._word else ""
            )
            self._out.links.append((shown.strip(), target))

    def _run(self, run: Element) -> None:
        properties = run.find(f"{W}rPr")
        style = properties.find(f"{W}rStyle") if properties is not None else None
        base = (
            self._styles.character_look(style.get(f"{W}val"), self._base) if style is not None else self._base
        )
        look = run_look(properties, base, self._styles.theme)
        reason = hidden_reason(look, backdrop=self._backdrop)
        if reason is Hidden.COLOR and self._forgiving:
            reason = None
        for child in run:
            tag = child.tag
            if tag == f"{MC}AlternateContent":
                self._walk_choice(child)
            elif tag in _BOXES:
                self._out.boxes.append(child)
            elif tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType", ""))
            elif tag == f"{W}instrText":
                self._instruction(child.text or "")
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._out.notes.append(child.get(f"{W}id", ""))
            elif (text := _text_of(child)) is not None and not self._in_instruction():
                self._add(text, look, reason)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("begin")
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _in_instruction(self) -> bool:
        return bool(self._fields) and self._fields[-1] == "begin"

    def _instruction(self, text: str) -> None:
        parts = text.split('"')
        if text.strip().upper().startswith("HYPERLINK") and len(parts) > 1:
            self._out.links.append(("", parts[1]))

    def _add(self, text: str, look: Look, reason: Hidden | None) -> None:
        if reason is not None:
            if text.strip():
                self._out.hidden.append((reason, text))
            return
        visible = sum(not char.isspace() for char in text)
        if visible:
            self._out.looks[(look.size, bool(look.bold))] += visible
            self._count_fonts(text, look, visible)
        if look.font and any(part in look.font.lower() for part in _SYMBOL_FONTS):
            text = "".join("•" if f"{ord(char):X}" in _SYMBOL_BULLETS else char for char in text)
        tint = self._tint_of(look)
        for char, following in zip(text, f"{text[2:]}  ", strict=False):
            if char == "\n":
                self._flush()
                if self._out.lines[-1]:
                    self._out.lines.append([])
            elif char.isspace():
                self._flush()
                # Three spaces in a row stand for a tab.
                self._gap = self._gap or char == "\t" or (self._space and following.isspace())
                self._space = True
                self._blanks += char
            else:
                if not self._word or self._tint is None:
                    self._tint = tint
                self._word += char

    def _count_fonts(self, text: str, look: Look, visible: int) -> None:
        wide = 0 if text.isascii() else sum(char >= _FIRST_WIDE and not char.isspace() for char in text)
        size, fonts = look.size or 0.0, self._out.fonts
        if visible > wide:
            fonts[look.font or "", size, False] += visible - wide
        if wide:
            fonts[look.wide_font or "", size, True] += wide

    def _tint_of(self, look: Look) -> Tint | None:
        """The run's colours where it stands out little; null too where nobody can tell what is behind it."""
        behind = look.shade or self._backdrop
        colour = parse_colour(look.color)
        if colour is None or behind == "*" or (self._forgiving and behind is None):
            return None
        return tint_of(colour, parse_colour(behind) or PAPER, size=look.size, bold=bool(look.bold))

    def _flush(self) -> None:
        if self._word:
            line = self._out.lines[-1]
            line.append(
                Piece(
                    text=self._word,
                    space_before=self._space or not line,
                    gap_before=self._gap and bool(line),
                    glitch=GlitchKind.ALIGNED if line and ALIGNING.search(self._blanks) else None,
                    tint=self._tint if any(char.isalnum() for char in self._word) else None,
                )
            )
            self._word, self._blanks, self._space, self._gap, self._tint = "", "", False, False, None


def _has_content(element: Element) -> bool:
    return any(child.tag in _BOXES or child.tag in (f"{W}r", f"{W}t") for child in element.iter())


def _text_of(element: Element) -> str | None:
    tag = element.tag
    if tag == f"{W}t":
        return element.text or ""
    if tag in (f"{W}tab", f"{W}ptab"):
        return "\t"
    if tag in (f"{W}br", f"{W}cr"):
        return "\n"
    if tag == f"{W}noBreakHyphen":
        return "-"
    return _symbol(element) if tag == f"{W}sym" else None


def _symbol(element: Element) -> str:
    """A character of a symbol font: a list mark, or else a private character, which is reported as an icon."""
    code = (element.get(f"{W}char") or "").upper()
    if code in _SYMBOL_BULLETS:
        return "•"
    return chr(int(code, 16)) if _PRIVATE.fullmatch(code) else ""
