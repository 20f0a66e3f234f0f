"""The steps from bytes to `Document`, the same for every format."""

import logging
import re
import time
import traceback

import msgspec

from resume_review.documents.addressed import find_addressed, speaks_to_machine
from resume_review.documents.assembly import Assembled, assemble
from resume_review.documents.blocks import make_blocks
from resume_review.documents.facts.collect import collect_fields
from resume_review.documents.formats import read_format
from resume_review.documents.language import detect_language
from resume_review.documents.limits import Limits
from resume_review.documents.model import (
    Document,
    IntegrityKind,
    IntegrityMark,
    Kind,
    Layout,
    Recognised,
    Source,
    Status,
)
from resume_review.documents.ocr.certainty import less_sure
from resume_review.documents.reading import Reading, UnreadableError
from resume_review.documents.refusals import DAMAGED, HEAVY, elapsed, extractor_of, make_source, refused
from resume_review.documents.sections.detect import detect_sections
from resume_review.documents.sniffing import sniff
from resume_review.documents.text import CONTROL
from resume_review.documents.unicode_marks import clean
from resume_review.documents.units import make_units

logger = logging.getLogger(__name__)
# A page with less than this many words (two Japanese characters count as one) is no resume anyone could review.
ENOUGH_WORDS = 30
# Formats whose readers keep the private characters that word processors store for their own list marks.
_OWN_BULLETS = frozenset({Kind.RTF, Kind.ODT, Kind.HTML})
_WORDS = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def extract(data: bytes, filename: str, limits: Limits) -> Document:
    """Read the bytes; every refusal is a Document too."""
    started = time.perf_counter()
    kind: Kind | None = None
    try:
        kind = sniff(data, filename, limits=limits)
        reading = read_format(kind, data, limits=limits)
        return _document(reading, source=make_source(data, filename, kind), started=started)
    except UnreadableError as error:
        status, message = Status(error.status), error.message
    except MemoryError:
        status, message = Status.TOO_LARGE, HEAVY
    except Exception as error:  # noqa: BLE001 - a hostile file may fail anywhere; the caller gets a status, the log the place
        status, message = Status.MALFORMED, DAMAGED
        _log_failure(error, kind)
    return refused(data, filename, kind=kind, status=status, message=message, started=started)


def _log_failure(error: Exception, kind: Kind | None) -> None:
    """Log what failed and where, never the message: it may hold text of the resume."""
    places = traceback.extract_tb(error.__traceback__)
    where = f"{places[-1].name}:{places[-1].lineno}" if places else "unknown"
    logger.error("reading failed", extra={"error": type(error).__name__, "where": where, "kind": kind})


def _document(reading: Reading, *, source: Source, started: float) -> Document:
    marks: list[IntegrityMark] = [
        *map(_told, reading.marks),
        *clean(reading, bullets=source.kind in _OWN_BULLETS),
    ]
    assembled = assemble(reading)
    # What stands on every page is left out of the text; orders in it are still orders.
    marks += find_addressed("\n".join([assembled.text, *reading.layout.header_footer]))
    language = detect_language(assembled.text)
    units = make_units(assembled)
    sections = detect_sections(assembled, units)
    fields, date_styles = collect_fields(assembled, units, sections, reading.targets, language)
    if reading.recognition is not None:
        fields = less_sure(fields, reading.recognition.confidence)
    status, message = _verdict(reading, assembled, source.kind)
    return Document(
        source=source,
        status=status,
        message=message,
        text=assembled.text,
        language=language,
        pages=assembled.pages,
        blocks=make_blocks(units, sections),
        sections=sections.sections,
        fields=fields,
        layout=_layout(reading, assembled, date_styles),
        integrity=marks,
        extractor=extractor_of(reading),
        elapsed_ms=elapsed(started),
    )


def _told(mark: IntegrityMark) -> IntegrityMark:
    """The mark without control characters; a note that gives orders to an automatic reader is more than a note."""
    if not mark.text:
        return mark
    text, kind = mark.text.translate(CONTROL), mark.kind
    if kind is IntegrityKind.ANNOTATION and speaks_to_machine(text):
        kind = IntegrityKind.METADATA_INSTRUCTION
    return msgspec.structs.replace(mark, kind=kind, text=text)


def _layout(reading: Reading, assembled: Assembled, date_styles: list[str]) -> Layout:
    layout, recognition = reading.layout, reading.recognition
    return msgspec.structs.replace(
        layout,
        photo=layout.photo or bool(reading.photo_boxes),
        date_styles=date_styles,
        inks=assembled.inks,
        glitches=assembled.glitches,
        recognised=Recognised(pages=recognition.pages, confidence=recognition.confidence)
        if recognition
        else None,
    )


def count_words(text: str) -> int:
    """Words a reader would count; two characters of a script without spaces count as one word."""
    wide = len(_CJK.findall(text))
    return len(_WORDS.findall(_CJK.sub(" ", text))) + wide // 2


def _verdict(reading: Reading, assembled: Assembled, kind: Kind | None) -> tuple[Status, str]:
    if count_words(assembled.text) >= ENOUGH_WORDS:
        return Status.OK, ""
    if reading.recognition is not None:
        return Status.INSUFFICIENT_TEXT, (
            f"This is a scan: fewer than {ENOUGH_WORDS} words could be recognised in its pictures. "
            "Upload the original PDF or DOCX file, or scan it straight and at 200 dpi or more."
        )
    if reading.scanned or kind is Kind.IMAGE:
        return Status.INSUFFICIENT_TEXT, (
            "This is a scan: the pages are pictures without text. Upload the original PDF or DOCX file, "
            "or a copy with text recognition, or install Tesseract where the platform runs."
        )
    if not assembled.text.strip():
        return Status.INSUFFICIENT_TEXT, "The file holds no text. Upload the original PDF or DOCX file."
    return Status.INSUFFICIENT_TEXT, (
        f"The file holds fewer than {ENOUGH_WORDS} words, too few to review. Upload the complete resume."
    )
