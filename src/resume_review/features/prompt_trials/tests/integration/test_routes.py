import uuid
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.models import ActivityLog, PromptTrialResult
from resume_review.features.prompt_trials.tasks import TryPrompts
from resume_review.testing.api import People

if TYPE_CHECKING:
    from resume_review.features.prompt_trials.tests.conftest import Agency, Tester

pytestmark = pytest.mark.integration

PATH = "/admin/prompt-trials"

with_models = pytest.mark.parametrize("settings", [{"engine": "fake"}], indirect=True)


async def test_without_a_model_there_is_nothing_to_try(agency: "Agency") -> None:
    refused = await agency.asked(await agency.resumes(1))

    assert (refused.status_code, refused.json()["code"]) == (409, "prompt_trials.no_model")
    assert "ENGINE" in refused.json()["detail"]


@with_models
async def test_resumes_that_do_not_exist_are_named(agency: "Agency") -> None:
    (resume,) = await agency.resumes(1)
    unknown = str(uuid.uuid4())

    refused = await agency.asked([resume], resume_ids=[str(resume.id), unknown])

    assert (refused.status_code, refused.json()["code"]) == (404, "prompt_trials.resumes_not_found")
    assert unknown in refused.json()["detail"]
    assert str(resume.id) not in refused.json()["detail"]
    assert await agency.jobs() == []


@with_models
async def test_unread_resumes_are_named(agency: "Agency") -> None:
    (resume,) = await agency.resumes(1, is_read=False)

    refused = await agency.asked([resume])

    assert (refused.status_code, refused.json()["code"]) == (409, "prompt_trials.resumes_unread")
    assert str(resume.id) in refused.json()["detail"]


@with_models
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "nothing_here", "version": "1.0.0"}, "prompts.not_found"),
        ({"version": "9.9.9"}, "prompts.version_not_found"),
        ({"against": "9.9.9"}, "prompts.version_not_found"),
        ({"yaml": "schema: 1"}, "prompts.invalid"),
        ({"name": "structure_analysis"}, "prompt_trials.other_prompt"),
        ({"locale": "ja"}, "prompt_trials.other_prompt"),
        ({"industry": "astrology"}, "prompt_trials.industry_unknown"),
        ({"resume_ids": []}, "validation.failed"),
        ({"version": "1.0.0", "yaml": "schema: 1"}, "validation.failed"),
    ],
)
async def test_what_cannot_be_tried_is_refused(agency: "Agency", changed: dict[str, Any], code: str) -> None:
    resumes = await agency.resumes(1)
    draft = {} if "version" in changed or "yaml" in changed else {"yaml": await agency.draft()}

    refused = await agency.asked(resumes, **draft | changed)

    assert refused.json()["code"] == code
    assert refused.status_code in {404, 422}
    assert await agency.jobs() == []


@with_models
async def test_only_administrators_try_prompts(agency: "Agency", people: People) -> None:
    await people.add("junior@agency.example")
    agency.api.headers.update(await people.headers("junior@agency.example"))

    assert (await agency.api.get(PATH)).status_code == 403


@with_models
async def test_a_request_sent_twice_starts_one_trial(agency: "Agency") -> None:
    resumes = await agency.resumes(2)
    agency.api.headers["Idempotency-Key"] = "once"
    draft = await agency.draft()

    first, second = [await agency.started(resumes, yaml=draft) for _ in range(2)]

    assert first == second
    assert len(await agency.jobs()) == 2


@with_models
async def test_a_trial_under_way_is_listed_with_its_progress(agency: "Agency", tester: "Tester") -> None:
    older = await agency.started(await agency.resumes(1))
    async with tester() as models:
        await agency.work(models)
    newer = await agency.started(await agency.resumes(2))

    listed = (await agency.api.get(PATH)).json()

    assert [(one["id"], one["state"], one["done"], one["total"]) for one in listed["trials"]] == [
        (newer, "running", 0, 2),
        (older, "completed", 1, 1),
    ]


@with_models
async def test_an_industrys_first_prompt_is_compared_with_the_general_one(agency: "Agency") -> None:
    name = "appeal_analysis:ma_finance"
    own = (await agency.draft()).replace("name: appeal_analysis\n", f"name: {name}\n")

    answer = await agency.asked(await agency.resumes(1), name=name, yaml=own, industry="ma_finance")

    assert answer.status_code == 202, answer.text
    assert (answer.json()["current"]["version"], answer.json()["new"]["version"]) == ("1.0.0", "1.1.0")


@with_models
async def test_a_cancelled_trial_asks_nothing_more(agency: "Agency", tester: "Tester") -> None:
    trial = await agency.started(await agency.resumes(2))
    first, second = await agency.jobs()
    async with tester() as models:
        job = TryPrompts(agency.database, models)
        await job.run(first)

        cancelled = await agency.api.delete(f"{PATH}/{trial}/cancel")
        await job.run(second)

    shown = await agency.get(trial)
    results = (await agency.get(f"{trial}/results"))["results"]
    assert cancelled.status_code == 200
    assert (shown["state"], shown["done"], shown["total"]) == ("cancelled", 1, 2)
    assert [one["state"] for one in results] == ["completed", "cancelled"]
    assert results[1]["current"] is None
    assert (await agency.api.delete(f"{PATH}/{trial}/cancel")).status_code == 409


@with_models
async def test_trials_are_in_the_audit_log_with_who_was_looked_at(agency: "Agency") -> None:
    (resume,) = await agency.resumes(1)
    trial = await agency.started([resume])
    await agency.get(f"{trial}/results")
    await agency.api.delete(f"{PATH}/{trial}/cancel")

    logged = await agency.scalars(
        select(ActivityLog)
        .where(ActivityLog.entity_type.in_([EntityType.PROMPT, EntityType.RESUME]))
        .order_by(ActivityLog.created_at)
    )

    assert [(entry.action, entry.entity_id) for entry in logged] == [
        (ActivityAction.START, uuid.UUID(trial)),
        (ActivityAction.VIEW, resume.id),
        (ActivityAction.CANCEL, uuid.UUID(trial)),
    ]
    assert logged[0].new_values["resume_ids"] == [str(resume.id)]


@with_models
async def test_an_erased_candidate_takes_results_and_jobs_along(agency: "Agency") -> None:
    erased, kept = await agency.resumes(2)
    trial = await agency.started([erased, kept])

    await agency.api.request("DELETE", f"/candidates/{erased.candidate_id}", json={"confirm": "Jane Doe"})

    left = await agency.scalars(select(PromptTrialResult))
    todo = [str(one) for one in await agency.jobs()]
    assert [row.resume_id for row in left] == [kept.id]
    assert todo == [str(left[0].id)]
    assert (await agency.get(trial))["total"] == 1


async def test_unknown_trials_are_not_found(agency: "Agency") -> None:
    for path in ("", "/results"):
        assert (await agency.api.get(f"{PATH}/{uuid.uuid4()}{path}")).status_code == 404
