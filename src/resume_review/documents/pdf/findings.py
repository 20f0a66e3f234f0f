"""What a PDF holds besides its pages, whoever found it: marks, links, layers, metadata that addresses a machine."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from resume_review.documents.model import Box, IntegrityKind, IntegrityMark

ACTIVE = {
    "/JavaScript": "a script",
    "/Launch": "a command that starts a program",
    "/SubmitForm": "a form that sends data",
    "/ImportData": "a command that loads data",
}
UNSAFE_SCHEMES = ("javascript:", "data:", "file:", "vbscript:")
_MOST_MARKS = 20
_LONGEST = 2000
_LONG_METADATA = 600
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instruction|prompt|rule|guideline|criteria)"
    r"|\bsystem\s+(?:note|prompt|message|instruction)\b|\b(?:as|are)\s+an?\s+(?:ai|language model|llm|assistant)\b"
    r"|\b(?:llm|chatgpt|gpt-?\d|ai (?:model|assistant|reviewer|screener|system))\b.{0,80}\b(?:must|should|please|rate|rank|score|recommend|select)\b"
    r"|\b(?:rate|score|rank|grade|mark|recommend)\b.{0,40}\b(?:candidate|applicant|resume|cv)\b.{0,60}(?:\d{2,3}|highest|top|best|perfect|excellent|strong|hire)"
    r"|\b(?:ignoriere?n?|vergiss)\b.{0,60}\b(?:anweisung|vorgabe)|\bignore[rz]\b.{0,60}\binstructions?\b|(?:指示|命令).{0,12}(?:無視|忘れ)",
    re.IGNORECASE | re.DOTALL,
)

Link = tuple[int, Box, str]


@dataclass(slots=True)
class Structure:
    """Marks found in the file's objects.

    Attributes:
        links: Page number, rectangle in PDF space and address of each link.
        layers_off: Some optional content is switched off.
        filled_pages: Pages with form fields or text boxes, which are drawn over the page.
        glanced: Only the bytes were looked at; links and notes are still to be read from the pages.
    """

    marks: list[IntegrityMark] = field(default_factory=list[IntegrityMark])
    links: list[Link] = field(default_factory=list[Link])
    layers_off: bool = False
    filled_pages: set[int] = field(default_factory=set[int])
    glanced: bool = False


def add(
    found: Structure, kind: IntegrityKind, detail: str, text: str | None = None, page: int | None = None
) -> None:
    mark = IntegrityMark(kind=kind, page=page, text=text[:_LONGEST] if text else None, detail=detail)
    if len(found.marks) < _MOST_MARKS and mark not in found.marks:
        found.marks.append(mark)


def packet_texts(packet: bytes) -> list[str]:
    """The texts of an XMP packet."""
    plain = re.sub(r"<[^>]+>", "\n", packet.decode("utf-8", "replace"))
    return [line.strip() for line in plain.splitlines() if line.strip()]


def judge_metadata(texts: Iterable[str], found: Structure) -> None:
    """Report metadata that addresses a machine or hides a long text."""
    for text in dict.fromkeys(texts):
        if _INSTRUCTION.search(text):
            detail = "The file's metadata addresses a machine."
        elif len(text) > _LONG_METADATA and text.count(" ") > 60:
            detail = "The file's metadata holds a long text nobody sees."
        else:
            continue
        add(found, IntegrityKind.METADATA_INSTRUCTION, detail, text)
