from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.enums import ActivityAction
from resume_review.database.models import ActivityLog
from resume_review.testing.api import People

if TYPE_CHECKING:
    from resume_review.features.resume_analysis.tests.conftest import Desk

pytestmark = pytest.mark.integration


async def findings_of(desk: "Desk", review_id: str) -> list[dict[str, Any]]:
    return (await desk.call("GET", f"/analysis/{review_id}/findings")).json()["findings"]


@pytest.mark.parametrize(
    "decision",
    [
        {"decision": "accepted"},
        {"decision": "rejected"},
        {"decision": "edited", "edited_text": "Say it shorter."},
    ],
    ids=["accepted", "rejected", "edited"],
)
async def test_a_decision_is_kept_with_who_and_when(desk: "Desk", decision: dict[str, str]) -> None:
    review_id = await desk.reviewed()
    finding = (await findings_of(desk, review_id))[0]

    response = await desk.call("PATCH", f"/analysis/{review_id}/findings/{finding['id']}", json=decision)

    kept = (await findings_of(desk, review_id))[0]
    assert (response.status_code, response.json()) == (200, kept)
    assert (kept["decision"], kept["edited_text"]) == (decision["decision"], decision.get("edited_text"))
    assert kept["decided_at"]
    assert kept["decided_by_user_id"]
    assert kept["decision_version"] == 1


async def test_a_decision_can_be_taken_back(desk: "Desk") -> None:
    review_id = await desk.reviewed()
    path = f"/analysis/{review_id}/findings/{(await findings_of(desk, review_id))[0]['id']}"
    await desk.call("PATCH", path, json={"decision": "edited", "edited_text": "Shorter."})

    body = (await desk.call("PATCH", path, json={"decision": "open"})).json()

    assert (body["decision"], body["edited_text"], body["decided_at"]) == ("open", None, None)


async def test_a_decision_nobody_has_seen_is_not_overwritten(desk: "Desk") -> None:
    review_id = await desk.reviewed()
    path = f"/analysis/{review_id}/findings/{(await findings_of(desk, review_id))[0]['id']}"
    await desk.call("PATCH", path, json={"decision": "accepted", "expected_version": 0})

    late = await desk.call("PATCH", path, json={"decision": "rejected", "expected_version": 0})

    assert (late.status_code, late.json()["code"]) == (409, "reviews.decision_conflict")
    assert (await findings_of(desk, review_id))[0]["decision"] == "accepted"


async def test_several_decisions_are_taken_at_once(desk: "Desk") -> None:
    review_id = await desk.reviewed()
    first, second = (await findings_of(desk, review_id))[:2]
    decisions = [{"id": first["id"], "decision": "accepted"}, {"id": second["id"], "decision": "rejected"}]

    response = await desk.call("PATCH", f"/analysis/{review_id}/findings", json={"decisions": decisions})

    assert [item["decision"] for item in response.json()["findings"]] == ["accepted", "rejected"]


async def test_several_decisions_are_all_taken_or_none(desk: "Desk") -> None:
    review_id = await desk.reviewed()
    first = (await findings_of(desk, review_id))[0]
    decisions = [{"id": first["id"], "decision": "accepted"}, {"id": str(new_id()), "decision": "rejected"}]

    response = await desk.call("PATCH", f"/analysis/{review_id}/findings", json={"decisions": decisions})

    assert (response.status_code, response.json()["code"]) == (404, "reviews.finding_not_found")
    assert (await findings_of(desk, review_id))[0]["decision"] == "open"


async def test_a_finding_of_another_review_is_unknown(desk: "Desk") -> None:
    review_id, other = await desk.reviewed(), await desk.reviewed("tech_consulting")
    foreign = (await findings_of(desk, other))[0]

    response = await desk.call(
        "PATCH", f"/analysis/{review_id}/findings/{foreign['id']}", json={"decision": "accepted"}
    )

    assert (response.status_code, response.json()["code"]) == (404, "reviews.finding_not_found")


@pytest.mark.parametrize(
    "body",
    [
        {"decision": "edited"},
        {"decision": "accepted", "edited_text": "x"},
        {"decision": "edited", "edited_text": "   "},
        {"decision": "maybe"},
    ],
    ids=["no text", "text without edit", "blank text", "unknown"],
)
async def test_a_decision_must_make_sense(desk: "Desk", body: dict[str, str]) -> None:
    review_id = await desk.reviewed()
    path = f"/analysis/{review_id}/findings/{(await findings_of(desk, review_id))[0]['id']}"

    assert (await desk.call("PATCH", path, json=body)).status_code == 422


async def test_a_decision_is_logged_without_its_text(desk: "Desk", session: AsyncSession) -> None:
    review_id = await desk.reviewed()
    finding = (await findings_of(desk, review_id))[0]
    body = {"decision": "edited", "edited_text": "A private remark."}

    await desk.call("PATCH", f"/analysis/{review_id}/findings/{finding['id']}", json=body)

    entry = (
        await session.scalars(select(ActivityLog).where(ActivityLog.action == ActivityAction.DECIDE))
    ).one()
    assert str(entry.entity_id) == finding["id"]
    assert entry.old_values == {"decision": "open"}
    assert entry.new_values == {"decision": "edited", "review_id": review_id}


async def test_strangers_cannot_decide(desk: "Desk", people: People) -> None:
    review_id = await desk.reviewed()
    finding = (await findings_of(desk, review_id))[0]
    await people.add("junior@agency.example")
    desk.headers = await people.headers("junior@agency.example")

    response = await desk.call(
        "PATCH", f"/analysis/{review_id}/findings/{finding['id']}", json={"decision": "accepted"}
    )

    assert (response.status_code, response.json()["code"]) == (404, "reviews.not_found")


async def test_a_list_can_be_of_undecided_reviews_alone(desk: "Desk") -> None:
    decided, untouched = await desk.reviewed(), await desk.reviewed(industry="tech_consulting")
    path = f"/analysis/{decided}/findings/{(await findings_of(desk, decided))[0]['id']}"

    async def listed() -> list[str]:
        body = (await desk.call("GET", "", params={"undecided": True})).json()
        assert body["total_count"] == len(body["analyses"])
        return [review["id"] for review in body["analyses"]]

    assert await listed() == [untouched, decided]
    await desk.call("PATCH", path, json={"decision": "rejected"})
    assert await listed() == [untouched]
    await desk.call("PATCH", path, json={"decision": "open"})
    assert await listed() == [untouched, decided]


async def test_a_status_names_the_resume_and_the_candidate(desk: "Desk") -> None:
    review_id = await desk.reviewed()
    status = await desk.status(review_id)
    listed = (await desk.call("GET", "")).json()["analyses"][0]
    names = ("resume_id", "candidate_id", "industry", "language")
    assert [status[name] for name in names] == [listed[name] for name in names]
