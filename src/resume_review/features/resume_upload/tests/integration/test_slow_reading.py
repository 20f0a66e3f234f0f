import asyncio
import io
import threading
import uuid
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.models import Resume, ResumeSection
from resume_review.documents import Document, read_document
from resume_review.documents.isolation import CallOff, IsolatedReader
from resume_review.features.resume_upload import PatientReader
from resume_review.features.resume_upload.tasks import ReadResume
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from resume_review.features.resume_upload.tests.conftest import Uploads

pytestmark = pytest.mark.integration

JOBS = "SELECT task_name, args ->> 'subject' FROM procrastinate_jobs WHERE status = 'todo'"


async def test_a_file_that_takes_long_is_kept_and_left_to_a_job(
    uploads: "Uploads", session: AsyncSession
) -> None:
    body = await uploads.sent_slowly()

    connection = await session.connection()
    jobs = (await connection.exec_driver_sql(JOBS)).all()
    assert (body["status"], body["extracted_text"], body["version_number"]) == ("processing", None, 1)
    assert ("resume_upload.read", body["id"]) in [tuple(job) for job in jobs]
    assert [path.read_bytes() for path in uploads.stored()] == [MARKDOWN.encode()]


async def test_the_job_finishes_what_the_upload_began(uploads: "Uploads", session: AsyncSession) -> None:
    resume_id = (await uploads.sent_slowly())["id"]

    await uploads.reading.run(uuid.UUID(resume_id))

    body = (await uploads.get(f"/{resume_id}")).json()
    sections = (await session.scalars(select(ResumeSection.section_type))).all()
    assert (body["status"], body["progress"], body["mime_type"]) == ("completed", 100, "text/markdown")
    assert "Northbridge Partners" in body["extracted_text"]
    assert len(sections) == len(set(sections)) > 3


async def test_a_second_run_of_the_job_changes_nothing(uploads: "Uploads", session: AsyncSession) -> None:
    resume_id = uuid.UUID((await uploads.sent_slowly())["id"])
    await uploads.reading.run(resume_id)

    await uploads.reading.run(resume_id)

    assert await session.scalar(select(Resume.attempt).where(Resume.id == resume_id)) == 1


async def test_a_document_is_not_there_before_it_was_read(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent_slowly())["id"]

    answer = await uploads.get(f"/{resume_id}/document")

    assert (answer.status_code, answer.json()["code"]) == (409, "resumes.not_read")


async def test_a_slow_file_that_cannot_be_read_says_why(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent_slowly(b"%PDF-1.7 broken", "cv.pdf"))["id"]

    await uploads.reading.run(uuid.UUID(resume_id))

    body = (await uploads.get(f"/{resume_id}")).json()
    assert (body["status"], body["error_code"]) == ("error", "resumes.unreadable")
    assert len(body["error_message"]) > 20


async def test_a_missing_file_ends_the_reading(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent_slowly())["id"]
    uploads.stored()[0].unlink()

    await uploads.reading.run(uuid.UUID(resume_id))

    assert (await uploads.get(f"/{resume_id}")).json()["error_code"] == "storage.missing"


async def test_case_50_a_cancelled_reading_stores_nothing_and_can_be_retried(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent_slowly())["id"]

    cancelled = [await uploads.call("DELETE", f"/{resume_id}/cancel") for _ in range(2)]
    await uploads.reading.run(uuid.UUID(resume_id))
    stopped = (await uploads.get(f"/{resume_id}")).json()
    retried = await uploads.call("POST", f"/{resume_id}/retry")
    await uploads.reading.run(uuid.UUID(resume_id))

    assert [answer.status_code for answer in cancelled] == [200, 200]
    assert (stopped["status"], stopped["extracted_text"]) == ("cancelled", None)
    assert retried.status_code == 202
    assert (await uploads.get(f"/{resume_id}")).json()["status"] == "completed"


async def test_case_50_a_reading_cancelled_while_it_runs_stores_nothing(uploads: "Uploads") -> None:
    resume_id = uuid.UUID((await uploads.sent_slowly())["id"])
    held = HeldReader()
    reader = PatientReader(held, children=1)
    job = ReadResume(uploads.app.state.database, reader, uploads.app.state.file_store)
    running = asyncio.create_task(job.run(resume_id))
    await asyncio.to_thread(held.asked.wait)

    await uploads.call("DELETE", f"/{resume_id}/cancel")
    held.go_on.set()
    await running
    await reader.close()

    body = (await uploads.get(f"/{resume_id}")).json()
    assert (body["status"], body["extracted_text"]) == ("cancelled", None)


