from typing import Any

import httpx2
import pytest
import yaml
from sqlalchemy import select

from resume_review.ai_agents.interface import PRODUCTION, AgentName, Locale
from resume_review.database.enums import ActivityAction, EntityType
from resume_review.database.models import ActivityLog, PromptVersion
from resume_review.database.session import Database
from resume_review.features.prompts import DatabasePrompts
from resume_review.testing.api import People

pytestmark = pytest.mark.integration

PATH = "/admin/prompts/appeal_analysis/en"


@pytest.fixture
async def admin(api: httpx2.AsyncClient, people: People) -> httpx2.AsyncClient:
    api.headers.update(await people.headers())
    return api


async def bundled_yaml(admin: httpx2.AsyncClient) -> str:
    return (await admin.get(PATH)).json()["yaml"]


async def newer(
    admin: httpx2.AsyncClient, version: str = "1.1.0", *, words: str = "Mind the figures."
) -> dict[str, Any]:
    """A later version of the bundled prompt."""
    data = yaml.safe_load(await bundled_yaml(admin))
    data["metadata"]["version"] = version
    data["prompts"]["user"] += f"\n{words}"
    return data


async def created(admin: httpx2.AsyncClient, version: str = "1.1.0") -> httpx2.Response:
    return await admin.post(
        "/admin/prompts", json={"body": await newer(admin, version), "note": "For figures"}
    )


async def in_production(database: Database, industry: str = "ma_finance") -> str:
    """The version that a worker which starts now would use."""
    prompt = await DatabasePrompts(database).get(
        AgentName.APPEAL, industry=industry, locale=Locale.ENGLISH, label=PRODUCTION
    )
    return f"{prompt.metadata.name}@{prompt.metadata.version}"


async def test_bundled_prompts_are_in_use_at_first(admin: httpx2.AsyncClient) -> None:
    body = (await admin.get("/admin/prompts")).json()

    assert {(item["name"], item["locale"]) for item in body["prompts"]} >= {("appeal_analysis", "ja")}
    assert {item["source"] for item in body["prompts"]} == {"file"}


async def test_new_version_changes_nothing_until_it_is_published(
    admin: httpx2.AsyncClient, database: Database
) -> None:
    assert (await created(admin)).status_code == 201
    before = await in_production(database)

    published = await admin.post(f"{PATH}/publish", json={"version": "1.1.0", "expected": "1.0.0"})

    assert published.status_code == 200, published.text
    assert (before, await in_production(database)) == ("appeal_analysis@1.0.0", "appeal_analysis@1.1.0")


async def test_version_says_who_made_it_and_why(admin: httpx2.AsyncClient) -> None:
    shown = (await created(admin)).json()

    assert shown["shown"] == "1.1.0"
    assert shown["versions"][0]["note"] == "For figures"
    assert shown["versions"][0]["author"] == "admin@agency.example"
    assert shown["versions"][1]["labels"] == ["production"]


@pytest.mark.parametrize("version", ["1.0.0", "0.9.0", "1.1.0"])
async def test_version_must_be_later_than_all_others(admin: httpx2.AsyncClient, version: str) -> None:
    await created(admin, "1.1.0")

    assert (await created(admin, version)).status_code == 409


async def test_prompt_that_would_not_work_is_refused_with_the_reason(admin: httpx2.AsyncClient) -> None:
    body = await newer(admin)
    body["prompts"]["user"] += " {{ resume_text }}"

    refused = await admin.post("/admin/prompts", json={"body": body})
    checked = await admin.post("/admin/prompts/validate", json={"body": body})

    assert refused.status_code == 422
    assert "write it once" in refused.json()["detail"]
    assert (checked.json()["valid"], checked.json()["fault"]) == (False, refused.json()["detail"])


async def test_yaml_is_taken_too(admin: httpx2.AsyncClient) -> None:
    text = yaml.safe_dump(await newer(admin), allow_unicode=True)

    assert (await admin.post("/admin/prompts", json={"yaml": text})).status_code == 201


async def test_difference_shows_changed_words_alone(admin: httpx2.AsyncClient) -> None:
    await created(admin)

    diff = (await admin.get(f"{PATH}/diff", params={"old": "1.0.0", "new": "1.1.0"})).json()

    assert "+Mind the figures." in diff["user"]
    assert diff["system"] == ""


