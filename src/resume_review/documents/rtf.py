"""RTF: groups, control words and text; pictures, objects and other destinations are passed over."""

import re
from dataclasses import dataclass, field, replace

from resume_review.documents.addressed import speaks_to_machine
from resume_review.documents.limits import Limits
from resume_review.documents.model import BlockKind, IntegrityKind, IntegrityMark
from resume_review.documents.pen import Pen
from resume_review.documents.reading import PageSize, Reading
from resume_review.documents.text import CONTROL, bounded

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SKIPPED = {"fonttbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "pict", "object", "objdata", "themedata", "colorschememapping", "datastore", "latentstyles", "generator", "xmlnstbl", "filetbl", "revtbl", "fldinst", "pnseclvl", "shpinst", "nonshppict", "bkmkstart", "bkmkend", "footnote", "annotation", "atnid", "atnauthor", "listpicture", "mmathPr", "wgrffmtfilter", "pgdsctbl", "fchars", "lchars"}  # fmt: skip
_CHARACTERS = {"bullet": "•", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " "}  # fmt: skip
_SYMBOLS = {"~": " ", "_": "-", "-": ""}
_MOST_GROUPS = 500
_TINY = 3.5
_LONGEST_SKIP = 64


@dataclass(frozen=True, slots=True)
class _State:
    destination: str = "text"
    bold: bool = False
    size: float = 12.0
    hidden: bool = False
    color: int = 0
    skip: int = 1  # characters that stand in for one Unicode character


@dataclass(slots=True)
class _Reader:
    pen: Pen = field(default_factory=Pen)
    stack: list[_State] = field(default_factory=list[_State])
    state: _State = field(default_factory=_State)
    codepage: str = "cp1252"
    pending: bytearray = field(default_factory=bytearray)
    ignore: int = 0
    starred: bool = False
    colors: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    color: dict[str, int] = field(default_factory=dict[str, int])
    info: list[str] = field(default_factory=list[str])
    hidden: dict[IntegrityKind, list[str]] = field(default_factory=dict[IntegrityKind, list[str]])
    instructions: list[str] = field(default_factory=list[str])
    embedded: bool = False

    def put(self, text: str) -> None:
        """Text in the current destination."""
        if self.ignore:
            cut = min(self.ignore, len(text))
            self.ignore -= cut
            text = text[cut:]
        text = text.translate(CONTROL)
        if not text:
            return
        if self.state.destination == "info":
            self.info.append(text)
        elif self.state.destination == "fldinst":
            self.instructions.append(text)
        elif self.state.destination == "colortbl":
            for _ in range(text.count(";")):
                self.colors.append(
                    (self.color.get("red", 0), self.color.get("green", 0), self.color.get("blue", 0))
                )
                self.color = {}
        elif self.state.destination == "text":
            self._show(text)

    def _show(self, text: str) -> None:
        state = self.state
        white = state.color and state.color < len(self.colors) and min(self.colors[state.color]) > 235
        if state.hidden or white:
            self.hidden.setdefault(IntegrityKind.HIDDEN_TEXT, []).append(text)
        elif state.size < _TINY:
            self.hidden.setdefault(IntegrityKind.TINY_TEXT, []).append(text)
        else:
            self.pen.write(text, size=state.size, bold=state.bold)

    def flush(self) -> None:
        r"""Decode the bytes written as `\\'hh`."""
        if self.pending:
            text = bytes(self.pending).decode(self.codepage, "replace")
            self.pending.clear()
            self.put(text)


def read_rtf(data: bytes, *, limits: Limits) -> Reading:
    """Read the text of an RTF file."""
    source = data.decode("latin-1")
    reader = _Reader()
    for match in _TOKEN.finditer(source):
        word, number, code, symbol, brace, text = match.groups()
        if code is not None:
            if reader.ignore:
                reader.ignore -= 1
            else:
                reader.pending.append(int(code, 16))
            continue
        reader.flush()
        if brace is not None:
            _group(reader, opening=brace == "{")
        elif word is not None:
            _control(reader, word, int(number) if number else None)
        elif symbol is not None:
            _symbol(reader, symbol)
        elif text is not None:
            reader.put(
                text.encode("latin-1").decode(reader.codepage, "replace") if not text.isascii() else text
            )
    reader.flush()
    reader.pen.end()
    bounded("".join(piece.text for line in reader.pen.lines for piece in line.pieces), limits)
    _mark_bullets(reader)
    targets = [
        ("", target) for text in reader.instructions for target in re.findall(r'HYPERLINK\s+"([^"]+)"', text)
    ]
    return Reading(pages=[PageSize()], lines=reader.pen.lines, marks=_marks(reader), targets=targets)


def _group(reader: _Reader, *, opening: bool) -> None:
    if opening:
        if len(reader.stack) < _MOST_GROUPS:
            reader.stack.append(reader.state)
    elif reader.stack:
        reader.state = reader.stack.pop()
    reader.starred = False


def _symbol(reader: _Reader, symbol: str) -> None:
    if symbol == "*":
        reader.starred = True
    elif symbol in "\\{}":
        reader.put(symbol)
    elif symbol in _SYMBOLS:
        reader.put(_SYMBOLS[symbol])
    elif symbol in "\r\n":
        _control(reader, "par", None)


def _control(reader: _Reader, word: str, number: int | None) -> None:
    state = reader.state
    if reader.starred and word not in ("shppict", "fldinst", "listtext", "pn", "pntext"):
        reader.state = replace(state, destination="skipped")
    elif word in ("info", "colortbl", "fldinst"):
        reader.state = replace(state, destination=word)
    elif word in _SKIPPED:
        reader.embedded = reader.embedded or word == "objdata"
        reader.state = replace(state, destination="skipped")
    elif state.destination == "colortbl" and word in ("red", "green", "blue"):
        reader.color[word] = number or 0
    elif word == "ansicpg" and number:
        reader.codepage = _codepage(number)
    elif word == "u" and number is not None:
        reader.put(_unicode(number))
        reader.ignore = state.skip
    elif state.destination in ("text", "info"):
        _formatting(reader, word, number)
    reader.starred = False


def _unicode(number: int) -> str:
    value = number % 65536
    return "\ufffd" if 0xD800 <= value <= 0xDFFF else chr(value)


def _codepage(number: int) -> str:
    name = f"cp{number}"
    try:
        b"".decode(name)
    except LookupError:
        return "cp1252"
    return name


def _formatting(reader: _Reader, word: str, number: int | None) -> None:
    if word in ("par", "sect", "page", "row"):
        reader.pen.end()
    elif word == "line":
        reader.pen.end(block=False)
    elif word in ("tab", "cell", "nestcell"):
        reader.pen.gap()
    elif word in _CHARACTERS:
        reader.put(_CHARACTERS[word])
    else:
        reader.state = _styled(reader.state, word, number)


def _styled(state: _State, word: str, number: int | None) -> _State:
    if word == "plain":
        return replace(state, bold=False, hidden=False, color=0, size=12.0)
    if word in ("b", "v"):
        on = number != 0
        return replace(state, bold=on) if word == "b" else replace(state, hidden=on)
    if word == "fs":
        return replace(state, size=(number or 24) / 2)
    if word == "cf":
        return replace(state, color=number or 0)
    return replace(state, skip=min(number or 0, _LONGEST_SKIP)) if word == "uc" else state


def _mark_bullets(reader: _Reader) -> None:
    for line in reader.pen.lines:
        if line.pieces[0].text in ("•", "·", "\uf0b7", "▪", "◦") and len(line.pieces) > 1:
            line.kind, line.level = BlockKind.BULLET, 1
            line.pieces[0].text = "•"
            line.pieces[1].gap_before = False


def _marks(reader: _Reader) -> list[IntegrityMark]:
    marks = [
        IntegrityMark(
            kind=kind,
            text="".join(parts).strip()[:2000],
            detail="The format of the text keeps it from being seen.",
        )
        for kind, parts in reader.hidden.items()
        if any(char.isalnum() for char in "".join(parts))
    ]
    info = "".join(reader.info)
    if speaks_to_machine(info):
        detail = "A property of the file gives orders to an automatic reader."
        marks.append(IntegrityMark(kind=IntegrityKind.METADATA_INSTRUCTION, text=info[:2000], detail=detail))
    if reader.embedded:
        detail = "The file holds other files; they were not opened."
        marks.append(IntegrityMark(kind=IntegrityKind.EMBEDDED_FILE, detail=detail))
    return marks
