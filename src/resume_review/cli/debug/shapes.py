"""What was read, as boxes on the pages: each layer of the view is a list of shapes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from resume_review.documents import Box, Document, Page, Span

# Layers in drawing order, the coarse ones under the fine ones; the view starts with those that are on.
LAYERS = {
    "section": ("Sections", False),
    "column": ("Columns", False),
    "block": ("Blocks", True),
    "line": ("Lines", False),
    "word": ("Words", False),
    "fact": ("Facts", True),
    "order": ("Reading order", True),
    "mark": ("Integrity", True),
}
# A reader who goes up by more than this many points has gone to another column.
_UPWARDS = 4.0
_LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class Shape:
    """A box on a page; `key` is shared by all shapes of one thing and by its entry in the list beside the page."""

    layer: str
    key: str
    box: Box
    label: str
    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something of `Document.fields` with the words it was read from."""

    key: str
    name: str
    value: str
    span: Span
    confidence: float | None = None


def facts_of(document: Document) -> list[Fact]:
    """Every fact, in the order in which a person would list them."""
    return [
        Fact(f"f{number}", name, value, Span(start=start, end=end), confidence)
        for number, (name, value, start, end, confidence) in enumerate(_facts(document))
    ]


def _facts(document: Document) -> Iterator[tuple[str, str, int, int, float]]:
    fields = document.fields
    single = [("name", fields.name), ("headline", fields.headline), ("location", fields.location)]
    for name, value in single:
        if value is not None:
            yield name, value.value, value.start, value.end, value.confidence
    many = [
        ("e-mail", fields.emails), ("phone", fields.phones), ("link", fields.links), ("skill", fields.skills),
        ("certification", fields.certifications), ("language", fields.languages),
    ]  # fmt: skip
    for name, values in many:
        for value in values:
            yield name, value.value, value.start, value.end, value.confidence
    for role in fields.roles:
        dates = f"{role.start_date or '?'} to {'now' if role.current else role.end_date or '?'}"
        told = f"{role.title or '?'}, {role.employer or '?'}, {dates}, {len(role.bullets)} bullets"
        for name, span in (
            ("title", role.title_span),
            ("employer", role.employer_span),
            ("dates", role.dates_span),
        ):
            if span is not None:
                yield f"role {name}", told, span.start, span.end, role.confidence
    for one in fields.education:
        parts = (one.degree, one.area, one.institution, one.start_date, one.end_date, one.score)
        yield "education", ", ".join(filter(None, parts)), one.start, one.end, one.confidence


def page_shapes(document: Document, page: Page) -> list[Shape]:
    """All shapes of a page, ordered by layer."""
    blocks = [
        Shape(
            "block", f"b{number}", box, str(number + 1), _title(document, block.start, block.end), block.kind
        )
        for number, block in enumerate(document.blocks)
        for box in _box(page, block.start, block.end)
    ]
    shapes = [
        *_sections(document, page),
        *_columns(blocks),
        *blocks,
        *_lines(document, page),
        *(Shape("word", "", word.box, "", document.text[word.start : word.end]) for word in page.words),
        *_fact_shapes(document, page),
        *_order(blocks),
    ]
    for number, mark in enumerate(document.integrity):
        if mark.page == page.number and mark.box is not None:
            told = _short(f"{mark.detail} {mark.text or ''}")
            shapes.append(Shape("mark", f"m{number}", mark.box, mark.kind, told, mark.kind))
    return shapes


def _sections(document: Document, page: Page) -> Iterator[Shape]:
    for number, section in enumerate(document.sections):
        for box in _box(page, section.start, section.end):
            yield Shape("section", f"s{number}", _grown(box, 4), section.type, section.title, section.type)


def _columns(blocks: list[Shape]) -> Iterator[Shape]:
    """Stretches of the page that are read downwards without going up again."""
    runs: list[list[Box]] = []
    for shape in blocks:
        if runs and shape.box[1] >= runs[-1][-1][1] - _UPWARDS:
            runs[-1].append(shape.box)
        else:
            runs.append([shape.box])
    for number, run in enumerate(runs, start=1):
        told = f"Column {number}: {len(run)} blocks read downwards"
        yield Shape("column", f"c{number}", _grown(_union(run), 8), str(number), told)


def _lines(document: Document, page: Page) -> Iterator[Shape]:
    start = page.start
    for number, line in enumerate(document.text[page.start : page.end].split("\n"), start=1):
        for box in _box(page, start, start + len(line)):
            yield Shape("line", "", box, str(number), _short(line))
        start += len(line) + 1


def _fact_shapes(document: Document, page: Page) -> Iterator[Shape]:
    for fact in facts_of(document):
        for number, box in enumerate(_line_boxes(page, document.text, fact.span)):
            told = f"{fact.name}: {fact.value} ({fact.confidence})"
            yield Shape(
                "fact", fact.key, box, "" if number else fact.name, _short(told), fact.name.split()[0]
            )


def _order(blocks: list[Shape]) -> Iterator[Shape]:
    """Arrows from the start of each block to that of the next, as boxes of two corners."""
    for before, after in pairwise(blocks):
        x0, y0, x1, y1 = before.box[0], before.box[1] + 5, after.box[0], after.box[1] + 5
        yield Shape("order", "", (x0, y0, x1, y1), "", "", "back" if y1 < y0 - _UPWARDS else "")


def _box(page: Page, start: int, end: int) -> Iterator[Box]:
    boxes = [word.box for word in page.words if word.start >= start and word.end <= end]
    if boxes:
        yield _union(boxes)


def _line_boxes(page: Page, text: str, span: Span) -> Iterator[Box]:
    """One box for each line of a stretch of text."""
    start = span.start
    for part in text[span.start : span.end].split("\n"):
        touched = [w.box for w in page.words if w.start < start + len(part) and w.end > start]
        if touched:
            yield _union(touched)
        start += len(part) + 1


def _union(boxes: list[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _grown(box: Box, by: float) -> Box:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def _title(document: Document, start: int, end: int) -> str:
    return _short(document.text[start:end])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1] + "…"
