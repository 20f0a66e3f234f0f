"""People at work: two juniors and a senior."""

from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from resume_review.database.enums import UserRole
from resume_review.database.models import User
from resume_review.testing.api import People

JUNIOR, OTHER, SENIOR = "junior@agency.example", "other@agency.example", "senior@agency.example"


@dataclass
class Desk:
    """One person's view of the API."""

    api: httpx2.AsyncClient
    user: User
    headers: dict[str, str]

    async def call(self, method: str, path: str, **content: Any) -> httpx2.Response:
        """Any request, signed in."""
        return await self.api.request(method, path, headers=self.headers, **content)

    async def create(self, **fields: Any) -> dict[str, Any]:
        """A new candidate, assigned to this person."""
        body = {"first_name": "Jane", "last_name": "Doe"} | fields
        answer = await self.call("POST", "/candidates", json=body)
        return answer.raise_for_status().json()["candidate"]

    async def listed(self, **query: Any) -> dict[str, Any]:
        """A list of candidates."""
        return (await self.call("GET", "/candidates", params=query)).raise_for_status().json()

    async def names(self, **query: Any) -> list[str]:
        """First names in a list of candidates."""
        return [candidate["first_name"] for candidate in (await self.listed(**query))["candidates"]]


async def desk(people: People, email: str, role: UserRole) -> Desk:
    user = await people.add(email, role)
    return Desk(people.api, user, await people.headers(email))


@pytest.fixture
async def junior(people: People) -> Desk:
    return await desk(people, JUNIOR, UserRole.JUNIOR_RECRUITER)


@pytest.fixture
async def other(people: People) -> Desk:
    return await desk(people, OTHER, UserRole.JUNIOR_RECRUITER)


@pytest.fixture
async def senior(people: People) -> Desk:
    return await desk(people, SENIOR, UserRole.SENIOR_RECRUITER)
