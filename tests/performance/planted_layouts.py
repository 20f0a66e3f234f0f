"""The same resume in several looks of Markdown, plain text, DOCX and PDF, each of which can be given faults."""

import re
from collections.abc import Iterator
from dataclasses import replace

import planted_docx
from planted_look import Line, Look
from planted_pdf import A4, Ink, Sheets, ink_of, width, wrapped

LOOKS: dict[str, Look] = {
    "md": Look(),
    "txt": Look(bullets=("*",)),
    "docx": Look(),
    "docx_typed": Look(typed=True, caps=True, family="Georgia", stacked=True, bullets=("-",)),
    "pdf": Look(),
    "pdf_serif": Look(family="Times", size=11.0, caps=True, rule=True, centred=True, bullets=("–",)),
    "pdf_stacked": Look(size=10.0, margin=48.0, stacked=True, bullets=("▪",), leading=1.25),
}
LAYOUTS = tuple(LOOKS)


def kind_of(layout: str) -> str:
    """`md`, `txt`, `docx` or `pdf`."""
    return layout.partition("_")[0]


def lines(markdown: str) -> Iterator[Line]:
    """The lines of Markdown; the rows of a table become lines with a label, its head is left out."""
    markdown = re.sub(r"^\|.*\|\n\|[\s|:-]+\|\n", "", markdown, flags=re.MULTILINE)
    for raw in markdown.splitlines():
        text = raw.replace("**", "").strip()
        if not text:
            continue
        row = re.fullmatch(r"\|\s*(.+?)\s*\|\s*(.+?)\s*\|", text)
        if row:
            text = f"{row[1]}: {row[2]}"
        if raw.startswith("# "):
            yield Line("name", text[2:])
        elif raw.startswith("## "):
            yield Line("heading", text[3:])
        elif raw.startswith("### "):
            yield Line("entry", text[4:])
        elif raw.startswith(("- ", "* ", "+ ")):
            yield Line("bullet", text[2:])
        elif raw.startswith("**") and not re.match(r"\*\*[^*]+[::]", raw):
            left, _, right = text.partition(" | ")
            yield Line("entry", left, right)
        else:
            yield Line("plain", text)


def render(markdown: str, layout: str, changes: dict[str, object] | None = None) -> tuple[bytes, str]:
    """The file and its name; `changes` are attributes of the look."""
    look = replace(LOOKS[layout], **(changes or {}))  # pyright: ignore[reportArgumentType] - checked by the class
    kind = kind_of(layout)
    source = list(lines(markdown)) if kind != "md" else []
    if look.stacked:
        source = list(_stacked(source))
    if kind == "md":
        data = markdown.encode()
    elif kind == "txt":
        data = _plain_text(source, look).encode()
    elif kind == "docx":
        data = planted_docx.word(source, look)
    else:
        data = _Page(look).pdf(source)
    return data + b"\n%" + b"0" * look.padding if look.padding else data, f"resume.{kind}"


def _stacked(source: list[Line]) -> Iterator[Line]:
    """Dates under the title and every piece of contact data on its own line."""
    head = True
    for line in source:
        head = head and line.kind != "heading"
        separator = next((sign for sign in (" | ", " • ", " · ", " / ") if sign in line.text), None)
        if line.kind == "entry" and line.right:
            yield Line("entry", line.text)
            yield Line("plain", line.right)
        elif head and line.kind == "plain" and separator:
            for part in line.text.split(separator):
                yield Line("plain", part)
        else:
            yield line


def _plain_text(source: list[Line], look: Look) -> str:
    out: list[str] = []
    for count, line in enumerate(source):
        if line.kind == "heading":
            out += ["", line.text]
        elif line.kind == "bullet":
            out.append(f"{look.bullets[count % len(look.bullets)]} {line.text}")
        elif line.kind == "entry":
            out += ["", f"{line.text}, {line.right}" if line.right else line.text]
        else:
            out.append(line.text)
    return "\n".join(out) + "\n"


