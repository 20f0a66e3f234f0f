"""A first look at the bytes of a PDF, to leave the slow look at its objects to files that may need it.

Most resumes hold nothing but pages, fonts and links. Whatever could be more than that, or cannot be told from the
bytes, makes the glance give up; it never clears a doubt.
"""

import re
import zlib

from resume_review.documents.pdf.findings import Structure, judge_metadata, packet_texts
from resume_review.documents.pdf.limits import PdfLimits

_NAMES = (
    b"/Encrypt", b"/JavaScript", b"/JS", b"/Launch", b"/SubmitForm", b"/ImportData", b"/EmbeddedFile",
    b"/FileAttachment", b"/OCProperties", b"/AcroForm", b"/Widget", b"/FreeText", b"/RichMedia", b"/XFA",
)  # fmt: skip
# Any letter of a name may be written as its number.
_ESCAPED_NAME = re.compile(rb"/[A-Za-z]*#[0-9A-Fa-f]{2}(?:[A-Za-z]|#[0-9A-Fa-f]{2})*")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_UNSAFE_ADDRESS = re.compile(rb"\(\s*(?:javascript|data|file|vbscript):", re.IGNORECASE)
_FILTERED_TWICE = re.compile(rb"/Filter\s*\[[^\]]*/Fl[^\]]*/Fl")
_STREAM = re.compile(rb"stream\r?\n")
_INFO = re.compile(rb"/Info\s+(\d+)\s+\d+\s+R")
_OBJECT = rb"%s\s+\d+\s+obj"
_REFERENCE = re.compile(rb"\d+\s+\d+\s+R")
_LITERAL = re.compile(rb"\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_OCTAL = re.compile(rb"\\([0-7]{1,3})")
_PACKET = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_DEFLATE_RATIO = 1032
_HEAD = 500  # bytes before a stream that hold its dictionary
_MOST_OBJECTS = 16_000_000  # bytes of unpacked object streams
_FONTS_AND_IMAGES = (b"/Image", b"/Length1", b"/Type1C", b"CIDFontType0C", b"/OpenType")


def glance(data: bytes, limits: PdfLimits) -> Structure | None:
    """What the bytes alone show; None where the file's objects must be looked at."""
    objects = _packed_objects(data, limits)
    if objects is None:
        return None
    for part in (data, *objects.values()):
        if any(name in part for name in _NAMES) or _escaped_names(part) or _UNSAFE_ADDRESS.search(part):
            return None
    if _FILTERED_TWICE.search(data):
        return None
    texts = _metadata(data, objects)
    if texts is None:
        return None
    found = Structure(glanced=True)
    judge_metadata(texts, found)
    return found


def _escaped_names(part: bytes) -> bool:
    for match in _ESCAPED_NAME.finditer(part):
        plain = _ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), match[0])
        if plain.startswith(_NAMES):
            return True
    return False


def _packed_objects(data: bytes, limits: PdfLimits) -> dict[bytes, bytes] | None:
    """Objects that the file keeps in compressed streams, by number; None if not all of them can be read."""
    found: dict[bytes, bytes] = {}
    total = 0
    for match in _STREAM.finditer(data):
        if data[match.start() - 3 : match.start()] == b"end":
            continue
        head = data[max(0, match.start() - _HEAD) : match.start()]
        head = head[head.rfind(b" obj") + 1 :]
        packed = b"/ObjStm" in head
        end = data.find(b"endstream", match.end())
        if end < 0:
            return None
        large = (end - match.end()) * _DEFLATE_RATIO > limits.max_stream_bytes
        if not packed and not (
            large and b"/Fl" in head and not any(name in head for name in _FONTS_AND_IMAGES)
        ):
            continue
        unpacked = _unpacked(data[match.end() : end], limits.max_stream_bytes)
        if unpacked is None:
            return None
        if packed:
            total += len(unpacked)
            inner = _objects(head, unpacked)
            if inner is None or total > _MOST_OBJECTS:
                return None
            found.update(inner)
    return None if data.count(b"/ObjStm") > 0 and not found else found


def _unpacked(raw: bytes, limit: int) -> bytes | None:
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(raw, limit + 1)
    except zlib.error:
        return None
    return unpacked if len(unpacked) <= limit else None


def _objects(head: bytes, unpacked: bytes) -> dict[bytes, bytes] | None:
    """The objects of one object stream; its head says how many there are and where the first begins."""
    count, first = re.search(rb"/N\s+(\d+)", head), re.search(rb"/First\s+(\d+)", head)
    if not count or not first or b"DecodeParms" in head or b"/FlateDecode" not in head:
        return None
    start = int(first[1])
    numbers = unpacked[:start].split()
    if len(numbers) != 2 * int(count[1]) or not all(number.isdigit() for number in numbers):
        return None
    begins = [start + int(offset) for offset in numbers[1::2]]
    ends = [*begins[1:], len(unpacked)]
    if begins != sorted(begins):
        return None
    return {
        number: unpacked[begin:end] for number, begin, end in zip(numbers[::2], begins, ends, strict=True)
    }


def _metadata(data: bytes, objects: dict[bytes, bytes]) -> list[str] | None:
    """Texts of the file's metadata; None where some of it cannot be read from here."""
    packets: list[bytes] = _PACKET.findall(data)
    described = data.count(b"/Metadata") + sum(part.count(b"/Metadata") for part in objects.values())
    if described and len(packets) < len(re.findall(rb"/Type\s*/Metadata", data)):
        return None
    if described and not packets:
        return None
    texts = [text for packet in packets for text in packet_texts(packet)]
    for number in {bytes(match[1]) for match in _INFO.finditer(data)}:
        places = [objects[number]] if number in objects else []
        places.extend(_written(data, number))
        if not places:
            return None
        for place in places:
            bare = _LITERAL.sub(b"", place)
            if _REFERENCE.search(bare):
                return None
            texts.extend(_decoded(_octal(raw)) for raw in _LITERAL.findall(place))
            texts.extend(_decoded(_from_hex(raw)) for raw in _HEX.findall(bare))
    return texts


def _written(data: bytes, number: bytes) -> list[bytes]:
    """The objects of that number that stand in the file as they are."""
    starts = [
        match for match in re.finditer(_OBJECT % number, data) if not _digit_before(data, match.start())
    ]
    return [data[match.end() : data.find(b"endobj", match.end())] for match in starts]


def _digit_before(data: bytes, place: int) -> bool:
    return data[place - 1 : place].isdigit()


def _octal(raw: bytes) -> bytes:
    plain = _OCTAL.sub(lambda match: bytes([int(match[1], 8) & 0xFF]), raw)
    return re.sub(rb"\\\r?\n", b"", plain).replace(b"\\", b"")


def _from_hex(raw: bytes) -> bytes:
    digits = re.sub(rb"\s", b"", raw)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
        return raw.decode("utf-16", "replace")
    return raw.decode("utf-8", "replace")
