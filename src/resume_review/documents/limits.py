"""How much of a file is read before it is refused."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds for one file.

    Attributes:
        file_bytes: Largest upload.
        archive_entries: Most entries in a zip container (DOCX, ODT).
        archive_bytes: Most bytes of a zip container once unpacked.
        archive_ratio: Largest ratio of unpacked to packed bytes.
        pages: Most pages of a PDF.
        text_chars: Most characters of visible text.
        seconds: Wall time for one file in the child process.
        recognition_seconds: What it gets more when pages are pictures and their characters are recognised.
        memory_bytes: Memory of the child process.
    """

    file_bytes: int = 10 * MEGABYTE
    archive_entries: int = 2000
    archive_bytes: int = 100 * MEGABYTE
    archive_ratio: int = 100
    pages: int = 50
    text_chars: int = 500_000
    seconds: float = 10.0
    recognition_seconds: float = 30.0
    memory_bytes: int = 512 * MEGABYTE


DEFAULT_LIMITS = Limits()
