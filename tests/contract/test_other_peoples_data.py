"""What belongs to others does not exist: every operation of the API's own description, with somebody else's ids."""

import uuid
from collections.abc import Iterator
from typing import Any, cast

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.base import Base
from resume_review.testing.api import People
from resume_review.testing.resumes import MARKDOWN

pytestmark = [pytest.mark.integration, pytest.mark.slow]

PREFIX = "/api/v1"
STRANGER = "stranger@agency.example"
METHODS = {"get", "post", "put", "patch", "delete"}
# These ids name nobody's data: the caller's own session, or a page of a file named by another parameter.
NOT_OWNED = {"page": 1, "name": "structure_analysis", "locale": "en"}


class Description:
    """The parts of an OpenAPI description that a caller needs."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Method, path and description of every operation under the prefix."""
        for path, item in self._document["paths"].items():
            if path.startswith(PREFIX):
                yield from ((method, path, item[method]) for method in METHODS & set(item))

    def request(self, operation: dict[str, Any]) -> dict[str, Any]:
        """Arguments of a request whose body and required query are as the description's examples say."""
        arguments: dict[str, Any] = {"params": self._query(operation)}
        content: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
        if "multipart/form-data" in content:
            name = "files" if "batch" in operation["operationId"] else "file"
            arguments["files"] = [(name, ("resume.md", MARKDOWN.encode()))]
        elif "application/json" in content:
            media = content["application/json"]
            arguments["json"] = media.get("example") or self._example(media["schema"])
        return arguments

    def _query(self, operation: dict[str, Any]) -> dict[str, Any]:
        return {
            parameter["name"]: self._example(parameter["schema"])
            for parameter in operation.get("parameters", [])
            if parameter["in"] == "query" and parameter.get("required")
        }

    def _example(self, schema: dict[str, Any]) -> Any:
        while "$ref" in schema:
            schema = self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        if "examples" in schema:
            return schema["examples"][0]
        if schema.get("type") == "object":
            wanted = schema.get("required", [])
            return {name: self._example(schema["properties"][name]) for name in wanted}
        if schema.get("type") == "array":
            return [self._example(schema["items"])]
        if "enum" in schema:
            return schema["enum"][0]
        if schema.get("format") == "uuid":
            return str(uuid.uuid4())
        return {"string": "text", "integer": 1, "number": 1, "boolean": True}.get(str(schema.get("type")))


@pytest.fixture
def description(app: FastAPI) -> Description:
    return Description(app.openapi())


@pytest.fixture
async def owned(api: httpx2.AsyncClient, people: People) -> dict[str, str]:
    """One of everything that belongs to the administrator, by the name of its path parameter."""
    api.headers.update(await people.headers())

    async def created(path: str, **content: Any) -> dict[str, Any]:
        response = await api.post(path, **content)
        assert response.status_code < 300, (path, response.text)
        return cast("dict[str, Any]", response.json())

    me = (await api.get("/auth/me")).json()
    candidate = await created("/candidates", json={"first_name": "Jane", "last_name": "Owned"})
    candidate_id = candidate["candidate"]["id"]
    file = {"file": ("owned.md", MARKDOWN.encode())}
    resume = await created(f"/resume_upload/candidates/{candidate_id}/resumes", files=file)
    review = await created(
        f"/analysis/resumes/{resume['id']}/analyze", json={"industry": "strategy_consulting"}
    )
    batch = await created("/resume_upload/batch", files=[("files", ("owned.md", MARKDOWN.encode()))])
    invitation = await created(
        "/admin/invitations", json={"email": "guest@agency.example", "role": "junior_recruiter"}
    )
    key = await created("/profile/api-keys", json={"name": "owned", "scopes": ["reviews:read"]})
    webhook = await created(
        "/webhooks", json={"url": "https://hooks.example.com/owned", "events": ["review.completed"]}
    )
    arms = [{"name": "control", "weight": 1}, {"name": "canary", "weight": 1, "label": "canary"}]
    experiment = await created("/admin/experiments", json={"key": "owned-experiment", "arms": arms})
    rollout = await created("/admin/rollouts", json={"key": "owned-rollout", "change": {"label": "canary"}})
    ids = {
        "user_id": me["id"],
        "candidate_id": candidate_id,
        "resume_id": resume["id"],
        "analysis_id": review["analysis_id"],
        "batch_id": batch["batch_id"],
        "invitation_id": invitation["id"],
        "key_id": key["id"],
        "webhook_id": webhook["id"],
        "delivery_id": str(uuid.uuid4()),
        "finding_id": str(uuid.uuid4()),
        "job_id": "1",
        "experiment_id": experiment["id"],
        "rollout_id": rollout["id"],
        "trial_id": str(uuid.uuid4()),
    }
    await people.add(STRANGER)
    api.headers.update(await people.headers(STRANGER))
    return ids


