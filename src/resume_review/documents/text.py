"""Plain text: which encoding the bytes are in, and their lines."""

import re

from resume_review.documents.limits import Limits
from resume_review.documents.model import GlitchKind, Status
from resume_review.documents.reading import Line, PageSize, Piece, Reading, UnreadableError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_WIDE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff\uff01-\uff60\u3000-\u303f]")
_WORD = re.compile(r"\S+")
_GAP = re.compile(r"\t| {3,}|\u3000{2,}")
ALIGNING = re.compile(r" {4,}|\t{2,}|\u3000{3,}")
# Share of a Japanese text that is kana; texts in other languages read as Japanese by mistake have next to none.
KANA_SHARE = 0.08
CONTROL = {ord(char): " " for char in map(chr, range(32)) if char not in "\n\t"} | {0x7F: " "}


def decode(data: bytes) -> str:
    """Decode text of unknown encoding: UTF-8 and UTF-16, then Japanese and Western code pages."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding) or data.decode(encoding, "replace")
    if (text := _wide(data)) is not None:
        return text
    if (text := _strict(data, "utf-8")) is not None:
        return text
    japanese = [text for name in ("cp932", "euc_jp") if (text := _strict(data, name)) is not None]
    best = max(japanese, key=_japanese_share, default=None)
    if best is not None and _japanese_share(best) > KANA_SHARE:
        return best
    western = _strict(data, "cp1252")
    return western if western is not None else data.decode("utf-8", "replace")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark shows as zero bytes in every other place."""
    head = data[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 5 and odd > 3 * even:
        return _strict(data[: len(data) // 2 * 2], "utf-16-le")
    if even > len(head) // 5 and even > 3 * odd:
        return _strict(data[: len(data) // 2 * 2], "utf-16-be")
    return None


def _japanese_share(text: str) -> float:
    foreign = sum(ord(char) > 127 for char in text)
    wide = len(_WIDE.findall(text))
    kana = len(_KANA.findall(text))
    return kana / foreign if foreign and wide > 0.8 * foreign else 0.0


def pieces(text: str) -> list[Piece]:
    """Split one line of text into words."""
    found: list[Piece] = []
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        found.append(
            Piece(
                text=match.group(),
                space_before=bool(between),
                gap_before=bool(end and _GAP.search(between)),
                glitch=GlitchKind.ALIGNED if end and ALIGNING.search(between) else None,
            )
        )
        end = match.end()
    return found


def read_text(data: bytes, *, limits: Limits) -> Reading:
    """Read a text file line by line; a blank line ends a block."""
    text = bounded(decode(data), limits)
    lines: list[Line] = []
    block = 0
    for raw in text.replace("\f", "\n").splitlines():
        words = pieces(raw.translate(CONTROL))
        if words:
            lines.append(Line(page=1, pieces=words, block=block))
        else:
            block += 1
    return Reading(pages=[PageSize()], lines=lines)


def bounded(text: str, limits: Limits) -> str:
    """Return the text, or refuse it when it is longer than any resume."""
    if len(text) > limits.text_chars:
        raise UnreadableError(
            Status.TOO_LARGE,
            f"The file holds more than {limits.text_chars} characters, far more than a resume. Upload the resume alone.",
        )
    return text
