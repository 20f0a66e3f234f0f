"""A signed-in administrator with a candidate, and what a worker would do."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from resume_review.core.settings import Settings
from resume_review.database.enums import UserRole
from resume_review.database.session import Database
from resume_review.database.startup import OpenDatabase
from resume_review.documents.isolation import IsolatedReader
from resume_review.features.resume_upload import PatientReader
from resume_review.features.resume_upload.tasks import ReadResume
from resume_review.features.stored_files.tasks import RemoveFiles
from resume_review.main import create_app, running_on
from resume_review.testing.api import People
from resume_review.testing.resumes import MARKDOWN

SAMPLE = Path(__file__).parents[3] / "samples" / "strategy_consultant_en.pdf"


@dataclass
class Uploads:
    """Uploads resumes and looks at them."""

    app: FastAPI
    api: httpx2.AsyncClient
    people: People
    headers: dict[str, str]
    candidate_id: str
    settings: Settings

    async def candidate(self) -> str:
        """Another candidate of the same user."""
        body = {"first_name": "Mei", "last_name": "Tanaka"}
        created = await self.api.post("/candidates", json=body, headers=self.headers)
        return created.json()["candidate"]["id"]

    async def send(
        self,
        data: bytes = MARKDOWN.encode(),
        name: str = "resume.md",
        *,
        candidate_id: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx2.Response:
        """Upload one file."""
        return await self.api.post(
            f"/resume_upload/candidates/{candidate_id or self.candidate_id}/resumes",
            files={"file": (name, data)},
            headers=headers or self.headers,
        )

    async def sent(self, data: bytes = MARKDOWN.encode(), name: str = "resume.md") -> dict[str, Any]:
        """The body of an accepted upload."""
        return (await self.send(data, name)).raise_for_status().json()

    async def sent_slowly(self, data: bytes = MARKDOWN.encode(), name: str = "resume.md") -> dict[str, Any]:
        """An accepted upload that is still being read: nobody has any patience."""
        patient = self.app.state.document_reader
        self.app.state.document_reader = PatientReader(IsolatedReader(), children=1, patience=0)
        try:
            return await self.sent(data, name)
        finally:
            await self.app.state.document_reader.close()
            self.app.state.document_reader = patient

    async def call(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **content: Any
    ) -> httpx2.Response:
        """Any other route of the feature."""
        return await self.api.request(
            method, f"/resume_upload{path}", headers=self.headers | (headers or {}), **content
        )

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        """Look at something."""
        return await self.call("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    async def junior(self) -> dict[str, str]:
        """Headers of somebody who sees none of this."""
        await self.people.add("junior@agency.example", UserRole.JUNIOR_RECRUITER)
        return await self.people.headers("junior@agency.example")

    def stored(self) -> list[Path]:
        """The files that are kept."""
        return [path for path in self.settings.files_dir.rglob("*") if path.is_file()]

    @property
    def reading(self) -> ReadResume:
        """The job that reads."""
        state = self.app.state
        return ReadResume(state.database, state.document_reader, state.file_store)

    @property
    def removing(self) -> RemoveFiles:
        """The job that removes files."""
        return RemoveFiles(self.app.state.database, self.app.state.file_store, self.app.state.stores.cache)


async def _uploads(app: FastAPI, api: httpx2.AsyncClient, settings: Settings) -> Uploads:
    people = People(app, api)
    headers = await people.headers()
    created = await api.post("/candidates", json={"first_name": "Jane", "last_name": "Doe"}, headers=headers)
    return Uploads(app, api, people, headers, created.json()["candidate"]["id"], settings)


@pytest.fixture
async def uploads(app: FastAPI, api: httpx2.AsyncClient, settings: Settings) -> Uploads:
    """In the test's own transaction, one thing at a time."""
    return await _uploads(app, api, settings)


@pytest.fixture
async def live(
    committed_database: Database, committed_database_url: str, settings: Settings
) -> AsyncIterator[Uploads]:
    """On a database of its own, where requests run at once and tell each other what they do."""
    app = create_app(settings)
    opened = OpenDatabase(committed_database, conninfo=committed_database_url.replace("+psycopg", ""))
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        running_on(app, opened),
        httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1") as api,
    ):
        yield await _uploads(app, api, settings)


@pytest.fixture
def sample() -> bytes:
    """A PDF with two pages of text."""
    return SAMPLE.read_bytes()