async def test_a_job_that_is_cancelled_ends_the_child_that_reads() -> None:
    held = HeldReader()
    reader = PatientReader(held, children=1)
    running = asyncio.create_task(reader.read(b"data", "cv.txt"))
    await asyncio.to_thread(held.asked.wait)

    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert held.call_off is not None
    assert held.call_off.called
    held.go_on.set()
    await reader.close()


class HeldReader:
    """Reads like the real one, but only once it is told to."""

    def __init__(self) -> None:
        self.asked, self.go_on = threading.Event(), threading.Event()
        self.call_off: CallOff | None = None

    def read(self, data: bytes, filename: str, *, call_off: CallOff | None = None) -> Document:
        self.call_off = call_off
        self.asked.set()
        self.go_on.wait()
        return read_document(data, filename)

    def close(self) -> None:
        self.go_on.set()


@pytest.mark.slow
async def test_a_scan_is_recognised_by_the_job(uploads: "Uploads", sample: bytes) -> None:
    hurried = PatientReader(IsolatedReader(), children=1, patience=0.3)
    before, uploads.app.state.document_reader = uploads.app.state.document_reader, hurried
    accepted = await uploads.sent(scan_of(sample), "scan.png")
    await hurried.close()
    uploads.app.state.document_reader = before

    await uploads.reading.run(uuid.UUID(accepted["id"]))

    body = (await uploads.get(f"/{accepted['id']}")).json()
    assert (accepted["status"], body["status"]) == ("processing", "completed")
    assert [warning["kind"] for warning in body["warnings"]] == ["scan"]
    assert body["word_count"] > 50


@pytest.mark.slow
async def test_nobody_waits_longer_than_the_first_client_does(uploads: "Uploads") -> None:
    accepted = await uploads.sent(noise(), "scan.pdf")

    await uploads.reading.run(uuid.UUID(accepted["id"]))

    body = (await uploads.get(f"/{accepted['id']}")).json()
    assert (accepted["status"], body["status"]) == ("processing", "error")
    assert len(body["error_message"]) > 20


def noise() -> bytes:
    """Four scans without a word in them: more work for the recogniser than anybody waits for."""
    target = io.BytesIO()
    first, *others = (Image.effect_noise((2000, 2800), 120) for _ in range(4))
    first.save(target, "PDF", save_all=True, append_images=others, quality=40)
    return target.getvalue()


def scan_of(pdf: bytes) -> bytes:
    """The first page as a picture, as a scanner would send it."""
    target = io.BytesIO()
    file: Any = pypdfium2.PdfDocument(pdf)
    with file:
        file[0].render(scale=2.5).to_pil().convert("L").save(target, "PNG")
    return target.getvalue()


async def test_case_50_what_was_read_is_neither_cancelled_nor_retried(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent())["id"]

    cancelled = await uploads.call("DELETE", f"/{resume_id}/cancel")
    retried = await uploads.call("POST", f"/{resume_id}/retry")

    assert (cancelled.status_code, cancelled.json()["code"]) == (409, "resumes.not_being_read")
    assert (retried.status_code, retried.json()["code"]) == (409, "resumes.not_retryable")


async def test_case_50_a_deleted_resume_is_not_brought_back_by_its_job(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent_slowly())["id"]

    await uploads.call("DELETE", f"/{resume_id}")
    await uploads.reading.run(uuid.UUID(resume_id))

    assert (await uploads.get(f"/{resume_id}")).status_code == 404


async def test_case_52_a_reading_that_is_given_up_says_so(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent_slowly())["id"]

    await uploads.reading.give_up(uuid.UUID(resume_id), "Its worker died every time.")

    body = (await uploads.get(f"/{resume_id}")).json()
    assert (body["status"], body["error_code"]) == ("error", "resumes.gave_up")
    assert "Its worker died" in body["error_message"]


async def test_the_sweep_finds_resumes_that_wait_for_long(uploads: "Uploads", session: AsyncSession) -> None:
    resume_id = uuid.UUID((await uploads.sent_slowly())["id"])
    await uploads.sent()
    uploaded = await session.scalar(select(Resume.uploaded_at).where(Resume.id == resume_id))
    assert uploaded is not None

    assert await uploads.reading.unfinished(uploaded) == []
    assert await uploads.reading.unfinished(uploaded.replace(year=uploaded.year + 1)) == [resume_id]
