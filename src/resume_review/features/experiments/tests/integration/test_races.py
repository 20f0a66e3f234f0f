import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest

from resume_review.ai_agents.interface import EngineFacts
from resume_review.database.models import Rollout, User
from resume_review.database.session import Database
from resume_review.features.experiments.errors import KeyTakenError, RolloutUnderWayError
from resume_review.features.experiments.rollouts import RolloutService
from resume_review.features.experiments.schemas import ExperimentDraft, RolloutCreate
from resume_review.features.experiments.service import ExperimentService
from resume_review.infrastructure.http import ClientInfo
from resume_review.testing.factories import make_user

pytestmark = pytest.mark.integration

PARTS: dict[str, Any] = {
    "engine": EngineFacts(name="rubric", fingerprint="rubric"),
    "client": ClientInfo(address="192.0.2.1", request_id="r", device="test"),
}


@pytest.fixture
async def user(committed_database: Database) -> User:
    async with committed_database.transaction() as session:
        user = make_user()
        session.add(user)
    return user


async def refusals(*attempts: Awaitable[object]) -> list[type[BaseException]]:
    outcomes = await asyncio.gather(*attempts, return_exceptions=True)
    return [type(outcome) for outcome in outcomes if isinstance(outcome, BaseException)]


async def test_one_key_is_given_to_one_of_two_requests(committed_database: Database, user: User) -> None:
    async def create() -> None:
        arms = [{"name": "a", "weight": 1}, {"name": "b", "weight": 1}]
        body = ExperimentDraft.model_validate({"key": "same", "arms": arms})
        async with committed_database.transaction() as session:
            await ExperimentService(session, user, **PARTS).create(body)

    assert set(await refusals(create(), create(), create())) == {KeyTakenError}


async def test_one_of_two_rollouts_gets_under_way(committed_database: Database, user: User) -> None:
    async def create(key: str) -> Rollout:
        body = RolloutCreate.model_validate({"key": key, "change": {"label": "canary"}})
        async with committed_database.transaction() as session:
            return await RolloutService(session, user, **PARTS).create(body)

    async def begin(rollout: Rollout) -> None:
        async with committed_database.transaction() as session:
            await RolloutService(session, user, **PARTS).set_stage(rollout.id, 10)

    first, second = await create("first"), await create("second")

    assert await refusals(begin(first), begin(second)) == [RolloutUnderWayError]
