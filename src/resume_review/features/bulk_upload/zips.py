"""Zip files of resumes, with sizes checked before anything is unpacked; names in them are shown, never followed."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
# The list of a zip's entries is read as a whole: three hundred names need a tenth of this.
MOST_DIRECTORY = 1 << 20
MOST_ENTRIES = 2_000
MOST_RATIO = 100
RATIO_MATTERS_FROM = 20 * 1024 * 1024
CHUNK = 256 * 1024

_END = struct.Struct("<4s4H2LH")
_END_MAGIC = b"PK\x05\x06"
_MOST_COMMENT = 1 << 16
_DOCUMENTS = {"word/document.xml", "[Content_Types].xml", "mimetype"}
_LITTER = {"thumbs.db", "desktop.ini"}
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Entry:
    """A file in a zip: its bytes, or in one sentence why it is not taken."""

    name: str
    data: bytes | None
    fault: str = ""


class ZipRefusedError(Exception):
    """Nothing of the zip is unpacked; the message says why."""


def entries(file: BinaryIO, *, most_each: int, most_all: int) -> Iterator[Entry] | None:
    """The files in a zip, each unpacked when it is asked for; null when the file is no zip, or a document of its own.

    Raises:
        ZipRefusedError: It is damaged, or unpacks to more than any pile of resumes.
    """
    file.seek(0)
    if file.read(4) not in MAGIC:
        return None
    if not _directory_is_small(file):
        raise ZipRefusedError("The zip is damaged, or holds far more entries than a bulk upload takes.")
    try:
        archive = zipfile.ZipFile(file)
    except _FAULTS:
        raise ZipRefusedError("The zip is damaged. Pack the resumes again.") from None
    infos = archive.infolist()
    if _DOCUMENTS & set(archive.namelist()):
        return None
    unpacked = sum(info.file_size for info in infos)
    packed = max(1, sum(info.compress_size for info in infos))
    if (
        len(infos) > MOST_ENTRIES
        or unpacked > most_all
        or (unpacked > RATIO_MATTERS_FROM and unpacked / packed > MOST_RATIO)
    ):
        raise ZipRefusedError("The zip unpacks to far more than resumes need. Pack the resumes alone.")
    return (_entry(archive, info, most_each) for info in infos if not _is_litter(info))


def _directory_is_small(file: BinaryIO) -> bool:
    """Read from the end of the zip how long its directory is, before a library takes all of it into memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size - _MOST_COMMENT))
    tail = file.read()
    found = tail.rfind(_END_MAGIC)
    if found < 0 or len(tail) - found < _END.size:
        return False
    *_, directory, _, _ = _END.unpack_from(tail, found)
    return directory <= MOST_DIRECTORY


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> Entry:
    if fault := _fault(info, most):
        return Entry(info.filename, None, fault)
    parts: list[bytes] = []
    left = most
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    return Entry(info.filename, None, "The file is larger than the zip says.")
                parts.append(chunk)
    except _FAULTS:
        return Entry(info.filename, None, "The file is damaged in the zip. Pack it again.")
    return Entry(info.filename, b"".join(parts))


def _path(info: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(info.filename.replace("\\", "/"))


def _fault(info: zipfile.ZipInfo, most: int) -> str:
    path = _path(info)
    if stat.S_ISLNK(info.external_attr >> 16):
        return "This is a link to another file. Pack the resume itself."
    if path.is_absolute() or ".." in path.parts:
        return "The name of this file leads out of the zip. Pack it again."
    if info.flag_bits & 1:
        return "The file is protected by a password. Pack a copy without one."
    return f"The file is larger than {most // 1_000_000} MB." if info.file_size > most else ""


def _is_litter(info: zipfile.ZipInfo) -> bool:
    """Folders, and what operating systems leave beside the files."""
    path = _path(info)
    hidden = path.name.startswith(".") and path.name not in {".", ".."}
    return info.is_dir() or "__MACOSX" in path.parts or hidden or path.name.lower() in _LITTER