async def test_case_31_ids_of_others_answer_like_unknown_ones(
    api: httpx2.AsyncClient, description: Description, owned: dict[str, str]
) -> None:
    unknown = {name: "999999999" if name == "job_id" else str(uuid.uuid4()) for name in owned}
    told_apart: list[str] = []
    checked = 0
    for method, path, operation in description.operations():
        if "{" not in path or _names(path) <= set(NOT_OWNED):
            continue
        arguments = description.request(operation)
        url = path.removeprefix(PREFIX)
        foreign = await api.request(method.upper(), url.format(**owned, **NOT_OWNED), **arguments)
        nobodys = await api.request(method.upper(), url.format(**unknown, **NOT_OWNED), **arguments)
        checked += 1
        if foreign.status_code not in {403, 404} or _told(foreign) != _told(nobodys):
            told_apart.append(f"{method.upper()} {path}: {_told(foreign)} against {_told(nobodys)}")

    assert told_apart == []
    assert checked > 40


async def test_case_32_nothing_is_written_when_ids_of_others_are_named(
    api: httpx2.AsyncClient, description: Description, owned: dict[str, str], session: AsyncSession
) -> None:
    created = await api.post("/candidates", json={"first_name": "Own", "last_name": "Candidate"})
    mine = created.json()["candidate"]["id"]
    before = await _contents(session)

    for method, path, operation in description.operations():
        if "{" in path:
            # In a path of two ids one is the caller's own.
            ids = owned | NOT_OWNED | ({"candidate_id": mine} if path.count("{") > 1 else {})
            url = path.removeprefix(PREFIX).format(**ids)
            await api.request(method.upper(), url, **description.request(operation))

    assert await _contents(session) == before


async def _contents(session: AsyncSession) -> dict[str, str]:
    """All rows of all tables but those in which a request leaves its own trace."""
    session.expire_all()
    return {
        table.name: str((await session.execute(sa.select(table).order_by(*table.primary_key))).all())
        for table in Base.metadata.sorted_tables
        if table.name not in {"activity_logs", "idempotency_keys", "rate_limits", "refresh_tokens"}
    }


async def test_case_33_lists_counts_and_exports_hold_own_rows_only(
    api: httpx2.AsyncClient, description: Description, owned: dict[str, str]
) -> None:
    shown: list[str] = []
    for method, path, operation in description.operations():
        if method != "get" or "{" in path:
            continue
        answer = await api.get(path.removeprefix(PREFIX), **description.request(operation))
        # The directory of colleagues is for seniors; one's own profile is one's own.
        found = [name for name, value in owned.items() if len(value) > 9 and value in answer.text]
        total = _total(answer)
        if found or total or "Owned" in answer.text:
            shown.append(f"{path}: {found} {total}")

    assert shown == []


async def test_case_35_fields_that_are_not_the_callers_to_set_are_refused_or_ignored(
    api: httpx2.AsyncClient, people: People
) -> None:
    await people.add(STRANGER)
    api.headers.update(await people.headers(STRANGER))
    body = {
        "first_name": "Jane",
        "last_name": "Doe",
        "role": "admin",
        "id": str(uuid.uuid4()),
        "status": "placed",
    }

    profile = await api.patch("/profile/me", json={"first_name": "A", "last_name": "B", "role": "admin"})
    candidate = await api.post("/candidates", json=body)

    assert profile.status_code == 422 or profile.json()["role"] == "junior_recruiter"
    if candidate.status_code < 300:
        assert candidate.json()["candidate"]["id"] != body["id"]
        assert candidate.json()["candidate"]["status"] == "active"


def _names(path: str) -> set[str]:
    return {part[1:-1].partition("}")[0] for part in path.split("/") if part.startswith("{")}


def _told(answer: httpx2.Response) -> tuple[int, str, str]:
    body: dict[str, Any] = (
        answer.json() if answer.headers["content-type"].startswith("application/json") else {}
    )
    return answer.status_code, str(body.get("code", "")), str(body.get("detail", ""))


def _total(answer: httpx2.Response) -> int:
    """Rows a list claims to have; sessions are the caller's own."""
    if answer.status_code != 200 or not answer.headers["content-type"].startswith("application/json"):
        return 0
    body = answer.json()
    if not isinstance(body, dict) or "sessions" in body:
        return 0
    counts = cast("dict[str, Any]", body)
    return sum(
        int(counts.get(name) or 0) for name in ("total_count", "total", "total_uploads", "total_analyses")
    )
