import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction
from resume_review.database.models import ActivityLog
from resume_review.documents.painting import IsolatedPainter
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from resume_review.features.resume_upload.tests.conftest import Uploads

pytestmark = pytest.mark.integration


async def downloads(session: AsyncSession) -> int:
    statement = select(func.count(ActivityLog.id)).where(ActivityLog.action == ActivityAction.DOWNLOAD)
    return await session.scalar(statement) or 0


async def test_case_2_a_file_comes_back_as_an_attachment_that_no_browser_runs(
    uploads: "Uploads", sample: bytes, session: AsyncSession
) -> None:
    resume_id = (await uploads.sent(sample, "cv.pdf"))["id"]

    answer = await uploads.get(f"/{resume_id}/file")

    assert (answer.status_code, answer.content) == (200, sample)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith('attachment; filename="cv.pdf"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-length"] == str(len(sample))
    assert await downloads(session) == 1


async def test_case_15_a_name_cannot_add_a_header(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent(name='x"; filename="evil.html'))["id"]

    disposition = (await uploads.get(f"/{resume_id}/file")).headers["content-disposition"]

    assert (disposition.count('"'), disposition.count(";")) == (2, 2)
    assert disposition.isascii()


async def test_a_part_of_a_file_is_sent_when_asked_for(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent())["id"]

    answer = await uploads.get(f"/{resume_id}/file", range="bytes=2-9")

    assert (answer.status_code, answer.content) == (206, MARKDOWN.encode()[2:10])
    assert answer.headers["content-range"] == f"bytes 2-9/{len(MARKDOWN.encode())}"


async def test_a_range_of_another_version_sends_the_whole_file(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent())["id"]

    answer = await uploads.get(f"/{resume_id}/file", range="bytes=2-9", if_range='"another"')

    assert (answer.status_code, answer.content) == (200, MARKDOWN.encode())


async def test_a_range_behind_the_end_is_refused(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent())["id"]

    answer = await uploads.get(f"/{resume_id}/file", range="bytes=1000000-")

    assert (answer.status_code, answer.json()["code"]) == (416, "resumes.range")


async def test_a_file_that_is_known_is_not_sent_again(uploads: "Uploads", session: AsyncSession) -> None:
    resume_id = (await uploads.sent())["id"]
    etag = (await uploads.get(f"/{resume_id}/file")).headers["etag"]

    answer = await uploads.get(f"/{resume_id}/file", if_none_match=etag)

    assert (answer.status_code, answer.content) == (304, b"")
    assert await downloads(session) == 1


async def test_a_file_that_is_gone_is_said(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent())["id"]
    uploads.stored()[0].unlink()

    assert (await uploads.get(f"/{resume_id}/file")).json()["code"] == "storage.missing"


@pytest.mark.parametrize("width", [100, 640])
async def test_a_page_is_drawn_as_wide_as_asked(uploads: "Uploads", sample: bytes, width: int) -> None:
    resume_id = (await uploads.sent(sample, "cv.pdf"))["id"]

    answer = await uploads.get(f"/{resume_id}/pages/1.webp?width={width}")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (picture.format, picture.width) == ("WEBP", width)


async def test_a_page_that_is_known_is_not_drawn_again(uploads: "Uploads", sample: bytes) -> None:
    resume_id = (await uploads.sent(sample, "cv.pdf"))["id"]
    etag = (await uploads.get(f"/{resume_id}/pages/1.webp")).headers["etag"]

    answer = await uploads.get(f"/{resume_id}/pages/1.webp", if_none_match=etag)

    assert answer.status_code == 304
    assert "private" in answer.headers["cache-control"]


async def test_a_page_behind_the_last_is_not_there(uploads: "Uploads", sample: bytes) -> None:
    resume_id = (await uploads.sent(sample, "cv.pdf"))["id"]

    answer = await uploads.get(f"/{resume_id}/pages/9.webp")

    assert (answer.status_code, answer.json()["code"]) == (404, "resumes.no_page")


async def test_text_has_no_pages(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent())["id"]

    answer = await uploads.get(f"/{resume_id}/pages/1.webp")

    assert (answer.status_code, answer.json()["code"]) == (404, "resumes.no_pages")
    assert "no fixed pages" in answer.json()["detail"]


@pytest.mark.parametrize("query", ["width=99", "width=2001", "width=-1", "width=x"])
async def test_a_width_out_of_bounds_is_refused(uploads: "Uploads", sample: bytes, query: str) -> None:
    resume_id = (await uploads.sent(sample, "cv.pdf"))["id"]

    assert (await uploads.get(f"/{resume_id}/pages/1.webp?{query}")).status_code == 422


def pdf(width: float, height: float, content: bytes = b"") -> bytes:
    made, target = pikepdf.new(), io.BytesIO()
    page = made.add_blank_page(page_size=(width, height))
    page.obj["/Contents"] = pikepdf.Stream(made, content)
    made.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 broken", pdf(3, 14_000), b"", b"GIF89a" + bytes(20)],
    ids=["broken", "a strip", "nothing", "half a picture"],
)
def test_case_14_a_page_that_cannot_be_drawn_is_none(data: bytes) -> None:
    with IsolatedPainter() as painter:
        assert painter.paint(data, page=1, width=2000) is None


def test_case_10_a_page_that_takes_for_ever_is_given_up_and_the_next_one_drawn() -> None:
    endless = pdf(612, 792, b"q 1 w\n" + b"0 0 m 612 792 l 0 792 m 612 0 l S\n" * 3_000_000)

    with IsolatedPainter(seconds=0.2) as painter:
        painter.paint(pdf(612, 792), page=1, width=200)
        late = painter.paint(endless, page=1, width=2000)
        next_one = painter.paint(pdf(612, 792), page=1, width=200)

    assert late is None
    assert next_one is not None


async def test_case_31_files_and_pages_of_others_answer_like_unknown_ones(
    uploads: "Uploads", sample: bytes, session: AsyncSession
) -> None:
    resume_id = (await uploads.sent(sample, "cv.pdf"))["id"]
    junior = await uploads.junior()

    for path in ("file", "pages/1.webp", "events"):
        foreign = await uploads.call("GET", f"/{resume_id}/{path}", headers=junior)
        unknown = await uploads.call("GET", f"/{new_id()}/{path}", headers=junior)
        assert foreign.status_code == unknown.status_code == 404
        assert foreign.json()["detail"] == unknown.json()["detail"]
    assert await downloads(session) == 0


async def test_case_31_changes_by_others_answer_like_unknown_ones(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent())["id"]
    junior = await uploads.junior()

    for method, path in (("DELETE", ""), ("DELETE", "/cancel"), ("POST", "/retry")):
        foreign = await uploads.call(method, f"/{resume_id}{path}", headers=junior)
        unknown = await uploads.call(method, f"/{new_id()}{path}", headers=junior)
        assert foreign.status_code == unknown.status_code == 404
    assert (await uploads.get(f"/{resume_id}")).status_code == 200


async def test_a_docx_has_no_pages(uploads: "Uploads") -> None:
    sample = next(path for path in (_samples()).glob("*.docx")).read_bytes()
    assert zipfile.is_zipfile(io.BytesIO(sample))
    resume_id = (await uploads.sent(sample, "cv.docx"))["id"]

    assert (await uploads.get(f"/{resume_id}/pages/1.webp")).json()["code"] == "resumes.no_pages"


def _samples() -> Path:
    return Path(__file__).parents[4] / "samples"
