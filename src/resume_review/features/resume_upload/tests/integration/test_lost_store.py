"""Uploads and downloads while the file store is away; case 53 of the list of abuse cases."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx2
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.models import Resume
from resume_review.infrastructure.storage import FileStore, open_place
from resume_review.testing.buckets import BucketServer
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from resume_review.features.resume_upload.tests.conftest import Uploads

pytestmark = pytest.mark.integration


@pytest.fixture
def own_bucket_server(bucket_server: BucketServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[BucketServer]:
    """A server that the test may stop; the fixture of the shared one sets the credentials."""
    server = BucketServer()
    try:
        server.start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", server.endpoint)
        yield server
    finally:
        server.stop()


async def test_53_nothing_is_accepted_and_nothing_invented_while_the_bucket_is_away(
    uploads: "Uploads", own_bucket_server: BucketServer, session: AsyncSession
) -> None:
    url = f"s3://{own_bucket_server.new_bucket()}/files"
    uploads.app.state.file_store = FileStore(open_place(url, patience_seconds=1))
    resume = await uploads.sent(MARKDOWN.encode())
    own_bucket_server.stop()

    refused = await uploads.send(MARKDOWN.encode() + b"\n", "second.md")
    missed = await uploads.get(f"/{resume['id']}/file")
    transport = httpx2.ASGITransport(app=uploads.app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        ready = await client.get("/health/ready")

    assert (refused.status_code, refused.json()["code"]) == (503, "storage.unavailable")
    assert (missed.status_code, missed.json()["code"]) == (503, "storage.unavailable")
    assert await session.scalar(select(func.count()).select_from(Resume)) == 1
    assert ready.status_code == 503
    assert ready.json()["parts"]["storage"]["reason"] == "Files cannot be stored: it does not answer."
