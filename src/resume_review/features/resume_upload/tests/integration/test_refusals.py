"""Files that must not work, over HTTP; numbers are those of the list of abuse cases."""

import io
import zipfile
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import ActivityAction
from resume_review.database.models import ActivityLog, Resume

if TYPE_CHECKING:
    from resume_review.features.resume_upload.tests.conftest import Uploads

pytestmark = pytest.mark.integration

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TEXT = (
    "Jane Doe jane@example.com Experience Consultant at Northbridge Partners 2019 to 2024 led a team of five"
)


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            pack.writestr(name, content)
    return target.getvalue()


def docx(body: bytes, **more: bytes) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": body} | more)


def paragraphs(text: str, head: str = "") -> bytes:
    body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" * 6
    return f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>".encode()


def encrypted_pdf() -> bytes:
    made, target = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    return target.getvalue()


def blank_pdf(pages: int = 1) -> bytes:
    made, target = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page()
    made.save(target)
    return target.getvalue()


XML_BOMB = (
    '<!DOCTYPE d [<!ENTITY e0 "lol">'
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
EXTERNAL = '<!DOCTYPE d [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>'
SELF_REFERRING = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)

REFUSED: dict[str, tuple[bytes, str, set[int]]] = {
    "case 1: a program": (b"MZ\x90\x00" + bytes(500), "cv.pdf", {415}),
    "case 1: a web page": (b"<!doctype html><html><body>hello</body></html>", "cv.pdf", {415}),
    "case 1: a zip": (zipped({"cv.txt": b"x"}), "cv.pdf", {415}),
    "case 3: a DOC that is XML": (b"<?xml version='1.0'?><w/>", "cv.doc", {415, 422}),
    "case 3: a DOC of old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "cv.doc", {415}),
    "case 3: a DOCX that is a zip": (zipped({"a.txt": b"x"}), "cv.docx", {415}),
    "case 4: a zip bomb": (docx(b"a" * 30_000_000 + b"x" * 80_000_000), "cv.docx", {413}),
    "case 4: many entries": (docx(b"", **{f"word/{n}": b"" for n in range(2_100)}), "cv.docx", {413}),
    "case 7: a billion entities": (docx(paragraphs("&e9;", XML_BOMB)), "cv.docx", {413, 422}),
    "case 10: pages in pages": (SELF_REFERRING, "cv.pdf", {413, 422}),
    "case 10: too many pages": (blank_pdf(60), "cv.pdf", {413}),
    "case 12: encrypted": (encrypted_pdf(), "cv.pdf", {422}),
    "case 14: nothing": (b"", "cv.pdf", {422}),
    "case 14: one byte": (b"%", "cv.pdf", {415, 422}),
    "case 19: no text": (blank_pdf(), "cv.pdf", {422}),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_refused_and_only_logged(uploads: "Uploads", session: AsyncSession, case: str) -> None:
    data, name, statuses = REFUSED[case]

    answer = await uploads.send(data, name)

    logged = select(func.count(ActivityLog.id)).where(ActivityLog.action == ActivityAction.REJECT_UPLOAD)
    assert answer.status_code in statuses, answer.text
    assert len(answer.json()["detail"]) > 20
    assert (uploads.stored(), await session.scalar(select(func.count(Resume.id)))) == ([], 0)
    assert await session.scalar(logged) == 1


async def test_case_2_a_polyglot_is_read_as_a_pdf_only(uploads: "Uploads", sample: bytes) -> None:
    polyglot = sample + b"\n<html><script>alert(1)</script></html>" + zipped({"a": b"b"})

    body = await uploads.sent(polyglot, "cv.html")

    assert body["mime_type"] == "application/pdf"
    assert "alert" not in body["extracted_text"]


async def test_case_5_a_docx_in_a_docx_is_not_opened(uploads: "Uploads") -> None:
    inner = docx(paragraphs("Hidden inside " + _TEXT))

    body = await uploads.sent(docx(paragraphs(_TEXT), **{"word/embeddings/in.docx": inner}), "cv.docx")

    assert "Hidden inside" not in body["extracted_text"]


async def test_case_6_entries_that_lead_out_write_nothing(uploads: "Uploads") -> None:
    climbing = {"../../climbed.txt": b"x", "/tmp/absolute.txt": b"x"}

    body = await uploads.sent(docx(paragraphs(_TEXT), **climbing), "cv.docx")

    assert [path.name for path in uploads.stored()] == [body["id"]]
    assert not list(uploads.settings.data_dir.parent.rglob("climbed.txt"))


async def test_case_7_an_external_entity_is_not_read(uploads: "Uploads") -> None:
    answer = await uploads.send(docx(paragraphs(_TEXT + " &e9;", EXTERNAL)), "cv.docx")

    assert "root:" not in answer.text


async def test_case_9_active_content_is_flagged_and_not_run(uploads: "Uploads", sample: bytes) -> None:
    made, target = pikepdf.open(io.BytesIO(sample)), io.BytesIO()
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    made.save(target)

    body = await uploads.sent(target.getvalue(), "cv.pdf")

    assert "active_content" in {warning["kind"] for warning in body["warnings"]}
    shown = (await uploads.get(f"/{body['id']}")).json()
    assert shown["warnings"] == body["warnings"]


@pytest.mark.parametrize("share", [3, 10, 50, 90, 99])
async def test_case_14_a_cut_file_is_read_or_refused(uploads: "Uploads", sample: bytes, share: int) -> None:
    answer = await uploads.send(sample[: len(sample) * share // 100], "cv.pdf")

    assert answer.status_code in {201, 413, 415, 422}


async def test_case_15_names_are_only_ever_shown(uploads: "Uploads") -> None:
    shown: list[Any] = []
    for name in ("../../etc/passwd", "CON", "a\u202eb.md", "🦊.md", "n" * 900):
        answer = await uploads.send(name=name)
        shown.append(answer.json()["filename"])
        file = await uploads.get(f"/{answer.json()['id']}/file")
        assert file.headers["content-disposition"].isascii()

    assert shown == ["passwd", "CON", "ab.md", "🦊.md", "n" * 200]
    assert len(uploads.stored()) == 1


@pytest.mark.parametrize("settings", [{"max_upload_mb": 1}], indirect=True)
async def test_case_17_a_body_over_the_limit_is_cut(uploads: "Uploads") -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 100_000

    answer = await uploads.api.post(
        f"/resume_upload/candidates/{uploads.candidate_id}/resumes",
        content=chunks(),
        headers=uploads.headers | {"content-type": "multipart/form-data; boundary=x"},
    )

    assert answer.status_code in {400, 413, 422}
    assert uploads.stored() == []


async def test_case_18_ten_thousand_parts_are_refused(uploads: "Uploads") -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'

    answer = await uploads.api.post(
        f"/resume_upload/candidates/{uploads.candidate_id}/resumes",
        content=part * 10_000 + b"--x--\r\n",
        headers=uploads.headers | {"content-type": "multipart/form-data; boundary=x"},
    )

    assert 400 <= answer.status_code < 500


async def test_case_15_a_name_without_end_is_refused(uploads: "Uploads") -> None:
    answer = await uploads.send(name="n" * 50_000)

    assert 400 <= answer.status_code < 500
    assert uploads.stored() == []
