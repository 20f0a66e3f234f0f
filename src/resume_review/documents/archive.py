"""Zip containers, opened with their sizes checked before anything is unpacked."""

import io
import zipfile
import zlib

from resume_review.documents.limits import Limits
from resume_review.documents.model import Status
from resume_review.documents.reading import UnreadableError

# A small container may compress well without being a bomb: styles of many word processors reach 60.
RATIO_MATTERS_FROM = 20 * 1024 * 1024
CHUNK = 256 * 1024


class Archive:
    """A zip file that never unpacks more than the limits allow, whatever its directory claims."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise _broken() from error
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._left = limits.archive_bytes
        self._check(len(data))

    def _check(self, packed: int) -> None:
        entries = self._zip.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        ratio = unpacked / max(1, packed)
        if (
            len(entries) > self._limits.archive_entries
            or unpacked > self._limits.archive_bytes
            or (ratio > self._limits.archive_ratio and unpacked > RATIO_MATTERS_FROM)
        ):
            raise _bomb()
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableError(
                Status.ENCRYPTED, "The file is protected by a password. Upload a copy without one."
            )

    @property
    def names(self) -> list[str]:
        """Names of all entries; they are keys, never paths."""
        return list(self._entries)

    def read(self, name: str) -> bytes | None:
        """Unpack one entry, or return null when there is none."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        parts: list[bytes] = []
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise _bomb()
                    parts.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError) as error:
            raise _broken() from error
        return b"".join(parts)


def _bomb() -> UnreadableError:
    return UnreadableError(
        Status.TOO_LARGE,
        "The file unpacks to far more than a resume needs. Save it again without large embedded objects, or as PDF.",
    )


def _broken() -> UnreadableError:
    return UnreadableError(
        Status.MALFORMED, "The file is damaged and cannot be opened. Save it again and upload the new copy."
    )
