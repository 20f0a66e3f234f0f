"""The bundled sample, reviewed through the platform's own API."""

import asyncio
from importlib.resources import files
from typing import Any

import httpx2
import msgspec
from fastapi import FastAPI

from resume_review.api.router import PREFIX
from resume_review.cli.reports import catalog, terminal
from resume_review.core.errors import StartupError
from resume_review.documents import Document
from resume_review.features.auth import AuthService
from resume_review.infrastructure.http import ClientInfo
from resume_review.rubric import Review

SAMPLE = "strategy_consultant_en.pdf"
INDUSTRY = "strategy_consulting"
POLL_SECONDS = 0.1
PATIENCE_SECONDS = 60.0


async def run_demo(app: FastAPI, address: str) -> str:
    """Upload and review the sample as the first administrator; returns the terminal report.

    Raises:
        StartupError: A step failed; names it.
    """
    headers = {"authorization": f"Bearer {await _access_token(app)}"}
    async with httpx2.AsyncClient(base_url=address + PREFIX, headers=headers, timeout=30) as client:
        candidate_id = await _candidate(client)
        sample = files("resume_review").joinpath("samples", SAMPLE).read_bytes()
        resume = await _call(
            client,
            "POST",
            f"/resume_upload/candidates/{candidate_id}/resumes",
            files={"file": (SAMPLE, sample)},
        )
        started = await _call(
            client, "POST", f"/analysis/resumes/{resume['id']}/analyze", json={"industry": INDUSTRY}
        )
        review_id = started["analysis_id"]
        async with asyncio.timeout(PATIENCE_SECONDS):
            status = await _ended(client, review_id)
        if status["status"] != "completed":
            raise StartupError(f"The sample could not be reviewed: {status['error']}")
        answer = await _call(client, "GET", f"/analysis/analysis/{review_id}/review")
        read = await _call(client, "GET", f"/resume_upload/{resume['id']}/document")
    report = terminal.report(
        msgspec.convert(answer, Review), catalog.load("en"), document=msgspec.convert(read, Document)
    )
    return terminal.for_screen(report)


async def _access_token(app: FastAPI) -> str:
    state = app.state
    async with state.database.transaction() as session:
        auth = AuthService(
            session, hasher=state.password_hasher, signer=state.token_signer, limiter=state.rate_limiter
        )
        client = ClientInfo(address="127.0.0.1", device="resume-review serve --demo", request_id="demo")
        issued = await auth.sign_in_operator(state.settings.admin_email, client=client)
    return issued.access_token


async def _candidate(client: httpx2.AsyncClient) -> str:
    person = {"first_name": "Sample", "last_name": "Candidate"}
    listed = await _call(client, "GET", "/candidates", params={"limit": 100})
    for candidate in listed["candidates"]:
        if all(candidate[name] == value for name, value in person.items()):
            return candidate["id"]
    created = await _call(client, "POST", "/candidates", json=person)
    return created["candidate"]["id"]


async def _ended(client: httpx2.AsyncClient, review_id: str) -> dict[str, Any]:
    """The status, once the review has ended one way or the other."""
    while True:
        status = await _call(client, "GET", f"/analysis/analysis/{review_id}/status")
        if status["status"] not in {"pending", "processing"}:
            return status
        await asyncio.sleep(POLL_SECONDS)


async def _call(client: httpx2.AsyncClient, method: str, path: str, **options: Any) -> dict[str, Any]:
    response = await client.request(method, path, **options)
    body: dict[str, Any] = response.json()
    if response.is_error:
        raise StartupError(f"The demo failed at {method} {path}: {body.get('detail')}")
    return body
