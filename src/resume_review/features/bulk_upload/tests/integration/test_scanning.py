"""Bulk uploads before a real scanner."""

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.addresses import SocketAddress
from resume_review.database.enums import ActivityAction
from resume_review.database.models import ActivityLog, UploadBatch
from resume_review.infrastructure.scanning import ClamdScanner
from resume_review.testing.clamd import SIGNATURE, ClamdServer, infected

if TYPE_CHECKING:
    from resume_review.features.bulk_upload.tests.conftest import Pile

pytestmark = pytest.mark.integration


async def test_each_file_has_its_own_verdict_and_infected_ones_are_not_stored(
    pile: "Pile", shared_clamd: ClamdServer, session: AsyncSession
) -> None:
    pile.app.state.scanner = ClamdScanner(SocketAddress.parse(shared_clamd.address))
    inside_a_zip = ("zip.zip", pile.zipped(("in-a-zip.md", infected("zipped"))))

    batch = await pile.sent([pile.resume("Jane Doe"), ("bad.md", infected("bad")), inside_a_zip])

    outcomes = [(item["status"], item["code"], item["can_retry"]) for item in batch["items"]]
    assert outcomes == [
        ("pending", None, False),
        ("error", "resumes.infected", False),
        ("error", "resumes.infected", False),
    ]
    assert len(pile.stored()) == 1
    logged = await session.scalars(
        select(ActivityLog.new_values).where(ActivityLog.action == ActivityAction.REJECT_UPLOAD)
    )
    assert [entry and entry["signature"] for entry in logged] == [f"{SIGNATURE}.UNOFFICIAL"] * 2


async def test_a_file_that_is_attached_keeps_its_verdict(pile: "Pile", shared_clamd: ClamdServer) -> None:
    pile.app.state.scanner = ClamdScanner(SocketAddress.parse(shared_clamd.address))
    await pile.register("Jane", "Doe", email="jane@agency.example")

    batch = await pile.read([pile.resume("Jane Doe", "jane@agency.example")], auto="true")

    resume_id = batch["items"][0]["resume_id"]
    shown = await pile.api.get(f"/resume_upload/{resume_id}", headers=pile.headers)
    assert shown.json()["scan_status"] == "clean"


async def test_a_bulk_upload_without_verdicts_is_refused_as_a_whole(
    pile: "Pile", own_clamd: ClamdServer, session: AsyncSession
) -> None:
    pile.app.state.scanner = ClamdScanner(SocketAddress.parse(own_clamd.address))
    own_clamd.stop()

    refused = await pile.send([pile.resume("Jane Doe"), pile.resume("Mei Tanaka")])

    assert (refused.status_code, refused.json()["code"]) == (503, "scanner.unavailable")
    assert pile.stored() == []
    assert await session.scalar(select(func.count()).select_from(UploadBatch)) == 0
