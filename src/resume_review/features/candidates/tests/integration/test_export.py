import io
import json
import zipfile
from typing import Any, Protocol

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import ActivityAction
from resume_review.database.models import ActivityLog, Resume, User
from resume_review.infrastructure.storage import FileStore
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration


class Desk(Protocol):
    user: User

    async def create(self, **fields: Any) -> dict[str, Any]: ...
    async def call(self, method: str, path: str, **content: Any) -> Any: ...


async def uploaded(desk: Desk) -> str:
    jane = await desk.create(email="jane@example.com")
    path = f"/resume_upload/candidates/{jane['id']}/resumes"
    resume = await desk.call("POST", path, files={"file": ("../../cv.md", MARKDOWN.encode())})
    await desk.call(
        "POST",
        f"/analysis/resumes/{resume.raise_for_status().json()['id']}/analyze",
        json={"industry": "ma_finance"},
    )
    return jane["id"]


async def export(desk: Desk, candidate_id: str) -> zipfile.ZipFile:
    answer = await desk.call("GET", f"/candidates/{candidate_id}/export")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


async def test_an_export_holds_the_rows_and_the_files(junior: Desk) -> None:
    candidate_id = await uploaded(junior)

    archive = await export(junior, candidate_id)

    held = {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}
    assert archive.testzip() is None
    assert held["candidates.json"][0]["email"] == "jane@example.com"
    assert held["resumes.json"][0]["document"]["text"]
    assert held["resume_sections.json"]
    assert held["review_requests.json"][0]["target_industry"] == "ma_finance"
    assert held["user_candidate_assignments.json"][0]["user_id"] == str(junior.user.id)
    assert {entry["action"] for entry in held["activity.json"]} >= {"create", "export"}
    assert archive.read("files/resumes-1.md") == MARKDOWN.encode()


async def test_nothing_internal_leaves(junior: Desk) -> None:
    archive = await export(junior, await uploaded(junior))

    text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".json"))
    for name in ("search_grams", "stored_filename", "attempt_token", "ip_address", "password"):
        assert f'"{name}"' not in text


async def test_names_in_the_archive_are_safe(junior: Desk) -> None:
    archive = await export(junior, await uploaded(junior))

    assert all(".." not in name and not name.startswith("/") for name in archive.namelist())


async def test_a_lost_file_is_named_instead(junior: Desk, session: AsyncSession, app: FastAPI) -> None:
    candidate_id = await uploaded(junior)
    files: FileStore = app.state.file_store
    await files.delete(await session.scalar(sa.select(Resume.stored_filename)) or "")

    archive = await export(junior, candidate_id)

    assert "files/resumes-1.md.missing.txt" in archive.namelist()


async def test_an_export_is_logged(junior: Desk, session: AsyncSession) -> None:
    jane = await junior.create()

    await export(junior, jane["id"])

    statement = sa.select(ActivityLog.user_id).where(ActivityLog.action == ActivityAction.EXPORT)
    assert (await session.scalars(statement)).all() == [junior.user.id]


async def test_case_33_an_export_holds_one_candidate_only(junior: Desk) -> None:
    await junior.create(first_name="Another", email="another@example.com")

    archive = await export(junior, await uploaded(junior))

    assert len(json.loads(archive.read("candidates.json"))) == 1
    assert all(b"another@example.com" not in archive.read(name) for name in archive.namelist())
