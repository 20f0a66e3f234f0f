"""Scanned pages and pictures to a `Reading`, with the layout layer that reads other pages."""

from dataclasses import replace

import msgspec

from resume_review.documents.limits import Limits
from resume_review.documents.model import Layout, Status
from resume_review.documents.ocr.picture import Picture, file_pictures, page_picture
from resume_review.documents.ocr.recogniser import Page, recognise
from resume_review.documents.ocr.tesseract import Deadline, Tesseract, installed
from resume_review.documents.patience import ask_for_time
from resume_review.documents.pdf import facts
from resume_review.documents.pdf.furniture import set_apart
from resume_review.documents.pdf.lines import Row, Typography, make_lines, page_rows
from resume_review.documents.pdf.objects import page_objects
from resume_review.documents.pdf.order import reading_order
from resume_review.documents.pdf.page import OpenPage, PdfFile
from resume_review.documents.pdf.segments import page_segments
from resume_review.documents.reading import Line, PageSize, Reading, Recognition, UnreadableError

MOST_PAGES = 8
"""Pages recognised in one file; a scan of more is no resume, and each takes a second."""

_FEW_LETTERS = 25  # on a page that holds more than its letters
_PICTURE_AREA = 0.4  # of the page
_MANY_OUTLINES = 250  # drawn shapes on a page whose letters were turned into outlines
_MOST_OBJECTS = 20_000


def image_reading(data: bytes, limits: Limits) -> Reading:
    tesseract = installed()
    if tesseract is None:
        raise UnreadableError(
            Status.INSUFFICIENT_TEXT,
            "This is a scan: a picture of a resume, without text. Upload the original PDF or DOCX file, "
            "or install Tesseract where the platform runs.",
        )
    ask_for_time()
    pictures = list(file_pictures(data, most=MOST_PAGES + 1))
    _refuse_many(len(pictures))
    pages = recognise(pictures, tesseract, Deadline(limits.recognition_seconds))
    sizes = [picture.size for picture in pictures]
    blank = Reading(sizes, [], Layout(columns=[1] * len(sizes), images=len(sizes)), scanned=True)
    return _with_pages(blank, dict(enumerate(pages, start=1)), tesseract)


def scan_reading(data: bytes, reading: Reading, limits: Limits) -> Reading:
    wanted = _wordless_pages(reading)
    if not wanted:
        return reading
    pictures = _pictures(data, wanted)
    tesseract = installed() if pictures else None
    if tesseract is None:
        return reading
    _refuse_many(len(pictures))
    ask_for_time()
    pages = recognise(list(pictures.values()), tesseract, Deadline(limits.recognition_seconds))
    return _with_pages(reading, dict(zip(pictures, pages, strict=True)), tesseract)


def _refuse_many(pages: int) -> None:
    if pages > MOST_PAGES:
        raise UnreadableError(
            Status.TOO_LARGE,
            f"This is a scan of more than {MOST_PAGES} pages. Upload the resume alone, best as its original PDF or DOCX file.",
        )


def _wordless_pages(reading: Reading) -> list[int]:
    letters = [0] * len(reading.pages)
    for line in reading.lines:
        letters[line.page - 1] += sum(len(piece.text) for piece in line.pieces)
    return [number for number, count in enumerate(letters, start=1) if count < _FEW_LETTERS]


def _pictures(data: bytes, numbers: list[int]) -> dict[int, Picture]:
    """The pages among `numbers` that show a picture or outlines large enough to hold text."""
    pictures: dict[int, Picture] = {}
    with PdfFile(data) as file:
        for number in numbers:
            if len(pictures) > MOST_PAGES:
                break
            with OpenPage(file, number - 1) as page:
                if not page.handle:
                    continue
                turn = page.turn()
                objects = page_objects(page.handle, turn, limit=_MOST_OBJECTS)
                needed = _PICTURE_AREA * turn.width * turn.height
                pictured = any(image.area > needed for image in objects.images)
                if pictured or len(objects.leaves) > _MANY_OUTLINES:
                    picture = page_picture(page.handle, PageSize(turn.width, turn.height))
                    pictures.update({number: picture} if picture else {})
    return pictures


def _with_pages(reading: Reading, pages: dict[int, Page], tesseract: Tesseract) -> Reading:
    """The reading with the lines of recognised pages in their place."""
    segments = {number: page_segments(page.result.words) for number, page in pages.items()}
    sizes = [page.picture.upright for page in pages.values()]
    kept, furniture = set_apart(list(segments.values()), sizes)
    rows: list[Row] = []
    columns = list(reading.layout.columns)
    for number, parts in zip(segments, kept, strict=True):
        column, columns[number - 1] = facts.columns_of(parts)
        rows.extend(page_rows(reading_order(parts), number, column))
    body = facts.body_size(list(segments.values()))
    lines = make_lines(rows, Typography(body or 10.0, breaking=True))
    for line in lines:
        picture = pages[line.page].picture
        for piece in line.pieces:
            if piece.box is not None:
                piece.box = _inside(picture.displayed(piece.box), picture.size)
    layout = msgspec.structs.replace(
        reading.layout,
        columns=columns,
        body_size=reading.layout.body_size or body,
        margins=reading.layout.margins or facts.margins(kept, sizes),
        header_footer=[*reading.layout.header_footer, *furniture],
    )
    letters = sum(len(word.text) for page in pages.values() for word in page.result.words)
    weighted = sum(p.result.confidence * sum(len(w.text) for w in p.result.words) for p in pages.values())
    return replace(
        reading,
        lines=_in_order([line for line in reading.lines if line.page not in pages], lines),
        layout=layout,
        recognition=Recognition(
            pages=sorted(pages),
            confidence=round(weighted / letters / 100, 2) if letters else 0.0,
            version=tesseract.version,
        ),
    )


def _inside(box: tuple[float, float, float, float], size: PageSize) -> tuple[float, float, float, float]:
    x0, y0 = min(max(box[0], 0.0), size.width - 1), min(max(box[1], 0.0), size.height - 1)
    return (x0, y0, min(max(box[2], x0 + 0.5), size.width), min(max(box[3], y0 + 0.5), size.height))


def _in_order(stored: list[Line], found: list[Line]) -> list[Line]:
    """Lines of both kinds by page, their blocks numbered anew."""
    numbers: dict[tuple[bool, int], int] = {}
    merged = sorted([(line.page, new, line) for new, part in ((False, stored), (True, found)) for line in part], key=lambda entry: entry[0])  # fmt: skip
    for _, new, line in merged:
        line.block = numbers.setdefault((new, line.block), len(numbers))
    return [line for _, _, line in merged]