class _Page:
    """A sheet of paper being filled from the top."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.sheets = Sheets()
        self.left, self.right = look.margin, A4[0] - look.margin
        self.y = look.margin

    def pdf(self, source: list[Line]) -> bytes:
        look = self.look
        if look.contact_in_header:
            contact = next(line for line in source if "@" in line.text)
            self.sheets.text(look.margin, 24, contact.text, Ink(family=look.family, size=8))
            source = [line for line in source if line is not contact]
        if look.columns:
            self._columns(source)
        else:
            for count, line in enumerate(source):
                self._line(line, count)
        if look.picture:
            self.sheets.picture(self.left, self.y, 200, 150)
        for words, x, y, ink in look.hidden:
            self.sheets.text(x, y, words, ink_of(ink))
        if look.scanned:
            self.sheets.new_page()
            self.sheets.picture(0, 0, *A4)
            if look.scanned_first:
                self.sheets.pages.insert(0, self.sheets.pages.pop())
        return self.sheets.output()

    def _columns(self, source: list[Line]) -> None:
        """The last sections stand in a column of their own at the right, line beside line."""
        first = next(index for index, line in enumerate(source) if line.text.lower().startswith("education"))
        self.right = A4[0] * 0.56
        for count, line in enumerate(source[:first]):
            self._line(line, count)
        self.left, self.right, self.y = A4[0] * 0.62, A4[0] - self.look.margin, self.look.margin
        page, self.sheets.pages = self.sheets.pages, self.sheets.pages[:1]
        for count, line in enumerate(source[first:]):
            self._line(line, count)
        self.sheets.pages += page[1:]

    def _line(self, line: Line, count: int) -> None:
        look = self.look
        size = look.sizes[count % len(look.sizes)] if look.sizes else look.size
        family = look.families[count % len(look.families)] if look.families else look.family
        ink = Ink(family=family, size=size, grey=0.8 if look.pale and line.kind == "bullet" else 0.0)
        if line.kind == "name":
            self._words(line.text, replace(ink, size=20, bold=True), centred=look.centred)
        elif line.kind == "heading":
            self._heading(line.text.upper() if look.caps else line.text, ink)
        elif line.kind == "entry":
            self._entry(line, replace(ink, size=look.size, family=look.family))
        elif line.kind == "bullet":
            mark = look.bullets[count % len(look.bullets)]
            self._words(line.text, ink, indent=12, mark=mark)
        else:
            self._words(line.text, ink, centred=look.centred and self.y < 140)

    def _heading(self, text: str, ink: Ink) -> None:
        self.y += 8
        self._words(text, replace(ink, size=13, bold=True))
        if self.look.rule:
            self.sheets.rule(self.left, self.y + 2, self.right)
            self.y += 4

    def _entry(self, line: Line, ink: Ink) -> None:
        self.y += 3
        if line.right:
            self._room(ink)
            end = width(line.right, ink)
            self.sheets.text(self.right - end, self.y + ink.size, line.right, ink)
        self._words(line.text, replace(ink, bold=True))

    def _room(self, ink: Ink) -> None:
        if self.y + ink.size * self.look.leading > A4[1] - self.look.margin:
            self.sheets.new_page()
            self.y = self.look.margin

    def _words(
        self, text: str, ink: Ink, *, indent: float = 0.0, mark: str = "", centred: bool = False
    ) -> None:
        room = self.right - self.left - indent
        for number, part in enumerate(wrapped(text, ink, room)):
            self._room(ink)
            x = self.left + indent + (max(0.0, (room - width(part, ink)) / 2) if centred else 0.0)
            base = self.y + ink.size
            if mark and not number:
                self.sheets.text(self.left, base, mark, ink)
            self.sheets.text(x, base, part, ink)
            self.y += ink.size * self.look.leading
