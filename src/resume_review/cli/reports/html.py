"""The report as one self-contained page: printable, light and dark, no request to anywhere."""

from collections.abc import Sequence
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


def page(reviews: Sequence[tuple[Review, Document | None]], words: Catalog) -> str:
    """One page with a report for each review; with the document, findings link to their words in the resume."""
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
        {
            "number": number,
            "review": review,
            "document": document,
            "groups": content.grouped(review.findings),
            "passages": passages(review, document) if document else [],
        }
        for number, (review, document) in enumerate(reviews, start=1)
    ]
    return template.render(entries=entries, style=style, content=content, words=words).lstrip()


def passages(review: Review, document: Document) -> list[Passage]:
    """The text of the resume cut where a quote starts or ends; quotes may overlap."""
    text = document.text
    quoted = [
        (finding.start, finding.end, finding)
        for finding in [*review.findings, *review.strengths]
        if finding.start is not None and finding.end is not None and finding.start < finding.end <= len(text)
    ]
    cuts = sorted({0, len(text), *(start for start, _, _ in quoted), *(end for _, end, _ in quoted)})
    return [
        Passage(
            text=content.visible(text[start:end]),
            marks=tuple(finding for first, last, finding in quoted if first <= start and end <= last),
            starts=tuple(finding for first, _, finding in quoted if first == start),
        )
        for start, end in pairwise(cuts)
    ]
