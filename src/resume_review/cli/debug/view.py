"""The view as one self-contained page: no request to anywhere, light and dark."""

from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise

from jinja2 import Environment, StrictUndefined

from resume_review.cli.debug.shapes import LAYERS, Fact, facts_of, page_shapes
from resume_review.documents import Block, Document


def page(entries: Sequence[tuple[Document, dict[int, str]]]) -> str:
    """Documents, each with the pictures of its pages (data addresses by page number)."""
    folder = files("resume_review.cli.debug")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )

    # Written by us and trusted: they go into the page as they are.
    def own(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    template = environment.from_string(own("view.html.j2"))
    return template.render(
        entries=[_entry(number, *entry) for number, entry in enumerate(entries, start=1)],
        layers=LAYERS,
        style=own("view.css"),
        script=own("view.js"),
    )


def _entry(number: int, document: Document, pictures: dict[int, str]) -> dict[str, object]:
    placed = any(page.words for page in document.pages)
    facts = facts_of(document)
    return {
        "number": number,
        "document": document,
        "pictures": pictures,
        "shapes": {page.number: page_shapes(document, page) for page in document.pages} if placed else {},
        "paragraphs": []
        if placed
        else [(block, _passages(document.text, block, facts)) for block in document.blocks],
        "facts": facts,
        "texts": [document.text[block.start : block.end] for block in document.blocks],
    }


def _passages(text: str, block: Block, facts: list[Fact]) -> list[tuple[str, Fact | None]]:
    """The text of a block, cut where facts start and end; the shortest fact wins where they overlap."""
    inside = [fact for fact in facts if fact.span.start < block.end and fact.span.end > block.start]
    edges = {edge for fact in inside for edge in (fact.span.start, fact.span.end)}
    cuts = sorted({block.start, block.end, *(edge for edge in edges if block.start < edge < block.end)})
    return [
        (
            text[start:end],
            min(
                (fact for fact in inside if fact.span.start <= start and end <= fact.span.end),
                key=lambda fact: fact.span.end - fact.span.start,
                default=None,
            ),
        )
        for start, end in pairwise(cuts)
    ]
