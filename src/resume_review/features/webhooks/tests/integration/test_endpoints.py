from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from resume_review.database.enums import UserRole
from resume_review.database.session import Database
from resume_review.testing.api import People

pytestmark = pytest.mark.integration

HOOK = {"url": "https://ats.example.com/hook", "events": ["review.completed"], "description": "Our ATS"}


async def create(api: httpx2.AsyncClient, headers: dict[str, str], **changed: Any) -> dict[str, Any]:
    answer = await api.post("/webhooks", json={**HOOK, **changed}, headers=headers)
    return answer.raise_for_status().json()


async def test_the_secret_is_shown_once(api: httpx2.AsyncClient, people: People) -> None:
    headers = await people.headers()
    created = await create(api, headers)

    listed = (await api.get("/webhooks/", headers=headers)).json()
    shown = (await api.get(f"/webhooks/{created['id']}", headers=headers)).json()

    assert created["secret"].startswith("whsec_")
    assert listed["webhooks"] == [shown]
    assert "secret" not in shown


async def test_a_replaced_secret_is_a_new_one(api: httpx2.AsyncClient, people: People) -> None:
    headers = await people.headers()
    created = await create(api, headers)

    rotated = (await api.post(f"/webhooks/{created['id']}/rotate-secret", headers=headers)).json()

    assert rotated["secret"] != created["secret"]


async def test_only_what_is_sent_is_changed(api: httpx2.AsyncClient, people: People) -> None:
    headers = await people.headers()
    created = await create(api, headers)

    changed = (
        await api.patch(f"/webhooks/{created['id']}", json={"is_active": False}, headers=headers)
    ).json()

    assert (changed["is_active"], changed["url"], changed["events"]) == (False, HOOK["url"], HOOK["events"])


@pytest.mark.parametrize(
    "url", ["http://ats.example.com/", "https://ats.example.com:22/", "https://a@b.example/"]
)
async def test_46_an_address_that_is_never_called_is_refused(
    api: httpx2.AsyncClient, people: People, url: str
) -> None:
    answer = await api.post("/webhooks", json={**HOOK, "url": url}, headers=await people.headers())

    assert (answer.status_code, answer.json()["code"]) == (422, "webhooks.address_refused")


async def test_a_ping_is_on_its_way_with_the_answer(
    api: httpx2.AsyncClient, people: People, database: Database
) -> None:
    headers = await people.headers()
    created = await create(api, headers)

    sent = await api.post(f"/webhooks/{created['id']}/ping", headers=headers)
    listed = (await api.get(f"/webhooks/{created['id']}/deliveries", headers=headers)).json()

    async with database.transaction() as session:
        jobs = await session.scalars(text("SELECT args ->> 'subject' FROM procrastinate_jobs"))
    assert (sent.status_code, sent.json()["event"], listed["total_count"]) == (202, "ping", 1)
    assert jobs.all() == [sent.json()["id"]]


async def test_a_message_is_sent_again_by_hand_once_it_is_not_on_its_way(
    api: httpx2.AsyncClient, people: People, database: Database
) -> None:
    headers = await people.headers()
    created = await create(api, headers)
    sent = (await api.post(f"/webhooks/{created['id']}/ping", headers=headers)).json()
    path = f"/webhooks/{created['id']}/deliveries/{sent['id']}/redeliver"
    early = await api.post(path, headers=headers)
    async with database.transaction() as session:
        await session.execute(text("UPDATE webhook_deliveries SET status = 'failed', attempts = 8"))

    again = await api.post(path, headers=headers)

    assert early.status_code == 409
    assert (again.status_code, again.json()["id"], again.json()["attempts"]) == (202, sent["id"], 0)


async def test_a_webhook_that_is_off_gets_no_ping(api: httpx2.AsyncClient, people: People) -> None:
    headers = await people.headers()
    created = await create(api, headers, is_active=False)

    answer = await api.post(f"/webhooks/{created['id']}/ping", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (409, "webhooks.off")


async def test_a_deleted_webhook_is_gone(api: httpx2.AsyncClient, people: People) -> None:
    headers = await people.headers()
    created = await create(api, headers)

    deleted = await api.delete(f"/webhooks/{created['id']}", headers=headers)

    assert deleted.status_code == 200
    assert (await api.get(f"/webhooks/{created['id']}", headers=headers)).status_code == 404


async def test_webhooks_are_for_administrators(api: httpx2.AsyncClient, people: People) -> None:
    await people.add("senior@agency.example", UserRole.SENIOR_RECRUITER)

    answer = await api.get("/webhooks", headers=await people.headers("senior@agency.example"))

    assert (answer.status_code, (await api.get("/webhooks")).status_code) == (403, 401)
