from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.core.settings import Settings
from resume_review.database.enums import ActivityAction
from resume_review.database.models import ActivityLog, Resume
from resume_review.testing.api import People
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration


@pytest.fixture
async def headers(people: People) -> dict[str, str]:
    return await people.headers()


@pytest.fixture
async def candidate_id(api: httpx2.AsyncClient, headers: dict[str, str]) -> str:
    created = await api.post("/candidates", json={"first_name": "Jane", "last_name": "Doe"}, headers=headers)
    return created.json()["candidate"]["id"]


async def upload(
    api: httpx2.AsyncClient,
    candidate_id: str,
    headers: dict[str, str],
    *,
    data: bytes = MARKDOWN.encode(),
    name: str = "resume.md",
) -> httpx2.Response:
    return await api.post(
        f"/resume_upload/candidates/{candidate_id}/resumes", files={"file": (name, data)}, headers=headers
    )


def stored_files(settings: Settings) -> list[Path]:
    return [path for path in settings.files_dir.rglob("*") if path.is_file()]


async def test_an_upload_is_read_and_stored(
    api: httpx2.AsyncClient, candidate_id: str, headers: dict[str, str], settings: Settings
) -> None:
    response = await upload(api, candidate_id, headers)

    body: dict[str, Any] = response.json()
    assert response.status_code == 201
    assert (body["status"], body["progress"], body["version_number"]) == ("completed", 100, 1)
    assert body["filename"] == "resume.md"
    assert "Northbridge Partners" in body["extracted_text"]
    assert body["scan_status"] == "not_scanned"
    assert [path.read_bytes() for path in stored_files(settings)] == [MARKDOWN.encode()]


async def test_the_next_upload_is_the_next_version(
    api: httpx2.AsyncClient, candidate_id: str, headers: dict[str, str]
) -> None:
    versions = [(await upload(api, candidate_id, headers)).json()["version_number"] for _ in range(3)]

    assert versions == [1, 2, 3]


async def test_what_was_read_can_be_looked_at(
    api: httpx2.AsyncClient, candidate_id: str, headers: dict[str, str]
) -> None:
    resume_id = (await upload(api, candidate_id, headers)).json()["id"]

    document = (await api.get(f"/resume_upload/{resume_id}/document", headers=headers)).json()

    assert document["schema"] == "document/1"
    assert document["fields"]["name"]["value"] == "Jane Doe"
    assert {section["type"] for section in document["sections"]} >= {"experience", "education", "skills"}


async def test_the_status_is_the_resume(
    api: httpx2.AsyncClient, candidate_id: str, headers: dict[str, str]
) -> None:
    resume_id = (await upload(api, candidate_id, headers)).json()["id"]

    answers = [
        (await api.get(path, headers=headers)).json()
        for path in (f"/resume_upload/{resume_id}", f"/resume_upload/{resume_id}/status")
    ]

    assert answers[0] == answers[1]
    assert answers[0]["id"] == resume_id


@pytest.mark.parametrize(
    ("data", "name", "status", "code"),
    [
        (b"MZ\x90\x00" + b"\x00" * 500, "resume.pdf", 415, "resumes.unsupported"),
        (b"PK\x03\x04" + b"\x00" * 50, "resume.docx", 422, "resumes.unreadable"),
        (b"", "resume.pdf", 422, "resumes.unreadable"),
        (b"%PDF-1.7 broken", "resume.pdf", 422, "resumes.unreadable"),
        (b"Too short.", "resume.txt", 422, "resumes.unreadable"),
        (b"x" * 1_000_001, "resume.txt", 413, "resumes.too_large"),
    ],
    ids=["program", "damaged zip", "empty", "damaged PDF", "near-empty", "too large"],
)
@pytest.mark.parametrize("settings", [{"max_upload_mb": 1}], indirect=True)
async def test_a_refused_file_leaves_nothing_but_a_log_entry(
    api: httpx2.AsyncClient,
    candidate_id: str,
    headers: dict[str, str],
    settings: Settings,
    session: AsyncSession,
    data: bytes,
    name: str,
    status: int,
    code: str,
) -> None:
    response = await upload(api, candidate_id, headers, data=data, name=name)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert len(response.json()["detail"]) > 20
    assert not stored_files(settings)
    assert await session.scalar(select(func.count(Resume.id))) == 0


async def test_a_refusal_is_in_the_audit_log(
    api: httpx2.AsyncClient, candidate_id: str, headers: dict[str, str], session: AsyncSession
) -> None:
    await upload(api, candidate_id, headers, data=b"MZ\x90\x00" + b"\x00" * 500)

    assert ActivityAction.REJECT_UPLOAD in (await session.scalars(select(ActivityLog.action))).all()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.md", "passwd.md"),
        ("C:\\temp\\cv.md", "cv.md"),
        ("a\u202eb\u200fc.md", "abc.md"),
        ("履歴書.md", "履歴書.md"),
        ("x" * 500 + ".md", "x" * 197 + ".md"),
    ],
    ids=["climbing", "windows", "direction and control", "japanese", "endless"],
)
async def test_a_file_name_is_only_ever_shown(
    api: httpx2.AsyncClient,
    candidate_id: str,
    headers: dict[str, str],
    name: str,
    shown: str,
    settings: Settings,
) -> None:
    body = (await upload(api, candidate_id, headers, name=name)).json()

    assert body["filename"] == shown
    assert [path.name for path in stored_files(settings)] == [body["id"]]


async def test_nobody_uploads_to_a_candidate_they_may_not_see(
    api: httpx2.AsyncClient, candidate_id: str, people: People, settings: Settings
) -> None:
    await people.add("junior@agency.example")
    junior = await people.headers("junior@agency.example")

    foreign = await upload(api, candidate_id, junior)
    unknown = await upload(api, str(new_id()), junior)

    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json()["detail"] == unknown.json()["detail"]
    assert not stored_files(settings)


async def test_a_foreign_resume_answers_like_an_unknown_one(
    api: httpx2.AsyncClient, candidate_id: str, headers: dict[str, str], people: People
) -> None:
    resume_id = (await upload(api, candidate_id, headers)).json()["id"]
    await people.add("junior@agency.example")
    junior = await people.headers("junior@agency.example")

    for path in ("", "/status", "/document"):
        foreign = await api.get(f"/resume_upload/{resume_id}{path}", headers=junior)
        unknown = await api.get(f"/resume_upload/{new_id()}{path}", headers=junior)
        assert foreign.status_code == unknown.status_code == 404
        assert foreign.json()["detail"] == unknown.json()["detail"]
