"""The steps from the bytes of a PDF to its `Reading`."""

import re
from dataclasses import dataclass, field

from resume_review.documents.model import Box, IntegrityKind, IntegrityMark, Layout
from resume_review.documents.pdf import facts
from resume_review.documents.pdf.characters import word_text
from resume_review.documents.pdf.contrast import note_tints
from resume_review.documents.pdf.findings import Link, Structure
from resume_review.documents.pdf.furniture import running_contact, set_apart
from resume_review.documents.pdf.glance import glance
from resume_review.documents.pdf.glitches import note_lost
from resume_review.documents.pdf.hidden import INVISIBLE_MODES, PageView, part_hidden
from resume_review.documents.pdf.hyphens import breaks_words
from resume_review.documents.pdf.limits import PdfLimits
from resume_review.documents.pdf.lines import Row, Typography, make_lines, page_rows
from resume_review.documents.pdf.notes import CloserLookError, page_links
from resume_review.documents.pdf.objects import Image, page_objects
from resume_review.documents.pdf.order import reading_order
from resume_review.documents.pdf.page import OpenPage, PdfFile, Turn
from resume_review.documents.pdf.runs import page_words
from resume_review.documents.pdf.segments import Segment, page_segments
from resume_review.documents.pdf.spacing import close_up
from resume_review.documents.pdf.words import Word, replaced_texts
from resume_review.documents.reading import PageSize, Reading, UnreadableError

_PORTRAIT_HEIGHT = range(45, 200)  # points
_PORTRAIT_PIXELS = 60
_PORTRAIT_PLACE = 0.5  # of the first page, from its top: a picture below is none
_BACKGROUND = 0.6  # of the page: a picture under the text
_WORDY = (48.0, 8.0)  # points: smaller pictures are ornaments
_SCAN_AREA = 0.5  # of the page
_SCAN_LETTERS = 25  # a page
_FEWEST_WORDS = 30
_TRUE_SHARE = 0.6  # of the words of a replacement text that must be on the pages


@dataclass(slots=True)
class _Pages:
    """What reading the pages one by one leaves behind."""

    sizes: list[PageSize] = field(default_factory=list[PageSize])
    segments: list[list[Segment]] = field(default_factory=list[list[Segment]])
    marks: list[IntegrityMark] = field(default_factory=list[IntegrityMark])
    targets: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    photos: list[tuple[int, Box]] = field(default_factory=list[tuple[int, Box]])
    replaced: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    images: int = 0
    pictures: int = 0
    pictured: int = 0
    characters: int = 0


def read(data: bytes, limits: PdfLimits) -> Reading:
    structure = glance(data, limits) or _inspected(data, limits)
    try:
        reading, replaced = _read_once(data, structure, limits)
    except CloserLookError:
        structure = _inspected(data, limits)
        reading, replaced = _read_once(data, structure, limits)
    if replaced:
        reading = _read_glyphs(data, reading, replaced, structure, limits)
    reading.marks.extend(structure.marks)
    return reading


def _inspected(data: bytes, limits: PdfLimits) -> Structure:
    # qpdf takes a quarter of the time of a cold start, and most resumes do not need it.
    from resume_review.documents.pdf.structure import inspect  # noqa: PLC0415

    return inspect(data, limits)


def _read_once(data: bytes, structure: Structure, limits: PdfLimits) -> tuple[Reading, list[tuple[int, str]]]:
    """The reading, and long texts by page that the file gives in place of its glyphs."""
    pages = _Pages()
    with PdfFile(data) as file:
        if file.page_count > limits.max_pages:
            raise UnreadableError(
                "too_large",
                f"This PDF has {file.page_count} pages and at most {limits.max_pages} are read: send the resume alone.",
            )
        for index in range(file.page_count):
            with OpenPage(file, index, filled=index + 1 in structure.filled_pages) as page:
                _read_page(page, pages, structure, limits)
        producer = file.producer()
    return _reading(pages, producer), pages.replaced


def _read_glyphs(
    data: bytes, reading: Reading, replaced: list[tuple[int, str]], structure: Structure, limits: PdfLimits
) -> Reading:
    """Read the glyphs themselves where replacement texts say something else than the page shows."""
    from resume_review.documents.pdf.structure import without_replacements  # noqa: PLC0415 - rarely needed

    cleaned = without_replacements(data)
    if cleaned is None:
        return reading
    shown, _ = _read_once(cleaned, structure, limits)
    seen = set(re.findall(r"\w+", " ".join(p.text for line in shown.lines for p in line.pieces).casefold()))
    false: list[IntegrityMark] = []
    for page, text in replaced:
        words = re.findall(r"\w+", text.casefold())
        if sum(word in seen for word in words) < _TRUE_SHARE * len(words):
            detail = "The file tells programs another text than the page shows."
            false.append(IntegrityMark(kind=IntegrityKind.ACTUAL_TEXT, page=page, text=text, detail=detail))
    if not false:
        return reading
    shown.marks.extend(false)
    return shown