async def test_rolling_back_undoes_the_last_publication(
    admin: httpx2.AsyncClient, database: Database
) -> None:
    for version in ("1.1.0", "1.2.0"):
        await created(admin, version)
        await admin.post(f"{PATH}/publish", json={"version": version})

    back = await admin.post(f"{PATH}/roll-back", json={"reason": "Too many invented quotes"})
    again = await admin.post(f"{PATH}/roll-back", json={"reason": "Once more"})

    assert (back.status_code, again.status_code) == (200, 409)
    assert await in_production(database) == "appeal_analysis@1.1.0"


async def test_publication_over_anothers_is_refused(admin: httpx2.AsyncClient) -> None:
    for version in ("1.1.0", "1.2.0"):
        await created(admin, version)
    await admin.post(f"{PATH}/publish", json={"version": "1.2.0", "expected": "1.0.0"})

    late = await admin.post(f"{PATH}/publish", json={"version": "1.1.0", "expected": "1.0.0"})

    assert late.status_code == 409


async def test_industrys_own_prompt_is_used_there_alone(
    admin: httpx2.AsyncClient, database: Database
) -> None:
    copied = await admin.post(f"{PATH}/copy", json={"industry": "ma_financial"})
    await admin.post("/admin/prompts/appeal_analysis:ma_finance/en/publish", json={"version": "1.0.0"})

    assert copied.status_code == 201, copied.text
    assert await in_production(database) == "appeal_analysis:ma_finance@1.0.0"
    assert await in_production(database, "tech_consulting") == "appeal_analysis@1.0.0"


async def test_canary_label_without_a_version_means_production(
    admin: httpx2.AsyncClient, database: Database
) -> None:
    await created(admin)
    source = DatabasePrompts(database)
    before = await source.get(AgentName.APPEAL, industry="ma_finance", locale=Locale.ENGLISH, label="canary")
    await admin.post(f"{PATH}/publish", json={"version": "1.1.0", "label": "canary"})

    fresh = DatabasePrompts(database)
    after = await fresh.get(AgentName.APPEAL, industry="ma_finance", locale=Locale.ENGLISH, label="canary")

    assert (before.metadata.version, after.metadata.version) == ("1.0.0", "1.1.0")
    assert await in_production(database) == "appeal_analysis@1.0.0"


async def test_broken_row_is_replaced_by_the_bundled_file(
    admin: httpx2.AsyncClient, database: Database
) -> None:
    await created(admin)
    await admin.post(f"{PATH}/publish", json={"version": "1.1.0"})
    async with database.transaction() as session:
        first = (await session.scalars(select(PromptVersion).where(PromptVersion.version == "1.1.0"))).one()
        broken = PromptVersion(
            prompt_id=first.prompt_id, version="1.2.0", locale="en", body={"schema": 9}, content_hash="0" * 64
        )
        session.add(broken)
    refused = await admin.post(f"{PATH}/publish", json={"version": "1.2.0"})

    assert refused.status_code == 404
    assert await in_production(database) == "appeal_analysis@1.1.0"


async def test_moves_of_labels_are_in_the_audit_log(admin: httpx2.AsyncClient, database: Database) -> None:
    await created(admin)
    await admin.post(f"{PATH}/publish", json={"version": "1.1.0", "note": "Better figures"})

    async with database.transaction() as session:
        logged = (
            await session.scalars(select(ActivityLog).where(ActivityLog.entity_type == EntityType.PROMPT))
        ).all()

    assert [entry.action for entry in logged] == [ActivityAction.CREATE, ActivityAction.PUBLISH]
    assert logged[1].old_values is not None
    assert logged[1].new_values is not None
    assert (logged[1].old_values["version"], logged[1].new_values["version"]) == ("1.0.0", "1.1.0")


async def test_only_administrators_see_prompts(api: httpx2.AsyncClient, people: People) -> None:
    await people.add("junior@agency.example")
    api.headers.update(await people.headers("junior@agency.example"))

    assert (await api.get("/admin/prompts")).status_code == 403


@pytest.mark.parametrize("path", ["/admin/prompts/nothing_here/en", f"{PATH}?version=9.9.9"])
async def test_unknown_prompt_or_version_is_not_found(admin: httpx2.AsyncClient, path: str) -> None:
    assert (await admin.get(path)).status_code == 404


async def test_usage_is_empty_at_first(admin: httpx2.AsyncClient) -> None:
    body = (await admin.get("/admin/prompts/usage")).json()

    assert (body["total_count"], body["tokens"]) == (0, 0)
