"""Uploads before a real scanner; case numbers are those of the list of abuse cases, ASVS 5.4.3 asks for the scan."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.addresses import SocketAddress
from resume_review.core.settings import load_settings
from resume_review.database.enums import ActivityAction
from resume_review.database.models import ActivityLog, Resume
from resume_review.database.session import Database
from resume_review.database.startup import OpenDatabase
from resume_review.features.resume_upload.tasks import ScanStored
from resume_review.infrastructure.scanning import ClamdScanner, NullScanner, ScannerError
from resume_review.main import create_app, running_on
from resume_review.testing.clamd import SIGNATURE, ClamdServer, infected
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from resume_review.features.resume_upload.tests.conftest import Uploads

pytestmark = pytest.mark.integration

CLEAN = MARKDOWN.encode()


def use(app: FastAPI, server: ClamdServer) -> None:
    """As if the setting had named the server."""
    app.state.scanner = ClamdScanner(SocketAddress.parse(server.address))


async def logged(session: AsyncSession, action: ActivityAction) -> list[dict[str, Any] | None]:
    statement = select(ActivityLog.new_values).where(ActivityLog.action == action)
    return list(await session.scalars(statement))


def stored_scan(app: FastAPI) -> ScanStored:
    return ScanStored(app.state.database, app.state.scanner, app.state.file_store)


@pytest.fixture
async def scanned(shared_clamd: ClamdServer, uploads: "Uploads") -> "Uploads":
    use(uploads.app, shared_clamd)
    return uploads


async def test_a_clean_file_is_kept_as_clean(scanned: "Uploads") -> None:
    assert (await scanned.sent(CLEAN))["scan_status"] == "clean"


async def test_an_infected_file_leaves_nothing_but_an_entry_in_the_log(
    scanned: "Uploads", session: AsyncSession
) -> None:
    refused = await scanned.send(infected(MARKDOWN), "cv.md")

    assert (refused.status_code, refused.json()["code"]) == (422, "resumes.infected")
    assert scanned.stored() == []
    assert (await session.scalars(select(Resume.id))).all() == []
    [entry] = await logged(session, ActivityAction.REJECT_UPLOAD)
    assert entry is not None
    assert (entry["signature"], entry["status"]) == (f"{SIGNATURE}.UNOFFICIAL", "infected")


async def test_a_file_is_scanned_before_anything_reads_it(scanned: "Uploads") -> None:
    refused = await scanned.send(infected("MZ"), "cv.pdf")

    assert refused.json()["code"] == "resumes.infected"


async def test_without_a_verdict_a_file_is_refused_and_later_taken(
    own_clamd: ClamdServer, uploads: "Uploads", session: AsyncSession
) -> None:
    use(uploads.app, own_clamd)
    own_clamd.stop()
    refused = await uploads.send(CLEAN)
    kept = (uploads.stored(), (await session.scalars(select(Resume.id))).all())
    own_clamd.start()
    taken = await uploads.send(CLEAN)

    assert (refused.status_code, refused.json()["code"]) == (503, "scanner.unavailable")
    assert "virus scanner" in refused.json()["detail"]
    assert kept == ([], [])
    assert taken.status_code == 201


async def test_what_was_stored_without_a_scanner_is_scanned_once_there_is_one(
    uploads: "Uploads", shared_clamd: ClamdServer, session: AsyncSession
) -> None:
    clean, bad = await uploads.sent(CLEAN), await uploads.sent(infected(MARKDOWN), "bad.md")
    again = await uploads.sent(infected(MARKDOWN), "again.md")
    use(uploads.app, shared_clamd)

    await stored_scan(uploads.app).run()

    states = [(await uploads.get(f"/{body['id']}")).json()["scan_status"] for body in (clean, bad, again)]
    assert states == ["clean", "infected", "infected"]
    found = [
        entry for entry in await logged(session, ActivityAction.UPDATE) if entry and "signature" in entry
    ]
    assert [entry["signature"] for entry in found] == [f"{SIGNATURE}.UNOFFICIAL"] * 2


@pytest.mark.parametrize("path", ["/file", "/file/link", "/pages/1.webp"])
async def test_a_file_that_was_found_infected_is_not_given_out(
    uploads: "Uploads", shared_clamd: ClamdServer, path: str
) -> None:
    bad = await uploads.sent(infected(MARKDOWN), "bad.md")
    use(uploads.app, shared_clamd)
    await stored_scan(uploads.app).run()

    refused = await uploads.get(f"/{bad['id']}{path}")

    assert (refused.status_code, refused.json()["code"]) == (403, "resumes.quarantined")


async def test_no_scanner_scans_nothing(uploads: "Uploads") -> None:
    body = await uploads.sent(CLEAN)

    await ScanStored(uploads.app.state.database, NullScanner(), uploads.app.state.file_store).run()

    assert (await uploads.get(f"/{body['id']}")).json()["scan_status"] == "not_scanned"


async def test_a_stored_file_keeps_its_state_while_the_scanner_is_away(
    uploads: "Uploads", own_clamd: ClamdServer
) -> None:
    body = await uploads.sent(CLEAN)
    use(uploads.app, own_clamd)
    own_clamd.stop()

    with pytest.raises(ScannerError):
        await stored_scan(uploads.app).run()

    assert (await uploads.get(f"/{body['id']}")).json()["scan_status"] == "not_scanned"


async def test_readiness_shows_a_scanner_that_answers_and_one_that_is_gone(
    own_clamd: ClamdServer, tmp_path: Path, database: Database
) -> None:
    settings = load_settings(data_dir=tmp_path, workers=0, clamd=own_clamd.address, scan_required=True)
    app = create_app(settings)
    transport = httpx2.ASGITransport(app=app)
    async with (
        running_on(app, OpenDatabase(database, conninfo="")),
        httpx2.AsyncClient(transport=transport, base_url="http://test") as client,
    ):
        before = (await client.get("/health/ready")).json()
        own_clamd.stop()
        after = await client.get("/health/ready")

    assert before["parts"]["scanner"]["state"] == "ok"
    assert after.json()["parts"]["scanner"]["state"] == "failed"
    assert "uploads are refused" in after.json()["parts"]["scanner"]["reason"]
    assert after.status_code == 200