def _read_page(page: OpenPage, pages: _Pages, structure: Structure, limits: PdfLimits) -> None:
    glyphs = page.glyphs()
    pages.characters += len(glyphs.codes)
    pages.replaced.extend((glyphs.number, text) for text in replaced_texts(glyphs))
    turn = page.turn()
    objects = page_objects(glyphs.handle, turn, limit=limits.max_objects)
    if pages.characters > limits.max_characters or objects.count > limits.max_objects:
        raise UnreadableError(
            "too_large",
            f"Page {glyphs.number} holds more text or drawing than any resume: export the PDF again.",
        )
    view = PageView(glyphs, objects, limits.max_pixels, layers_off=structure.layers_off)
    words, marks = part_hidden(page_words(page, glyphs, objects.texts), view)
    pages.marks.extend(marks)
    note_lost(words, glyphs, view.picture)
    note_tints(words, view)
    if structure.glanced:
        links = page_links(page.document, glyphs.handle, glyphs.number)
    else:
        links = [link for link in structure.links if link[0] == glyphs.number]
    pages.targets.extend(_targets(words, turn, links))
    segments = page_segments(words)
    close_up(segments, glyphs)
    pages.segments.append(segments)
    pages.sizes.append(PageSize(glyphs.width, glyphs.height))
    _note_images(objects.images, glyphs.number, pages, backed=_is_text(words))


def _is_text(words: list[Word]) -> bool:
    """Whether most of the page's words are drawn, and not laid invisibly over the picture of a scan."""
    drawn = sum(word.style.mode not in INVISIBLE_MODES for word in words)
    return drawn > _FEWEST_WORDS and 2 * drawn > len(words)


def _note_images(images: list[Image], number: int, pages: _Pages, *, backed: bool) -> None:
    size = pages.sizes[-1]
    whole = size.width * size.height
    pages.images += len(images)
    pages.pictured += any(image.area > _SCAN_AREA * whole for image in images)
    for image in images:
        x0, y0, x1, y1 = image.box
        wide, high = x1 - x0, y1 - y0
        upright = high > 0 and 0.55 < wide / high < 1.2
        placed = number == 1 and (y0 + y1) / 2 < _PORTRAIT_PLACE * size.height and not pages.photos
        if upright and placed and round(high) in _PORTRAIT_HEIGHT and min(image.pixels) >= _PORTRAIT_PIXELS:
            pages.photos.append((number, (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))))
        elif max(wide, high) >= _WORDY[0] and min(wide, high) >= _WORDY[1]:
            pages.pictures += not (backed and image.area > _BACKGROUND * whole)


def _targets(words: list[Word], turn: Turn, links: list[Link]) -> list[tuple[str, str]]:
    """The words under each link, with its address."""
    found: list[tuple[str, str]] = []
    for _, (left, bottom, right, top), address in links:
        (x0,), (y0,), (x1,), (y1,) = turn.boxes([left, top, right, bottom])
        inside = [w for w in words if x0 <= (w.x0 + w.x1) / 2 <= x1 and y0 <= (w.y0 + w.y1) / 2 <= y1]
        found.append((" ".join(filter(None, (word_text(w) for w in inside))), address))
    return found


def _reading(pages: _Pages, producer: str) -> Reading:
    body = facts.body_size(pages.segments)
    kept, furniture = set_apart(pages.segments, pages.sizes)
    furniture += running_contact(kept, pages.sizes, body or 10.0)
    rows: list[Row] = []
    columns: list[int] = []
    for number, segments in enumerate(kept, start=1):
        column, count = facts.columns_of(segments)
        columns.append(count)
        rows.extend(page_rows(reading_order(segments), number, column))
    layout = Layout(
        columns=columns,
        tables=sum(facts.count_tables(segments) for segments in kept),
        images=pages.images,
        pictures=pages.pictures,
        fonts=facts.fonts(pages.segments),
        body_size=body,
        margins=facts.margins(kept, pages.sizes),
        header_footer=furniture,
        photo=bool(pages.photos),
    )
    letters = sum(len(row.text) for row in rows)
    return Reading(
        pages.sizes,
        make_lines(rows, Typography(body or 10.0, breaks_words(producer))),
        layout,
        marks=pages.marks,
        targets=pages.targets,
        photo_boxes=pages.photos,
        scanned=pages.pictured > 0 and letters < _SCAN_LETTERS * len(pages.sizes),
    )
