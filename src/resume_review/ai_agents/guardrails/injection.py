"""Lines of a resume that speak to a machine: told to the consultant, and kept from models."""

from resume_review.documents import Document, IntegrityKind, Span
from resume_review.documents.addressed import find_addressed, speaks_to_machine


def is_flagged(document: Document) -> bool:
    """Whether the file holds text addressed to a machine or hidden from people."""
    suspicious = {
        IntegrityKind.ADDRESSED_TO_AI,
        IntegrityKind.METADATA_INSTRUCTION,
        IntegrityKind.HIDDEN_TEXT,
        IntegrityKind.TINY_TEXT,
        IntegrityKind.OFF_PAGE,
        IntegrityKind.TAG_CHARACTERS,
    }
    return any(mark.kind in suspicious for mark in document.integrity)


def suspicious_lines(text: str) -> list[Span]:
    """The lines that give orders to an automatic reader, alone or together with the next one."""
    spans = _lines(text)
    found: list[Span] = []
    for line, following in zip(spans, [*spans[1:], None], strict=True):
        alone = text[line.start : line.end]
        if speaks_to_machine(alone):
            found.append(line)
        elif following is not None and not speaks_to_machine(text[following.start : following.end]):
            both = find_addressed(f"{alone}\n{text[following.start : following.end]}")
            if both:
                found += [line, following]
    return sorted({(span.start, span.end): span for span in found}.values(), key=lambda span: span.start)


def without_lines(text: str, lines: list[Span]) -> str:
    """The text with these lines left out."""
    parts: list[str] = []
    place = 0
    for line in lines:
        parts.append(text[place : line.start])
        place = line.end
    parts.append(text[place:])
    return "".join(parts)


def _lines(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        spans.append(Span(start=start, end=start + len(line.rstrip("\r\n"))))
        start += len(line)
    return spans
