"""Work that was under way when the backup was made is finished where it is restored."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from resume_review.core.settings import load_settings
from resume_review.database.enums import ReviewRequestStatus
from resume_review.database.models import Resume, ReviewRequest, ReviewResult
from resume_review.documents import read_document
from resume_review.features.backup import back_up, restore
from resume_review.features.backup.tests.conftest import Held, Site
from resume_review.features.resume_upload.versions import read_values
from resume_review.testing.resumes import MARKDOWN
from resume_review.worker import create_worker

pytestmark = pytest.mark.integration

PATIENCE_SECONDS = 60


async def ended(site: Site, held: Held) -> ReviewRequestStatus:
    """What becomes of the review."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with site.database.reading() as session:
                found = await session.scalar(
                    sa.select(ReviewRequest.status).where(ReviewRequest.id == held.review.id)
                )
            if found is not ReviewRequestStatus.PROCESSING and found is not ReviewRequestStatus.PENDING:
                assert found is not None
                return found
            await asyncio.to_thread(site.notified)


async def test_review_that_was_being_done_is_done(old: Site, new: Site, jane: Held, tmp_path: Path) -> None:
    document = read_document(MARKDOWN.encode(), "cv.md")
    async with old.database.transaction() as session:
        await session.execute(
            sa.update(Resume).where(Resume.id == jane.resume.id).values(**read_values(document))
        )
    path, _ = await back_up(old.platform, tmp_path)
    await restore(new.platform, path, replace=False)
    settings = load_settings(
        data_dir=tmp_path / "new", database_url=new.url.replace("+psycopg", ""), workers=1
    )

    async with create_worker(settings) as worker, worker.running():
        status = await ended(new, jane)

    assert status is ReviewRequestStatus.COMPLETED
    async with new.database.reading() as session:
        query = sa.select(ReviewResult.overall_score).where(ReviewResult.review_request_id == jane.review.id)
        assert await session.scalar(query) is not None
