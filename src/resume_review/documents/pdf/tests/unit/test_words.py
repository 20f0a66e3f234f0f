from types import ModuleType

import pytest

from resume_review.documents.model import BlockKind
from resume_review.documents.pdf import PdfLimits, read_pdf
from resume_review.documents.reading import UnreadableError

pytestmark = pytest.mark.unit


def test_every_word_has_a_box_on_its_page(make: ModuleType) -> None:
    reading = read_pdf(
        make.Builder(["".join(make.lines(72, 700, ["Jane Doe", "Data analyst in Berlin"]))]).data()
    )
    boxes = [piece.box for line in reading.lines for piece in line.pieces]
    assert len(boxes) == 6
    assert all(box and 0 <= box[0] < box[2] <= 612 and 0 <= box[1] < box[3] <= 792 for box in boxes)


def test_boxes_count_from_the_top_left(make: ModuleType) -> None:
    reading = read_pdf(make.Builder([make.show(72, 792 - 100, "Jane", size=20)]).data())
    box = reading.lines[0].pieces[0].box
    assert box is not None
    assert box[0] == pytest.approx(72, abs=2)
    assert box[1] < 100 < box[3]


def test_turned_page_is_read_as_displayed(make: ModuleType) -> None:
    made = make.Builder(["q BT /F1 12 Tf 0 1 -1 0 200 100 Tm (Jane Doe) Tj ET Q\n"]).pdf()
    made.pages[0].obj["/Rotate"] = 90
    reading = read_pdf(make.saved(made))
    assert make.text_of(reading) == "Jane Doe"
    assert (reading.pages[0].width, reading.pages[0].height) == (792, 612)
    box = reading.lines[0].pieces[0].box
    assert box is not None
    assert box[2] - box[0] > box[3] - box[1]


def test_words_are_told_apart_by_gaps_without_spaces(make: ModuleType) -> None:
    content = "BT /F1 10 Tf 72 700 Td [(Data) -278 (analyst)] TJ ET"
    assert make.text_of(read_pdf(make.Builder([content]).data())) == "Data analyst"


def test_letter_spaced_heading_is_one_word(make: ModuleType) -> None:
    content = "BT /F2 12 Tf 4 Tc 72 700 Td (EXPERIENCE) Tj ET" + make.show(72, 680, "Analyst at Northwind")
    assert make.text_of(read_pdf(make.Builder([content]).data())).split("\n")[0] == "EXPERIENCE"


def test_small_capitals_are_one_word(make: ModuleType) -> None:
    content = "BT /F1 12 Tf 72 700 Td (E) Tj /F1 9 Tf (DUCATION) Tj ET"
    assert make.text_of(read_pdf(make.Builder([content]).data())) == "EDUCATION"


def test_broken_word_goes_on_in_the_next_line(make: ModuleType) -> None:
    texts = ["Responsible for the whole portfolio manage-", "ment of the bank and for its reports"]
    builder = make.Builder(["".join(make.lines(72, 700, texts))], info={"Producer": "pdfTeX-1.40.24"})
    assert "portfolio management of the bank" in make.text_of(read_pdf(builder.data()))


def test_running_footers_go_to_the_layout(make: ModuleType) -> None:
    pages = [
        "".join(make.lines(72, 700, [f"Work of year {n}", "Analyst"]))
        + make.show(72, 30, f"Jane Doe - Page {n} of 3")
        for n in (1, 2, 3)
    ]
    reading = read_pdf(make.Builder(pages).data())
    assert "Page" not in make.text_of(reading)
    assert "Jane Doe - Page 2 of 3" in reading.layout.header_footer


def test_header_that_alone_holds_the_contact_stays_on_the_first_page(make: ModuleType) -> None:
    pages = [
        make.show(72, 760, "jane@example.com +49 30 1234567") + make.show(72, 600, f"Work {n}")
        for n in (1, 2)
    ]
    text = make.text_of(read_pdf(make.Builder(pages).data()))
    assert text.count("jane@example.com") == 1


def test_bullets_and_headings_are_hinted(make: ModuleType) -> None:
    content = make.show(72, 720, "Experience", size=16) + "".join(
        make.lines(72, 700, ["\u2022 Wrote reports for the board of the firm", "\u2022 Led nine people"])
    )
    kinds = [line.kind for line in read_pdf(make.Builder([content]).data()).lines]
    assert kinds == [BlockKind.HEADING, BlockKind.BULLET, BlockKind.BULLET]


def test_lines_of_one_paragraph_share_a_block(make: ModuleType) -> None:
    texts = [
        "Analyst who wrote monthly reports for the board",
        "and the owners of the firm",
        "Northwind Traders",
    ]
    content = "".join(make.lines(72, 700, texts[:2])) + make.show(72, 640, texts[2])
    blocks = [line.block for line in read_pdf(make.Builder([content]).data()).lines]
    assert blocks == [0, 0, 1]


def test_fonts_and_body_size_are_reported(make: ModuleType) -> None:
    content = make.show(72, 720, "Jane", size=20, font="F2") + "".join(
        make.lines(72, 700, ["Analyst in Berlin"] * 3)
    )
    layout = read_pdf(make.Builder([content]).data()).layout
    assert layout.body_size == 10
    assert layout.fonts[0].name == "Helvetica"


def test_encrypted_file_is_refused_with_what_to_do(make: ModuleType) -> None:
    import pikepdf

    made = make.Builder([make.show(72, 700, "Jane")]).pdf()
    data = make.saved(made, encryption=pikepdf.Encryption(user="secret", owner="owner"))
    with pytest.raises(UnreadableError, match="password") as caught:
        read_pdf(data)
    assert caught.value.status == "encrypted"


def test_owner_password_alone_does_not_stop_reading(make: ModuleType) -> None:
    import pikepdf

    made = make.Builder([make.show(72, 700, "Jane")]).pdf()
    data = make.saved(made, encryption=pikepdf.Encryption(user="", owner="owner"))
    assert make.text_of(read_pdf(data)) == "Jane"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + b"\0" * 400])
def test_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_pdf(data)
    assert caught.value.status == "malformed"


def test_too_many_pages_are_refused(make: ModuleType) -> None:
    data = make.Builder([make.show(72, 700, "Jane")] * 3).data()
    with pytest.raises(UnreadableError) as caught:
        read_pdf(data, limits=PdfLimits(max_pages=2))
    assert caught.value.status == "too_large"


def test_stream_that_unpacks_beyond_the_limit_is_refused(make: ModuleType) -> None:
    data = make.Builder([make.show(72, 700, "Jane") + " " * 2_000_000]).data()
    with pytest.raises(UnreadableError) as caught:
        read_pdf(data, limits=PdfLimits(max_stream_bytes=1_000_000))
    assert caught.value.status == "too_large"


def test_empty_page_is_no_scan(make: ModuleType) -> None:
    reading = read_pdf(make.Builder([""]).data())
    assert not reading.scanned
    assert reading.lines == []


def test_importing_documents_does_not_load_the_pdf_libraries() -> None:
    import subprocess
    import sys

    code = "import sys, resume_review.documents.pdf; print('pikepdf' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.strip() == "False"
