from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from resume_review.database.enums import UserRole
from resume_review.database.session import Database
from resume_review.testing.api import People

pytestmark = pytest.mark.integration

EXPERIMENT: dict[str, Any] = {
    "key": "appeal-2",
    "arms": [{"name": "control", "weight": 1}, {"name": "short", "weight": 1, "label": "canary"}],
}
ROLLOUT: dict[str, Any] = {"key": "canary-prompts", "change": {"label": "canary"}}


async def test_a_draft_can_be_changed_and_a_started_one_cannot(admin: Any) -> None:
    created = await admin.did("POST", "/experiments", EXPERIMENT)
    path = f"/experiments/{created['id']}"

    changed = await admin.did("PUT", path, EXPERIMENT | {"traffic": 20})
    started = await admin.did("POST", f"{path}/start")
    refused = await admin.call("PUT", path, EXPERIMENT)

    assert (changed["traffic"], changed["status"], started["status"]) == (20, "draft", "running")
    assert (refused.status_code, refused.json()["code"]) == (409, "experiments.not_a_draft")


async def test_a_stopped_experiment_is_never_started_again(admin: Any) -> None:
    path = f"/experiments/{(await admin.experiment())['id']}"

    stopped = await admin.did("POST", f"{path}/stop")

    assert (stopped["status"], stopped["stopped_at"] is None) == ("stopped", False)
    assert (await admin.call("POST", f"{path}/start")).status_code == 409
    assert (await admin.call("POST", f"{path}/stop")).json()["code"] == "experiments.not_running"


async def test_a_draft_can_be_deleted_and_a_started_one_cannot(admin: Any) -> None:
    draft = await admin.did("POST", "/experiments", EXPERIMENT | {"key": "draft"})
    running = await admin.experiment()

    assert (await admin.call("DELETE", f"/experiments/{draft['id']}")).status_code == 200
    assert (await admin.call("GET", f"/experiments/{draft['id']}")).status_code == 404
    assert (await admin.call("DELETE", f"/experiments/{running['id']}")).status_code == 409


async def test_experiments_and_rollouts_share_their_keys(admin: Any) -> None:
    await admin.did("POST", "/experiments", EXPERIMENT)

    answer = await admin.call("POST", "/rollouts", ROLLOUT | {"key": EXPERIMENT["key"]})

    assert (answer.status_code, answer.json()["code"]) == (409, "experiments.key_taken")


async def test_lists_are_filtered_by_status(admin: Any) -> None:
    await admin.did("POST", "/experiments", EXPERIMENT | {"key": "draft"})
    await admin.experiment()
    await admin.rollout(10)

    running = await admin.did("GET", "/experiments/?status=running")
    paused = await admin.did("GET", "/rollouts?status=paused")
    active = await admin.did("GET", "/rollouts/?status=active")

    assert [item["key"] for item in running["experiments"]] == ["appeal-2"]
    assert (paused["total_count"], active["total_count"]) == (0, 1)


@pytest.mark.parametrize(
    "body",
    [
        EXPERIMENT | {"arms": EXPERIMENT["arms"][:1]},
        EXPERIMENT | {"arms": [EXPERIMENT["arms"][0]] * 2},
        EXPERIMENT | {"arms": [{"name": "a", "weight": 0}, {"name": "b", "weight": 1}]},
        EXPERIMENT | {"key": "With Blanks"},
        EXPERIMENT | {"traffic": 0},
        EXPERIMENT | {"metric": "beauty"},
        EXPERIMENT | {"arms": [{"name": "a", "weight": 1}, {"name": "b", "weight": 1, "modell": "openai:x"}]},
    ],
)
async def test_an_experiment_that_makes_no_sense_is_refused(admin: Any, body: dict[str, Any]) -> None:
    assert (await admin.call("POST", "/experiments", body)).status_code == 422


@pytest.mark.parametrize("change", [{}, {"rubric_only": True, "model": "openai:x"}, {"model": "x"}])
async def test_a_rollout_that_makes_no_sense_is_refused(admin: Any, change: dict[str, Any]) -> None:
    assert (await admin.call("POST", "/rollouts", ROLLOUT | {"change": change})).status_code == 422


async def test_a_model_that_no_worker_can_ask_is_refused(admin: Any) -> None:
    answer = await admin.call("POST", "/rollouts", ROLLOUT | {"change": {"model": "openai:unheard-of"}})

    assert (answer.status_code, answer.json()["code"]) == (422, "experiments.unknown_model")


