"""Sending a stored file: as an attachment that no browser shows, whole or in part."""

import mimetypes
import re
from dataclasses import dataclass
from urllib.parse import quote

from resume_review.database.models import Resume
from resume_review.features.resume_upload.errors import RangeError
from resume_review.features.resume_upload.versions import display_name

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_UNSAFE = re.compile(r'[^\x20-\x7e]|["\\%;/]')
OPAQUE = "application/octet-stream"
FAMILY = "image/*"


@dataclass(frozen=True)
class Part:
    """A half-open range of a file of `size` bytes."""

    start: int
    end: int
    size: int

    @property
    def whole(self) -> bool:
        """Whether it is all of the file."""
        return self.end - self.start == self.size


def disposition(filename: str) -> str:
    """A Content-Disposition (RFC 6266) whose name cannot end the header or start another parameter."""
    name = display_name(filename)
    plain = _UNSAFE.sub("_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def media_type(resume: Resume) -> str:
    """What the content is; for pictures, whose family alone is kept, what the name says of it."""
    if resume.mime_type != FAMILY:
        return resume.mime_type
    guessed = mimetypes.guess_type(resume.original_filename)[0] or OPAQUE
    return guessed if guessed.startswith("image/") and "svg" not in guessed else OPAQUE


def asked_part(header: str | None, size: int) -> Part:
    """The part that a Range header asks for; all of the file where it asks for none, or for several.

    Raises:
        RangeError: It begins behind the end of the file.
    """
    found = _RANGE.fullmatch(header.strip()) if header else None
    if found is None or found.groups() == ("", ""):
        return Part(0, size, size)
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return Part(0, size, size)
    if start >= end:
        raise RangeError
    return Part(start, end, size)


def headers_of(resume: Resume, part: Part, etag: str) -> dict[str, str]:
    """What goes with the bytes."""
    headers = {
        "content-disposition": disposition(resume.original_filename),
        "content-length": str(part.end - part.start),
        "content-security-policy": "default-src 'none'; sandbox",
        "accept-ranges": "bytes",
        "cache-control": "private, no-cache",
        "etag": etag,
        "x-content-type-options": "nosniff",
    }
    if not part.whole:
        headers["content-range"] = f"bytes {part.start}-{part.end - 1}/{part.size}"
    return headers


def is_known(etag: str, if_none_match: str | None) -> bool:
    """Whether the client has this very content already."""
    known = {tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")}
    return etag in known or "*" in known
