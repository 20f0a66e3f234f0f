"""A platform with something of everything, and another one to restore into."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.dump import Connection, libpq
from resume_review.database.embedded import EmbeddedPostgres
from resume_review.database.enums import ReviewRequestStatus
from resume_review.database.models import Candidate, Resume, ReviewRequest, User
from resume_review.database.session import Database, driver_connection
from resume_review.features.backup import Platform
from resume_review.features.resume_analysis import ANALYSE_JOB
from resume_review.features.stored_files import storage_key
from resume_review.infrastructure.queue import JobQueue
from resume_review.infrastructure.storage import FileStore
from resume_review.testing.factories import (
    make_assignment,
    make_candidate,
    make_feedback_item,
    make_refresh_token,
    make_resume,
    make_review_request,
    make_review_result,
    make_user,
)
from resume_review.testing.postgres import temporary_database

SECRET = b"5" * 64
CONTENT = b"%PDF-1.7 what Jane wrote \x00\xff"


@dataclass
class Held:
    """What the platform holds of one person."""

    user: User
    candidate: Candidate
    resume: Resume
    review: ReviewRequest


@dataclass
class Site:
    """A platform and where its parts are."""

    platform: Platform
    folder: Path
    database: Database

    @property
    def url(self) -> str:
        return self.platform.url

    def stored(self) -> dict[str, bytes]:
        """Every stored file."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    def notified(self) -> None:
        """Wait for whatever the database tells next, two seconds at most."""
        with connected(self.url) as connection:
            connection.execute("LISTEN resume_review_events")
            list(connection.notifies(timeout=2, stop_after=1))

    def rows(self, table: str) -> list[str]:
        """The rows of a table as text, in a fixed order."""
        with connected(self.url) as connection:
            query = sql.SQL("SELECT t::text FROM {} AS t ORDER BY 1").format(sql.Identifier(table))
            found = connection.execute(query).fetchall()
            return [str(row[0]) for row in found]


def connected(url: str) -> Connection:
    return psycopg.connect(libpq(url), autocommit=True)


def site(folder: Path, url: str) -> Site:
    files = folder / "files"
    platform = Platform(url=url, files=FileStore(files), secret_path=folder / "secret.key")
    return Site(platform, files, Database.connect(url, pool_size=1))


@pytest.fixture
async def old(tmp_path: Path, committed_database_url: str) -> AsyncIterator[Site]:
    """The platform that is backed up; empty but for its secret."""
    made = site(tmp_path / "old", committed_database_url)
    assert made.platform.secret_path is not None
    made.platform.secret_path.write_bytes(SECRET)
    yield made
    await made.database.dispose()


@pytest.fixture
async def new(tmp_path: Path, postgres_server: EmbeddedPostgres) -> AsyncIterator[Site]:
    """A platform on a machine where nothing is yet."""
    with temporary_database(postgres_server, template="template0") as url:
        made = site(tmp_path / "new", url)
        yield made
        await made.database.dispose()


@pytest.fixture
async def jane(old: Site) -> Held:
    return await hold(old, "Jane")


async def hold(site: Site, first_name: str, *, email: str | None = None, content: bytes = CONTENT) -> Held:
    """Somebody with a file, a finished review and one under way."""
    async with site.database.transaction() as session:
        user = make_user()
        candidate = make_candidate(user, first_name=first_name)
        candidate.email = email
        resume = make_resume(candidate, user, text=f"Tab\there, back\\slash, new\nline, {first_name} 佐藤")
        resume.file_hash = hashlib.sha256(content).hexdigest()
        resume.stored_filename = storage_key(resume.id)
        done = make_review_request(resume, user)
        done.status, done.completed_at = ReviewRequestStatus.COMPLETED, utc_now()
        result = make_review_result(done)
        working = make_review_request(resume, user)
        working.status, working.started_at = ReviewRequestStatus.PROCESSING, utc_now()
        working.attempt, working.attempt_token = 1, new_id()
        for row in (
            user,
            make_refresh_token(user),
            candidate,
            make_assignment(user, candidate),
            resume,
            done,
            result,
            make_feedback_item(result),
            working,
        ):
            session.add(row)
            await session.flush()
        await _start(session, working)
    await site.platform.files.put(resume.stored_filename, content)
    return Held(user, candidate, resume, working)


async def _start(session: AsyncSession, review: ReviewRequest) -> None:
    """The job of a review as a worker holds it."""
    connection = await driver_connection(session)
    await JobQueue().enqueue(connection, ANALYSE_JOB, subject=review.id)
    await connection.execute("""
        WITH worker AS (INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id)
        UPDATE procrastinate_jobs SET status = 'doing', attempts = 2, worker_id = worker.id FROM worker
    """)
