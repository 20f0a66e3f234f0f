"""The report as one self-contained page: printable, light and dark, no request to anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

from jinja2 import Environment, StrictUndefined

from resume_review.cli.reports import content
from resume_review.cli.reports.catalog import Catalog
from resume_review.documents import Document
from resume_review.rubric.model import Finding, Review


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the resume; `marks` are the findings on it, `starts` those whose quote begins here."""

    text: str
    marks: tuple[Finding, ...]
    starts: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding on a page: where it lies, in per cent of the page, and whether it is its first place."""

    finding: Finding
    left: float
    top: float
    width: float
    height: float
    first: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the resume as a picture with what was found on it."""

    number: int
    width: float
    height: float
    picture: str
    marks: tuple[Mark, ...]


def page(
    reviews: Sequence[tuple[Review, Document | None]],
    words: Catalog,
    *,
    pictures: Sequence[Mapping[int, str]] = (),
) -> str:
    """One page with a report for each review; with the document, findings link to their words in the resume.

    Args:
        reviews: Each with its document, where that is known.
        words: The messages of a language.
        pictures: Per review, data addresses of the pages by number; without them the text is shown.
    """
    folder = files("resume_review.cli.reports")
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["clean"] = content.clean
    template = environment.from_string((folder / "report.html.j2").read_text(encoding="utf-8"))
    # Written by us and trusted: it goes into the page as it is.
    style = (folder / "report.css").read_text(encoding="utf-8")
    entries = [
        _entry(number, review, document, pictures[number - 1] if pictures else {})
        for number, (review, document) in enumerate(reviews, start=1)
    ]
    return template.render(entries=entries, style=style, content=content, words=words).lstrip()


def _entry(
    number: int, review: Review, document: Document | None, pictures: Mapping[int, str]
) -> dict[str, object]:
    drawn = sheets(review, document, pictures) if document and pictures else []
    if drawn:
        linked = {mark.finding.id for sheet in drawn for mark in sheet.marks}
    else:
        linked = {finding.id for finding in _quoted(review, document)} if document else set[str]()
    return {
        "number": number,
        "review": review,
        "document": document,
        "groups": content.grouped(review.findings),
        "sheets": drawn,
        "passages": passages(review, document) if document and not drawn else [],
        "linked": linked,
    }


def sheets(review: Review, document: Document, pictures: Mapping[int, str]) -> list[Sheet]:
    """The pages with the places of the findings, large marks below small ones so that each can be reached."""
    found: list[Sheet] = []
    placed: set[str] = set()
    for leaf in document.pages:
        if leaf.number not in pictures:
            continue
        marks: list[Mark] = []
        for finding in _quoted(review, document):
            if finding.page != leaf.number:
                continue
            for left, top, right, bottom in finding.boxes:
                marks.append(
                    Mark(
                        finding=finding,
                        left=100 * left / leaf.width,
                        top=100 * top / leaf.height,
                        width=100 * (right - left) / leaf.width,
                        height=100 * (bottom - top) / leaf.height,
                        first=finding.id not in placed,
                    )
                )
                placed.add(finding.id)
        marks.sort(key=lambda mark: -mark.width * mark.height)
        found.append(Sheet(leaf.number, leaf.width, leaf.height, pictures[leaf.number], tuple(marks)))
    return found


def _quoted(review: Review, document: Document) -> list[Finding]:
    """The findings with a place in the document."""
    return [
        finding
        for finding in [*review.findings, *review.strengths]
        if finding.start is not None
        and finding.end is not None
        and finding.start < finding.end <= len(document.text)
    ]


def passages(review: Review, document: Document) -> list[Passage]:
    """The text of the resume cut where a quote starts or ends; quotes may overlap."""
    text = document.text
    quoted = [(finding.start or 0, finding.end or 0, finding) for finding in _quoted(review, document)]
    cuts = sorted({0, len(text), *(start for start, _, _ in quoted), *(end for _, end, _ in quoted)})
    return [
        Passage(
            text=content.visible(text[start:end]),
            marks=tuple(finding for first, last, finding in quoted if first <= start and end <= last),
            starts=tuple(finding for first, _, finding in quoted if first == start),
        )
        for start, end in pairwise(cuts)
    ]
