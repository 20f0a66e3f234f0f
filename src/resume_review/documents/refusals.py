"""The Document of a file that could not be read, and what every Document says of its file."""

import hashlib
import time

from resume_review.documents.model import Document, Extractor, Fields, Kind, Layout, Source, Status
from resume_review.documents.reading import Reading
from resume_review.documents.sniffing import MIME

DAMAGED = "The file is damaged in a way that stopped its reading. Save it again, or print it to PDF, and upload the new copy."
HEAVY = (
    "The file needs more memory than any resume should. Save it without large pictures or embedded objects."
)
EXTRACTOR = Extractor(name="resume-review", version="1")


def extractor_of(reading: Reading) -> Extractor:
    """Who read it: where characters were recognised, by which Tesseract too."""
    if reading.recognition is None:
        return EXTRACTOR
    return Extractor(
        name=f"{EXTRACTOR.name}+tesseract", version=f"{EXTRACTOR.version}+{reading.recognition.version}"
    )


def make_source(data: bytes, filename: str, kind: Kind | None) -> Source:
    """Describe the file as it came in."""
    return Source(
        filename=filename,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        mime=MIME[kind] if kind else "application/octet-stream",
        kind=kind,
    )


def refused(
    data: bytes, filename: str, *, kind: Kind | None, status: Status, message: str, started: float
) -> Document:
    """A Document that says why the file could not be read and what to do."""
    return Document(
        source=make_source(data, filename, kind),
        status=status,
        message=message,
        text="",
        language=None,
        pages=[],
        blocks=[],
        sections=[],
        fields=Fields(),
        layout=Layout(),
        integrity=[],
        extractor=EXTRACTOR,
        elapsed_ms=elapsed(started),
    )


def elapsed(started: float) -> float:
    """Milliseconds since `started`, a reading of the performance counter."""
    return round((time.perf_counter() - started) * 1000, 2)
