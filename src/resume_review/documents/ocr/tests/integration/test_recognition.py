"""Scans and photos through the real Tesseract."""

from collections.abc import Callable

import pytest
from PIL import Image

from resume_review.documents import BlockKind, Document, Kind, Limits, Status, read_document
from resume_review.documents.isolation import IsolatedReader

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("tesseract")]

Draw = Callable[..., Image.Image]
Stored = Callable[..., bytes]
ScanPdf = Callable[[list[Image.Image]], bytes]


def words(text: str) -> set[str]:
    return set(text.replace(",", " ").split())


def assert_boxes_hold(document: Document) -> None:
    for page in document.pages:
        assert page.words
        for word in page.words:
            x0, y0, x1, y1 = word.box
            assert document.text[word.start : word.end].strip()
            assert 0 <= x0 < x1 <= page.width
            assert 0 <= y0 < y1 <= page.height


def box_of(document: Document, wanted: str) -> tuple[float, float, float, float]:
    return next(
        word.box
        for page in document.pages
        for word in page.words
        if document.text[word.start : word.end] == wanted
    )


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
def test_photo_of_each_format_is_read(
    form: str, page_image: Draw, stored: Stored, text_lines: list[str]
) -> None:
    document = read_document(stored(page_image(), form), f"cv.{form.lower()}")

    assert (document.status, document.source.kind) == (Status.OK, Kind.IMAGE)
    assert words(document.text) == words(" ".join(text_lines))
    assert_boxes_hold(document)


def test_facts_of_a_scan_are_found_and_less_sure(page_image: Draw, scan_pdf: ScanPdf) -> None:
    document = read_document(scan_pdf([page_image()]), "scan.pdf")

    recognised = document.layout.recognised
    assert recognised is not None
    assert recognised.pages == [1]
    assert [mail.value for mail in document.fields.emails] == ["maya.okafor@example.com"]
    assert document.fields.emails[0].confidence <= recognised.confidence < 1


def test_document_names_the_recogniser(page_image: Draw, scan_pdf: ScanPdf) -> None:
    document = read_document(scan_pdf([page_image()]), "scan.pdf")

    assert document.extractor.name == "resume-review+tesseract"
    assert document.extractor.version.startswith("1+")


def test_pages_of_a_scan_keep_their_order(page_image: Draw, scan_pdf: ScanPdf) -> None:
    second = ["Languages", "English, German and Japanese", "Certified project manager since 2019"]

    document = read_document(scan_pdf([page_image(), page_image(second)]), "scan.pdf")

    assert [page.number for page in document.pages] == [1, 2]
    assert document.text[document.pages[1].start : document.pages[1].end].startswith("Languages")


def test_places_are_those_of_the_page(page_image: Draw, scan_pdf: ScanPdf) -> None:
    document = read_document(scan_pdf([page_image()]), "scan.pdf")

    x0, y0, _, y1 = box_of(document, "Maya")
    assert x0 == pytest.approx(150 * 595 / 1240, abs=3)
    assert 120 * 842 / 1754 - 2 < y0 < y1 < 160 * 842 / 1754


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180])
def test_scan_lying_on_its_side_is_read(
    turn: Image.Transpose, page_image: Draw, stored: Stored, text_lines: list[str]
) -> None:
    document = read_document(stored(page_image([*text_lines, *text_lines]).transpose(turn), "PNG"), "cv.png")

    assert words(" ".join(text_lines)) <= words(document.text)
    assert_boxes_hold(document)
    x0, y0, x1, y1 = box_of(document, "EXPERIENCE")
    upright = x1 - x0 > y1 - y0
    assert upright == (turn is Image.Transpose.ROTATE_180)


def test_list_marks_that_recognition_passes_over_are_seen(
    page_image: Draw, stored: Stored, text_lines: list[str]
) -> None:
    document = read_document(stored(page_image(marked=(5, 6)), "PNG"), "cv.png")

    bullets = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.BULLET]
    assert [bullet[:3] for bullet in bullets] == ["• L", "• C"]


def test_empty_scan_is_an_honest_refusal(page_image: Draw, scan_pdf: ScanPdf) -> None:
    document = read_document(scan_pdf([page_image([])]), "scan.pdf")

    assert document.status is Status.INSUFFICIENT_TEXT
    assert document.message.startswith("This is a scan: ")


def test_scan_of_a_whole_book_is_refused(page_image: Draw, scan_pdf: ScanPdf) -> None:
    document = read_document(scan_pdf([page_image([])] * 9), "scan.pdf")

    assert document.status is Status.TOO_LARGE
    assert "more than 8 pages" in document.message


def test_recognition_out_of_time_is_a_status(page_image: Draw, scan_pdf: ScanPdf) -> None:
    document = read_document(scan_pdf([page_image()]), "scan.pdf", limits=Limits(recognition_seconds=0.01))

    assert document.status is Status.TIMEOUT


def test_child_process_may_recognise_and_gets_more_time_for_it(page_image: Draw, scan_pdf: ScanPdf) -> None:
    data = scan_pdf([page_image()])
    with IsolatedReader(limits=Limits(seconds=0.5)) as reader:
        reader.read(b"warm up", "cv.txt")

        document = reader.read(data, "scan.pdf")

    assert document.status is Status.OK
