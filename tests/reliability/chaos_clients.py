"""Clients that work as consultants do, try again when they are told to, and write down all that they were told."""

import asyncio
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, cast

import httpx2
from chaos_parts import Parts
from history import ANSWER_SECONDS, Answer, Kind, owners_in

from resume_review.testing.resumes import MARKDOWN

# Longer than any answer may take, so that a late one is seen as such.
GIVE_UP_SECONDS = ANSWER_SECONDS + 5
AGAIN_SECONDS = 0.4
LOOK_SECONDS = 0.4
PER_RESUME = 10
AT_ONCE = 4
PASSWORD = "a phrase for tests only"


def resume_text(mark: str) -> str:
    """A resume like any other, whose every version says whose it is."""
    return MARKDOWN.replace("a grocery chain", f"the {mark} grocery chain").replace(
        "Jane Doe", f"Jane {mark}"
    )


@dataclass
class Client:
    """One account at work.

    Attributes:
        name: `c` and a number; part of every mark.
        reviews: Ids of the reviews it was told were accepted, by their marks.
        files: SHA-256 of what it uploaded, and the resume's id, by mark.
        stop: Set when no new work is to be begun.
    """

    name: str
    parts: Parts
    others: list["Client"]
    stop: asyncio.Event
    reviews: dict[str, str] = field(default_factory=dict[str, str])
    files: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    asked: int = 0
    _http: httpx2.AsyncClient | None = None

    @property
    def email(self) -> str:
        return f"{self.name}@agency.example"

    async def open(self) -> None:
        """Sign in; each client comes from an address of its own."""
        address = f"10.0.{int(self.name[1:]) // 250}.{int(self.name[1:]) % 250 + 1}"
        self._http = httpx2.AsyncClient(
            base_url=self.parts.api, timeout=None, headers={"x-forwarded-for": address}
        )
        login = {"email": self.email, "password": PASSWORD}
        answer = (await self._http.post("/auth/login", json=login)).raise_for_status()
        self._http.headers["authorization"] = f"Bearer {answer.json()['access_token']}"

    async def close(self) -> None:
        assert self._http is not None
        await self._http.aclose()

    async def work(self, reviews: int, *, spread_s: float) -> None:
        """Ask for so many reviews, a few at once and not all at the beginning, and follow each to its end."""
        numbers, began = iter(range(reviews)), self.parts.now()
        resumes: dict[int, asyncio.Task[str]] = {}

        async def one_after_another() -> None:
            for number in numbers:
                await asyncio.sleep(began + spread_s * number / reviews - self.parts.now())
                if self.stop.is_set():
                    return
                upload = resumes.setdefault(
                    number // PER_RESUME, asyncio.create_task(self._upload(number // PER_RESUME))
                )
                self.asked += 1
                await self._review(await upload, f"chaos-{self.name}-{number}")

        await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))

    async def look_again(self) -> None:
        """In the end: every result and every file once more, and whether the files are as they were sent."""
        for mark, review_id in self.reviews.items():
            await self._until_done(Kind.RESULT, mark, "GET", f"/analysis/analysis/{review_id}/status")
        for mark, (resume_id, digest) in self.files.items():
            answer = await self._until_done(Kind.FILE, mark, "GET", f"/resume_upload/{resume_id}/file")
            if hashlib.sha256(answer.content).hexdigest() == digest:
                self.parts.history.kept_files.add(mark)

    async def _upload(self, number: int) -> str:
        mark = f"chaos-{self.name}-{number + 1_000}"
        content = resume_text(mark).encode()
        created = await self._until_done(
            Kind.LIST, mark, "POST", "/candidates", json={"first_name": "Jane", "last_name": mark}
        )
        path = f"/resume_upload/candidates/{created.json()['candidate']['id']}/resumes"
        files = {"file": (f"{mark}.md", content)}
        answer = await self._until_done(Kind.UPLOAD, mark, "POST", path, files=files)
        resume_id: str = answer.json()["id"]
        self.files[mark] = (resume_id, hashlib.sha256(content).hexdigest())
        return resume_id

    async def _review(self, resume_id: str, mark: str) -> None:
        body = {"industry": "strategy_consulting", "target_role": mark, "force": True}
        path = f"/analysis/resumes/{resume_id}/analyze"
        answer = await self._until_done(Kind.START, mark, "POST", path, json=body)
        self.reviews[mark] = review_id = answer.json()["analysis_id"]
        await self._nose_about()
        while not self.stop.is_set():
            status = await self._call(Kind.STATUS, mark, "GET", f"/analysis/analysis/{review_id}/status")
            if status is not None and status.is_success and status.json()["status"] not in _OPEN:
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _nose_about(self) -> None:
        """Look at one's own list, and at something of somebody else."""
        await self._call(Kind.LIST, f"chaos-{self.name}-0", "GET", "/analysis?page_size=5")
        other = self.others[self.asked % len(self.others)]
        if other is not self and other.reviews:
            mark, review_id = next(reversed(other.reviews.items()))
            await self._call(Kind.FOREIGN, mark, "GET", f"/analysis/analysis/{review_id}/status")

    async def _until_done(
        self, kind: Kind, mark: str, method: str, path: str, **content: Any
    ) -> httpx2.Response:
        """Ask with the same key until it is done."""
        while True:
            answer = await self._call(kind, mark, method, path, key=f"{kind}-{mark}", **content)
            if answer is not None and answer.is_success:
                return answer
            await asyncio.sleep(AGAIN_SECONDS)

    async def _call(
        self, kind: Kind, mark: str, method: str, path: str, *, key: str = "", **content: Any
    ) -> httpx2.Response | None:
        assert self._http is not None
        headers = {"idempotency-key": key} if key and method == "POST" else {}
        started = self.parts.now()
        answer: httpx2.Response | None = None
        try:
            async with asyncio.timeout(GIVE_UP_SECONDS):
                answer = await self._http.request(method, path, headers=headers, **content)
        except (httpx2.TransportError, TimeoutError):
            answer = None
        self._write_down(kind, mark, started, answer)
        return answer

    def _write_down(self, kind: Kind, mark: str, started: float, answer: httpx2.Response | None) -> None:
        body: dict[str, Any] = {}
        if answer is not None and answer.headers.get("content-type", "").startswith("application/json"):
            body = cast("dict[str, Any]", json.loads(answer.text))
        state = None
        if answer is not None and answer.is_success and kind in {Kind.STATUS, Kind.RESULT}:
            result: dict[str, Any] = body.get("result") or {}
            state = (str(body["status"]), result.get("overall_score"))
        self.parts.history.answers.append(
            Answer(
                client=self.name,
                kind=kind,
                mark=mark,
                started=started,
                seconds=self.parts.now() - started,
                status=None if answer is None else answer.status_code,
                code=str(body.get("code", "")),
                named=str(body.get("analysis_id", "")) if kind is Kind.START else "",
                state=state,
                owners=owners_in(answer.text) if answer is not None and answer.is_success else frozenset(),
            )
        )


_OPEN = {"pending", "processing"}
