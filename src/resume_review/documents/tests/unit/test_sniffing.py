import io
import zipfile

import pytest

from resume_review.documents import Limits
from resume_review.documents.model import Kind, Status
from resume_review.documents.reading import UnreadableError
from resume_review.documents.sniffing import sniff

pytestmark = pytest.mark.unit


def archive(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in entries.items():
            pack.writestr(name, data)
    return target.getvalue()


CONTENT = {
    Kind.PDF: (b"%PDF-1.7\n...", "cv.docx"),
    Kind.DOCX: (archive({"word/document.xml": b"<x/>"}), "cv.pdf"),
    Kind.ODT: (archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), "cv"),
    Kind.RTF: (b"{\\rtf1 Jane}", "cv.txt"),
    Kind.HTML: (b"<!doctype html><p>Jane</p>", "cv.html"),
    Kind.IMAGE: (b"\x89PNG\r\n\x1a\n\0\0", "cv.pdf"),
    Kind.TXT: (b"Jane Doe\nAnalyst", "cv.txt"),
    Kind.MD: (b"# Jane Doe\n## Experience\n", "cv"),
}


@pytest.mark.parametrize("kind", CONTENT)
def test_content_decides_the_kind(kind: Kind) -> None:
    data, name = CONTENT[kind]

    assert sniff(data, name) is kind


REFUSED = {
    "program": (b"MZ\x90\0\x03\0\0\0", "cv.pdf", Status.UNSUPPORTED),
    "old office file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "cv.doc", Status.UNSUPPORTED),
    "archive": (archive({"hello.txt": b"hi"}), "cv.docx", Status.UNSUPPORTED),
    "web page with the name of a pdf": (b"<html><p>Jane</p></html>", "cv.pdf", Status.UNSUPPORTED),
    "empty": (b"", "cv.pdf", Status.MALFORMED),
    "text with the name of a pdf": (b"Jane Doe", "cv.pdf", Status.MALFORMED),
    "cut archive": (CONTENT[Kind.DOCX][0][:-30], "cv.docx", Status.MALFORMED),
    "many entries": (archive({f"{n}.xml": b"" for n in range(2001)}), "cv.docx", Status.TOO_LARGE),
    "bomb": (archive({"word/document.xml": b"0" * 120_000_000}), "cv.docx", Status.TOO_LARGE),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_resume_is_refused_with_its_status(case: str) -> None:
    data, name, status = REFUSED[case]

    with pytest.raises(UnreadableError) as caught:
        sniff(data, name)

    assert caught.value.status == status


def test_a_file_over_the_limit_is_refused_before_it_is_opened() -> None:
    with pytest.raises(UnreadableError) as caught:
        sniff(b"%PDF-" + b"0" * 100, "cv.pdf", limits=Limits(file_bytes=50))

    assert caught.value.status == Status.TOO_LARGE


def test_a_pdf_that_is_also_an_archive_is_read_as_a_pdf() -> None:
    assert sniff(b"PK\x03\x04 %PDF-1.7", "cv.zip") is Kind.PDF


def test_text_that_begins_like_a_program_is_text() -> None:
    assert sniff(b"MZ Consulting\nJane Doe, Partner", "cv.txt") is Kind.TXT
