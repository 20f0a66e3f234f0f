"""Requests that arrive twice with one key, on every route that starts or creates something."""

from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.testing.api import ADMIN, People
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration

COUNTS = text("""
    SELECT (SELECT count(*) FROM candidates), (SELECT count(*) FROM resumes), (SELECT count(*) FROM users),
           (SELECT count(*) FROM upload_batches), (SELECT count(*) FROM review_requests),
           (SELECT count(*) FROM webhook_deliveries), (SELECT count(*) FROM procrastinate_jobs),
           (SELECT count(*) FROM activity_logs)
""")


@dataclass
class Client:
    """Sends everything with one key."""

    api: httpx2.AsyncClient
    session: AsyncSession
    headers: dict[str, str]

    async def post(self, path: str, **content: Any) -> httpx2.Response:
        return await self.api.post(path, headers=self.headers | {"idempotency-key": "key-1"}, **content)

    async def created(self, path: str, **content: Any) -> dict[str, Any]:
        """Without a key."""
        return (await self.api.post(path, headers=self.headers, **content)).raise_for_status().json()

    async def candidate(self) -> str:
        body = {"first_name": "Jane", "last_name": "Doe"}
        return (await self.created("/candidates", json=body))["candidate"]["id"]

    async def resume(self) -> str:
        path = f"/resume_upload/candidates/{await self.candidate()}/resumes"
        return (await self.created(path, files={"file": ("cv.md", MARKDOWN.encode())}))["id"]

    async def all_counts(self) -> tuple[int, ...]:
        return tuple((await self.session.execute(COUNTS)).one())

    async def twice(self, path: str, **content: Any) -> list[httpx2.Response]:
        """Both answers; whatever the second one changed is an error."""
        first = await self.post(path, **content)
        before = await self.all_counts()
        second = await self.post(path, **content)
        assert await self.all_counts() == before
        return [first, second]


@pytest.fixture
async def client(api: httpx2.AsyncClient, people: People, session: AsyncSession) -> Client:
    return Client(api, session, await people.headers())


def assert_same(answers: list[httpx2.Response], status: int) -> None:
    assert [answer.status_code for answer in answers] == [status, status], answers[0].text
    assert answers[0].json() == answers[1].json()


async def test_a_candidate(client: Client) -> None:
    assert_same(await client.twice("/candidates", json={"first_name": "Kim", "last_name": "Lee"}), 200)


async def test_an_account_and_nothing_of_its_password_is_kept(client: Client) -> None:
    body = {
        "email": "kim@agency.example",
        "first_name": "Kim",
        "last_name": "Lee",
        "role": "junior_recruiter",
        "temporary_password": "a phrase for a while",
    }

    assert_same(await client.twice("/admin/users", json=body), 201)
    kept = (await client.session.execute(text("SELECT answer::text FROM idempotency_keys"))).scalar_one()
    assert "phrase" not in kept


async def test_a_hand_over(client: Client, people: People) -> None:
    kim = await people.add("kim@agency.example")
    await client.candidate()
    mine = await client.session.execute(text("SELECT id FROM users WHERE email = :email"), {"email": ADMIN})
    body = {"from_user_id": str(mine.scalar_one()), "to_user_id": str(kim.id), "reason": "Leave"}

    assert_same(await client.twice("/candidates/reassign", json=body), 200)


async def test_an_upload_and_its_text_is_not_kept_twice(client: Client) -> None:
    path = f"/resume_upload/candidates/{await client.candidate()}/resumes"

    answers = await client.twice(path, files={"file": ("cv.md", MARKDOWN.encode())})

    assert_same(answers, 201)
    assert "Northbridge" in answers[1].json()["extracted_text"]
    kept = (await client.session.execute(text("SELECT answer::text FROM idempotency_keys"))).scalar_one()
    assert "Northbridge" not in kept


async def test_another_file_under_the_same_key_is_refused(client: Client) -> None:
    path = f"/resume_upload/candidates/{await client.candidate()}/resumes"
    await client.post(path, files={"file": ("cv.md", MARKDOWN.encode())})

    other = await client.post(path, files={"file": ("cv.md", MARKDOWN.encode() + b"\nMore.\n")})

    assert (other.status_code, other.json()["code"]) == (409, "idempotency.conflict")


async def test_a_bulk_upload_with_its_confirmation(client: Client) -> None:
    files = [("files", ("cv.md", MARKDOWN.encode()))]

    answers = await client.twice("/resume_upload/batch", files=files, data={"auto": "false"})
    batch = answers[0].json()
    other = await client.post("/resume_upload/batch", files=files, data={"auto": "true"})
    decision = {"items": [{"item_id": batch["items"][0]["id"], "skip": True}]}
    await client.session.execute(text("UPDATE upload_batch_items SET status = 'waiting'"))
    confirmed = await client.twice(f"/resume_upload/batch/{batch['batch_id']}/confirm", json=decision)

    assert_same(answers, 202)
    assert other.status_code == 409
    assert_same(confirmed, 200)


async def test_another_reading_of_failed_files(client: Client) -> None:
    batch = await client.created(
        "/resume_upload/batch", files=[("files", ("cv.md", MARKDOWN.encode()))], data={"auto": "false"}
    )
    await client.session.execute(text("UPDATE upload_batch_items SET status = 'error', error_code = 'x'"))

    assert_same(await client.twice(f"/resume_upload/batch/{batch['batch_id']}/retry"), 202)


async def test_another_reading_of_a_resume(client: Client) -> None:
    resume_id = await client.resume()
    await client.session.execute(text("UPDATE resumes SET status = 'error', error_code = 'x'"))

    assert_same(await client.twice(f"/resume_upload/{resume_id}/retry"), 202)


async def test_a_review_and_another_try_of_it(client: Client) -> None:
    path = f"/analysis/resumes/{await client.resume()}/analyze"

    started = await client.twice(path, json={"industry": "ma_finance"})
    await client.session.execute(
        text("UPDATE review_requests SET status = 'failed', error_code = 'x', completed_at = now()")
    )
    retried = await client.twice(f"/analysis/analysis/{started[0].json()['analysis_id']}/retry")

    assert_same(started, 200)
    assert_same(retried, 200)


async def test_a_ping(client: Client) -> None:
    body = {"url": "https://ats.example.com/hooks", "events": ["review.completed"]}
    webhook = await client.created("/webhooks", json=body)

    assert_same(await client.twice(f"/webhooks/{webhook['id']}/ping"), 202)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/admin/invitations", {"email": "kim@agency.example", "role": "junior_recruiter"}),
        ("/profile/api-keys", {"name": "ATS", "scopes": ["reviews:read"]}),
        ("/webhooks", {"url": "https://ats.example.com/hooks", "events": ["review.completed"]}),
    ],
)
async def test_a_secret_that_is_shown_once_is_never_kept(
    client: Client, path: str, body: dict[str, Any]
) -> None:
    answer = await client.post(path, json=body)

    assert answer.status_code == 201, answer.text
    assert (await client.session.execute(text("SELECT count(*) FROM idempotency_keys"))).scalar_one() == 0
