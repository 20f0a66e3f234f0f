"""A consultant at work: what a signed-in client does from upload to result, over real HTTP."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import httpx2

from resume_review.testing.resumes import MARKDOWN

ADMIN = {"ADMIN_EMAIL": "admin@agency.example", "ADMIN_PASSWORD": "a phrase for tests only"}
UNFINISHED = {"pending", "processing"}


class Consultant:
    """Calls the API, as the first administrator unless told otherwise."""

    def __init__(self, client: httpx2.Client, *, email: str, password: str) -> None:
        self.client = client
        login = {"email": email, "password": password}
        self.token: str = self.post("/auth/login", json=login)["access_token"]
        client.headers["authorization"] = f"Bearer {self.token}"

    def upload(self, content: bytes = MARKDOWN.encode(), *, filename: str = "resume.md") -> str:
        """Register a candidate with a resume; the resume's id."""
        created = self.post("/candidates", json={"first_name": "Jane", "last_name": "Doe"})
        path = f"/resume_upload/candidates/{created['candidate']['id']}/resumes"
        return self.post(path, files={"file": (filename, content)})["id"]

    def request(self, resume_id: str) -> str:
        """Ask for a review; its id."""
        path = f"/analysis/resumes/{resume_id}/analyze"
        return self.post(path, json={"industry": "strategy_consulting"})["analysis_id"]

    def status(self, review_id: str) -> dict[str, Any]:
        """How the review stands."""
        return self.client.get(f"/analysis/analysis/{review_id}/status").raise_for_status().json()

    def ended(self, review_id: str) -> dict[str, Any]:
        """The status, once the review has ended one way or the other."""
        while (body := self.status(review_id))["status"] in UNFINISHED:
            # The stream ends with the review, and asks for nothing meanwhile.
            with self.client.stream("GET", f"/analysis/analysis/{review_id}/events") as events:
                for _ in events.raise_for_status().iter_raw():
                    continue
        return body

    def post(self, path: str, **content: Any) -> dict[str, Any]:
        """The answer to a request that must succeed."""
        return self.client.post(path, **content).raise_for_status().json()


@contextmanager
def consultant(
    api: str, *, email: str = ADMIN["ADMIN_EMAIL"], password: str = ADMIN["ADMIN_PASSWORD"]
) -> Generator[Consultant]:
    """A signed-in consultant; `api` is the address with its version prefix."""
    with httpx2.Client(base_url=api, timeout=30) as client:
        yield Consultant(client, email=email, password=password)
