"""The whole API in the test's own transaction: nothing to start, nothing left behind."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from resume_review.core.settings import Settings, load_settings
from resume_review.database.enums import UserRole
from resume_review.database.models import User
from resume_review.database.session import Database
from resume_review.database.startup import OpenDatabase
from resume_review.features.auth import PasswordHasher, create_user
from resume_review.main import create_app, running_on

PASSWORD = "a phrase for tests only"  # noqa: S105 - opens nothing outside a test
ADMIN = "admin@agency.example"


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """No worker and everything in the test's own directory; an indirect parameter overrides settings."""
    overrides: dict[str, Any] = getattr(request, "param", {})
    return load_settings(
        data_dir=tmp_path, workers=0, admin_email=ADMIN, admin_password=PASSWORD, **overrides
    )


@pytest.fixture
async def app(settings: Settings, database: Database) -> AsyncIterator[FastAPI]:
    """The app on the test's rolled-back connection, with its first administrator."""
    app = create_app(settings)
    async with running_on(app, OpenDatabase(database, conninfo="")):
        yield app


@pytest.fixture
async def api(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """A client that is not signed in; paths start after the version prefix."""
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        yield client


@dataclass
class People:
    """Makes accounts and signs them in."""

    app: FastAPI
    api: httpx2.AsyncClient

    async def add(self, email: str, role: UserRole = UserRole.JUNIOR_RECRUITER) -> User:
        """An account whose password is `PASSWORD`."""
        hasher: PasswordHasher = self.app.state.password_hasher
        async with self.app.state.database.transaction() as session:
            return await create_user(
                session,
                hasher,
                email=email,
                password=PASSWORD,
                first_name="Robin",
                last_name="Sato",
                role=role,
            )

    async def login(self, email: str = ADMIN, password: str = PASSWORD) -> dict[str, Any]:
        """The body of a successful sign-in."""
        response = await self.api.post("/auth/login", json={"email": email, "password": password})
        response.raise_for_status()
        return response.json()

    async def headers(self, email: str = ADMIN) -> dict[str, str]:
        """What a signed-in request carries."""
        return {"authorization": f"Bearer {(await self.login(email))['access_token']}"}


@pytest.fixture
def people(app: FastAPI, api: httpx2.AsyncClient) -> People:
    return People(app, api)
