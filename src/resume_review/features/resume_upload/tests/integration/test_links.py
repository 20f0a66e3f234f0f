"""Case 36 of the list of abuse cases: links to files are short-lived, owner-bound and revoked by deletion."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, UserRole
from resume_review.database.models import ActivityLog, User
from resume_review.features.resume_upload.links import LINK_LIFETIME
from resume_review.infrastructure.storage import FileStore, Keyring, open_place
from resume_review.testing.api import ADMIN
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from resume_review.features.resume_upload.tests.conftest import Uploads

pytestmark = pytest.mark.integration

CONTENT = MARKDOWN.encode()


async def linked(uploads: "Uploads") -> tuple[dict[str, Any], str]:
    """An uploaded resume and a link to its file."""
    resume = await uploads.sent(CONTENT)
    link = (await uploads.get(f"/{resume['id']}/file/link")).raise_for_status().json()
    return resume, link["url"]


async def opened(uploads: "Uploads", url: str, **headers: str) -> httpx2.Response:
    """What somebody without a sign-in gets."""
    transport = httpx2.ASGITransport(app=uploads.app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as stranger:
        return await stranger.get(url, headers=headers)


async def test_36_a_link_downloads_the_file_as_an_attachment_without_a_sign_in(uploads: "Uploads") -> None:
    _, url = await linked(uploads)

    answer = await opened(uploads, url)

    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-disposition"].startswith('attachment; filename="resume.md"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"


async def test_36_a_link_says_when_it_ends_and_names_no_host(uploads: "Uploads") -> None:
    resume = await uploads.sent(CONTENT)
    before = utc_now()

    answer = await uploads.get(f"/{resume['id']}/file/link", host="evil.example")

    link = answer.json()
    assert str(link["url"]).startswith("/api/v1/resume_upload/")
    lasts = (datetime.fromisoformat(link["expires_at"]) - before).total_seconds()
    assert 0 < lasts <= LINK_LIFETIME.total_seconds() + 5


async def test_36_a_part_of_the_file_can_be_asked_for(uploads: "Uploads") -> None:
    _, url = await linked(uploads)

    answer = await opened(uploads, url, range="bytes=2-5")

    assert (answer.status_code, answer.content) == (206, CONTENT[2:6])


async def test_36_every_use_is_logged_in_the_name_of_its_maker(
    uploads: "Uploads", session: AsyncSession
) -> None:
    _, url = await linked(uploads)
    await opened(uploads, url)
    await opened(uploads, url)

    statement = select(ActivityLog).where(ActivityLog.action == ActivityAction.DOWNLOAD)
    entries = (await session.scalars(statement)).all()
    maker = await session.scalar(select(User.id).where(User.email == ADMIN))
    assert [(entry.user_id, entry.new_values) for entry in entries] == [
        (maker, {"sha256": hashlib.sha256(CONTENT).hexdigest(), "by_link": True})
    ] * 2


async def test_36_a_link_dies_with_the_resume(uploads: "Uploads") -> None:
    resume, url = await linked(uploads)
    await uploads.call("DELETE", f"/{resume['id']}")

    answer = await opened(uploads, url)

    assert (answer.status_code, answer.json()["code"]) == (404, "resumes.link_expired")


async def test_36_a_link_dies_with_the_erasure_of_the_candidate(uploads: "Uploads") -> None:
    _, url = await linked(uploads)
    erased = await uploads.api.request(
        "DELETE",
        f"/candidates/{uploads.candidate_id}",
        json={"confirm": "Jane Doe"},
        headers=uploads.headers,
    )

    answer = await opened(uploads, url)

    assert erased.status_code < 300, erased.text
    assert answer.status_code == 404


async def test_36_a_link_dies_with_its_makers_account(uploads: "Uploads", session: AsyncSession) -> None:
    _, url = await linked(uploads)
    await session.execute(update(User).where(User.email == ADMIN).values(is_active=False))

    assert (await opened(uploads, url)).status_code == 404


async def test_36_a_link_to_one_resume_opens_no_other(uploads: "Uploads") -> None:
    first, url = await linked(uploads)
    other = await uploads.sent(CONTENT + b" ", "other.md")

    answer = await opened(uploads, url.replace(first["id"], other["id"]))

    assert answer.status_code == 404


async def test_36_nobody_gets_a_link_to_what_they_may_not_see(uploads: "Uploads") -> None:
    resume = await uploads.sent(CONTENT)
    junior = await uploads.junior()

    refused = await uploads.call("GET", f"/{resume['id']}/file/link", headers=junior)

    assert (refused.status_code, refused.json()["code"]) == (404, "resumes.not_found")


async def test_36_a_link_opens_no_more_than_its_maker_may_see_now(
    uploads: "Uploads", session: AsyncSession
) -> None:
    _, url = await linked(uploads)
    maker = await session.scalar(select(User.id).where(User.email == ADMIN))
    path = f"/candidates/{uploads.candidate_id}/assign/{maker}?reason=moved"
    taken = await uploads.api.request("DELETE", path, headers=uploads.headers)
    assert taken.status_code < 300, taken.text
    # An administrator sees every candidate; anybody else only those assigned to them.
    allowed = await opened(uploads, url)
    await session.execute(update(User).where(User.email == ADMIN).values(role=UserRole.JUNIOR_RECRUITER))

    answer = await opened(uploads, url)

    assert (allowed.status_code, answer.status_code) == (200, 404)


@pytest.mark.parametrize("token", ["", "?token=", "?token=abc", "?token=%00", "?token=" + "A" * 75])
async def test_36_a_guessed_link_opens_nothing(uploads: "Uploads", token: str) -> None:
    resume = await uploads.sent(CONTENT)

    answer = await opened(uploads, f"/api/v1/resume_upload/{resume['id']}/file/open{token}")

    assert (answer.status_code, answer.json()["code"]) == (404, "resumes.link_expired")


async def test_36_a_bucket_gives_out_the_file_itself_and_not_once_the_resume_is_gone(
    uploads: "Uploads", bucket_url: str
) -> None:
    uploads.app.state.file_store = FileStore(open_place(bucket_url))
    resume, url = await linked(uploads)

    sent_on = await opened(uploads, url)
    async with httpx2.AsyncClient() as browser:
        file = await browser.get(sent_on.headers["location"])
    await uploads.call("DELETE", f"/{resume['id']}")
    later = await opened(uploads, url)

    assert (sent_on.status_code, later.status_code) == (307, 404)
    assert (file.status_code, file.content) == (200, CONTENT)
    assert file.headers["content-disposition"].startswith('attachment; filename="resume.md"')


async def test_sealed_files_are_uploaded_downloaded_and_linked_like_plain_ones(
    uploads: "Uploads", tmp_path: Path
) -> None:
    folder = tmp_path / "sealed"
    uploads.app.state.file_store = FileStore(open_place(folder.as_uri()), Keyring([bytes(32)]))
    resume, url = await linked(uploads)

    direct = await uploads.get(f"/{resume['id']}/file")
    stored = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]

    assert (direct.content, (await opened(uploads, url)).content) == (CONTENT, CONTENT)
    assert all(b"Jane" not in data for data in stored)


async def test_a_stored_file_that_was_changed_is_not_given_out_as_whole(uploads: "Uploads") -> None:
    resume = await uploads.sent(CONTENT)
    [path] = uploads.stored()
    path.write_bytes(CONTENT[:-1] + b"?")

    answer = await uploads.get(f"/{resume['id']}/file")

    # The answer breaks off before its end, which any client notices by the length it was promised.
    assert len(answer.content) < int(answer.headers["content-length"])
