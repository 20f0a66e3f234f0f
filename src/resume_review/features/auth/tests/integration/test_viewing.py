import httpx2
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction
from resume_review.database.models import ActivityLog
from resume_review.testing.api import People
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration


async def seen(session: AsyncSession) -> list[tuple[str, str]]:
    statement = select(ActivityLog).where(ActivityLog.action == ActivityAction.VIEW).order_by(ActivityLog.id)
    return [(entry.entity_type.value, str(entry.entity_id)) for entry in await session.scalars(statement)]


async def test_looking_at_a_resume_is_logged_and_asking_how_it_stands_is_not(
    api: httpx2.AsyncClient, people: People, session: AsyncSession
) -> None:
    headers = await people.headers()
    jane = await api.post("/candidates", json={"first_name": "Jane", "last_name": "Doe"}, headers=headers)
    path = f"/resume_upload/candidates/{jane.json()['candidate']['id']}/resumes"
    resume = await api.post(path, files={"file": ("cv.md", MARKDOWN.encode())}, headers=headers)
    resume_id = resume.raise_for_status().json()["id"]

    for part in ("", "/document", "/status"):
        (await api.get(f"/resume_upload/{resume_id}{part}", headers=headers)).raise_for_status()

    assert await seen(session) == [("resume", resume_id)] * 2


@pytest.mark.parametrize(
    "path", ["/resume_upload/{}", "/analysis/analysis/{}", "/analysis/analysis/{}/findings"]
)
async def test_what_was_not_seen_is_not_logged(
    api: httpx2.AsyncClient, people: People, session: AsyncSession, path: str
) -> None:
    answer = await api.get(path.format(new_id()), headers=await people.headers())

    assert answer.status_code == 404
    assert await seen(session) == []


@pytest.mark.parametrize(
    "path",
    [
        "/resume_upload/{}",
        "/resume_upload/{}/document",
        "/analysis/analysis/{}",
        "/analysis/analysis/{}/review",
        "/analysis/analysis/{}/findings",
    ],
)
async def test_an_id_that_is_none_is_refused_by_the_route(
    api: httpx2.AsyncClient, people: People, session: AsyncSession, path: str
) -> None:
    answer = await api.get(path.format("null,null"), headers=await people.headers())

    assert (answer.status_code, answer.json()["code"]) == (422, "validation.failed")
    assert await seen(session) == []