async def test_a_rollout_grows_one_stage_at_a_time_and_shrinks_at_once(admin: Any) -> None:
    path = f"/rollouts/{(await admin.rollout(10))['id']}/stage"

    skipped = await admin.call("PUT", path, {"percentage": 50})
    odd = await admin.call("PUT", path, {"percentage": 33})
    reached = [(await admin.did("PUT", path, {"percentage": stage}))["percentage"] for stage in (25, 50, 0)]

    assert (skipped.status_code, skipped.json()["code"], odd.status_code) == (
        409,
        "rollouts.stage_skipped",
        422,
    )
    assert reached == [25, 50, 0]


async def test_one_rollout_of_each_mode_is_under_way(admin: Any) -> None:
    await admin.rollout(10)
    await admin.rollout(10, key="beside", mode="shadow")
    second = await admin.did("POST", "/rollouts", ROLLOUT | {"key": "second"})

    answer = await admin.call("PUT", f"/rollouts/{second['id']}/stage", {"percentage": 10})

    assert (answer.status_code, answer.json()["code"]) == (409, "rollouts.under_way")


async def test_a_paused_rollout_goes_on_where_it_was(admin: Any) -> None:
    path = f"/rollouts/{(await admin.rollout(25))['id']}"

    paused = await admin.did("POST", f"{path}/pause")
    refused = await admin.call("PUT", f"{path}/stage", {"percentage": 50})
    restarted = await admin.did("POST", f"{path}/restart")

    assert (paused["status"], restarted["status"], restarted["percentage"]) == ("paused", "active", 25)
    assert (refused.status_code, refused.json()["code"]) == (409, "rollouts.inactive")
    assert (await admin.call("POST", f"{path}/restart")).json()["code"] == "rollouts.active"


async def test_one_call_stops_everything(admin: Any) -> None:
    await admin.did("POST", "/experiments", EXPERIMENT | {"key": "draft"})
    await admin.experiment()
    await admin.rollout(25)

    stopped = await admin.did("POST", "/experiments/stop-all")
    again = await admin.did("POST", "/experiments/stop-all")

    assert stopped == {"experiments": ["appeal-2"], "rollouts": ["canary-prompts"]}
    assert again == {"experiments": [], "rollouts": []}
    assert (await admin.trail())[-2:] == [("experiment", "stop"), ("rollout", "stop")]


async def test_every_change_is_in_the_audit_log(admin: Any) -> None:
    draft = await admin.did("POST", "/experiments", EXPERIMENT)
    path = f"/experiments/{draft['id']}"
    await admin.did("PUT", path, EXPERIMENT | {"traffic": 20})
    await admin.did("POST", f"{path}/start")
    await admin.did("POST", f"{path}/stop")
    other = await admin.did("POST", "/experiments", EXPERIMENT | {"key": "other"})
    await admin.did("DELETE", f"/experiments/{other['id']}")
    path = f"/rollouts/{(await admin.rollout(10))['id']}"
    await admin.did("POST", f"{path}/pause")
    await admin.did("POST", f"{path}/restart")

    assert await admin.trail() == [
        *(("experiment", action) for action in ("create", "update", "start", "stop", "create", "delete")),
        *(("rollout", action) for action in ("create", "update", "stop", "start")),
    ]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/experiments"),
        ("POST", "/experiments/stop-all"),
        ("GET", "/rollouts"),
        ("PUT", "/rollouts/01a1fe27-bbbc-7f5c-82a3-e8e6b000adfe/stage"),
    ],
)
async def test_experiments_are_for_administrators(
    api: httpx2.AsyncClient, people: People, method: str, path: str
) -> None:
    await people.add("senior@agency.example", UserRole.SENIOR_RECRUITER)
    headers = await people.headers("senior@agency.example")

    answers = [
        await api.request(method, f"/admin{path}", json={"percentage": 10}, headers=used)
        for used in (headers, {})
    ]

    assert [answer.status_code for answer in answers] == [403, 401]


async def test_what_does_not_exist_is_not_found(admin: Any) -> None:
    unknown = "01a1fe27-bbbc-7f5c-82a3-e8e6b000adfe"

    found = [await admin.call("GET", f"/{kind}/{unknown}") for kind in ("experiments", "rollouts")]

    assert [(answer.status_code, answer.json()["code"]) for answer in found] == [
        (404, "experiments.not_found"),
        (404, "rollouts.not_found"),
    ]


async def test_the_database_itself_allows_one_live_rollout_under_way(admin: Any, database: Database) -> None:
    await admin.rollout(10)
    await admin.did("POST", "/rollouts", ROLLOUT | {"key": "second"})

    with pytest.raises(Exception, match="uq_rollouts_mode_under_way"):
        async with database.transaction() as session:
            await session.execute(text("UPDATE rollouts SET percentage = 10"))
