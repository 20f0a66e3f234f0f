"""What a row keeps of the `Document` that was read from its file."""

import uuid
from pathlib import PurePath
from typing import Any

import msgspec

from resume_review.core.clock import utc_now
from resume_review.database.enums import ResumeStatus
from resume_review.database.models import ResumeSection
from resume_review.documents import Document, Recognised, Section, SectionType

MAX_NAME_LENGTH = 200


def display_name(filename: str) -> str:
    """A file name fit to be shown: no folders, no control or direction characters, not endless."""
    name = PurePath(filename.replace("\\", "/")).name
    shown = "".join(character for character in name if character.isprintable())
    return shown[-MAX_NAME_LENGTH:] or "resume"


def read_values(document: Document) -> dict[str, Any]:
    """The columns of a resume that follow from what was read."""
    return {
        "mime_type": document.source.mime,
        "status": ResumeStatus.COMPLETED,
        "progress": 100,
        "error_code": None,
        "error_message": None,
        "extracted_text": document.text,
        "word_count": len(document.text.split()),
        "page_count": len(document.pages),
        "language": document.language.code if document.language else None,
        "document": msgspec.to_builtins(document),
        "warnings": warnings_of(document),
        "processed_at": utc_now(),
    }


def sections_of(resume_id: uuid.UUID, document: Document) -> list[ResumeSection]:
    """The rows of the parts that a resume consists of."""
    return [
        _section_row(resume_id, document, section, order) for order, section in enumerate(document.sections)
    ]


def warnings_of(document: Document) -> list[dict[str, Any]]:
    """What a person should know before trusting the file: pictures instead of text, nothing, or something hidden."""
    marks = [
        {"kind": mark.kind.value, "page": mark.page, "detail": mark.detail} for mark in document.integrity
    ]
    scans = _scans(document.layout.recognised)
    empty = [
        {"kind": "empty_page", "page": page.number, "detail": "No text was found on the page."}
        for page in document.pages
        if page.width and not document.text[page.start : page.end].strip()
    ]
    return scans + empty + marks


def _scans(recognised: Recognised | None) -> list[dict[str, Any]]:
    if recognised is None:
        return []
    detail = (
        "The page is a picture without a text layer; its words were recognised "
        f"({recognised.confidence:.0%} sure). Compare them with the page."
    )
    return [{"kind": "scan", "page": page, "detail": detail} for page in recognised.pages]


def _section_row(resume_id: uuid.UUID, document: Document, section: Section, order: int) -> ResumeSection:
    end_page = next(
        (page.number for page in document.pages if page.start <= section.end <= page.end), section.page
    )
    return ResumeSection(
        resume_id=resume_id,
        section_type=SectionType(section.type),
        section_title=section.title,
        content=document.text[section.start : section.end],
        start_page=section.page,
        end_page=max(section.page, end_page),
        start_position=section.start,
        end_position=section.end,
        sequence_order=order,
    )
