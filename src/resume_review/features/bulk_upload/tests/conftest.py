"""A consultant with a pile of resumes, and what workers would do with it."""

import io
import json
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from resume_review.core.settings import Settings
from resume_review.database.enums import UserRole
from resume_review.features.bulk_upload.tasks import ReadBatchItem
from resume_review.testing.api import People
from resume_review.testing.resumes import MARKDOWN

Named = tuple[str, bytes]


@dataclass
class Pile:
    """Sends piles of resumes and decides about them."""

    app: FastAPI
    api: httpx2.AsyncClient
    people: People
    headers: dict[str, str]
    settings: Settings

    @staticmethod
    def resume(name: str, email: str | None = None) -> Named:
        """A readable resume of somebody."""
        contact = email or "+44 20 7946 0958"
        text = MARKDOWN.replace("# Jane Doe", f"# {name}").replace("jane.doe@example.com", contact)
        return f"{name.lower().replace(' ', '-')}.md", text.encode()

    @staticmethod
    def zipped(*files: Named) -> bytes:
        """The files in a zip."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
            for name, data in files:
                pack.writestr(name, data)
        return target.getvalue()

    async def send(self, files: Sequence[Named], **fields: Any) -> httpx2.Response:
        """A bulk upload; the fields are those of the form."""
        return await self.api.post(
            "/resume_upload/batch",
            files=[("files", file) for file in files],
            data={
                key: value if isinstance(value, str) else json.dumps(value) for key, value in fields.items()
            },
            headers=self.headers,
        )

    async def sent(self, files: Sequence[Named], **fields: Any) -> dict[str, Any]:
        """The body of an accepted bulk upload."""
        return (await self.send(files, **fields)).raise_for_status().json()

    async def read(self, files: Sequence[Named], **fields: Any) -> dict[str, Any]:
        """A bulk upload whose files have been read."""
        return await self.work_off(await self.sent(files, **fields))

    async def work_off(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Do what a worker would do, and look."""
        for item in batch["items"]:
            await self.job.run(uuid.UUID(item["id"]))
        return await self.look(batch)

    async def look(self, batch: dict[str, Any]) -> dict[str, Any]:
        """How the bulk upload stands."""
        return (await self.call("GET", batch)).raise_for_status().json()

    async def call(
        self,
        method: str,
        batch: dict[str, Any],
        path: str = "",
        *,
        headers: dict[str, str] | None = None,
        **content: Any,
    ) -> httpx2.Response:
        """Any route of a bulk upload."""
        address = f"/resume_upload/batch/{batch['batch_id']}{path}"
        return await self.api.request(method, address, headers=headers or self.headers, **content)

    async def confirm(self, batch: dict[str, Any], *decisions: dict[str, Any]) -> httpx2.Response:
        """Decide about files."""
        return await self.call("POST", batch, "/confirm", json={"items": list(decisions)})

    async def register(self, first: str, last: str, **fields: Any) -> str:
        """A candidate of the user; the id."""
        body = {"first_name": first, "last_name": last} | fields
        created = await self.api.post("/candidates", json=body, headers=self.headers)
        return created.raise_for_status().json()["candidate"]["id"]

    async def become_junior(self, name: str = "junior") -> None:
        """Go on as somebody who sees only their own candidates."""
        await self.people.add(f"{name}@agency.example", UserRole.JUNIOR_RECRUITER)
        self.headers = await self.people.headers(f"{name}@agency.example")

    def stored(self) -> list[Path]:
        """The files that are kept."""
        return [path for path in self.settings.files_dir.rglob("*") if path.is_file()]

    @property
    def job(self) -> ReadBatchItem:
        """What reads each file."""
        state = self.app.state
        return ReadBatchItem(
            state.database, state.document_reader, state.file_store, engine=state.engine.fingerprint
        )


@pytest.fixture
async def pile(app: FastAPI, api: httpx2.AsyncClient, people: People, settings: Settings) -> Pile:
    return Pile(app, api, people, await people.headers(), settings)
