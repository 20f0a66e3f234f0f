import asyncio
import json
import uuid
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from resume_review.database.enums import UserRole
from resume_review.features.resume_upload.progress import topic
from resume_review.infrastructure.events import STREAMS_PER_USER
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from resume_review.features.resume_upload.tests.conftest import Uploads

pytestmark = pytest.mark.integration


def events_of(answer: httpx2.Response) -> list[dict[str, Any]]:
    return [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]


async def followed(
    live: "Uploads", resume_id: str, headers: dict[str, str] | None = None
) -> asyncio.Task[httpx2.Response]:
    """A client that follows, once it is listened for."""
    listening = live.app.state.events._subscriptions
    before = len(listening.get(topic(uuid.UUID(resume_id)), ()))
    following = asyncio.create_task(live.call("GET", f"/{resume_id}/events", headers=headers))
    while len(listening.get(topic(uuid.UUID(resume_id)), ())) == before:  # noqa: ASYNC110 - a plain dictionary tells nobody
        await asyncio.sleep(0.01)
    return following


async def test_a_stream_of_a_resume_that_was_read_ends_at_once(uploads: "Uploads") -> None:
    resume_id = (await uploads.sent())["id"]

    answer = await uploads.get(f"/{resume_id}/events")

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert events_of(answer) == [
        {"id": resume_id, "status": "completed", "progress": 100, "error_message": None}
    ]


async def test_a_stream_follows_a_reading_to_its_end(live: "Uploads") -> None:
    resume_id = (await live.sent_slowly())["id"]
    following = await followed(live, resume_id)

    await live.reading.run(uuid.UUID(resume_id))

    events = events_of(await following)
    assert (events[0]["status"], events[-1]["status"]) == ("processing", "completed")


async def test_a_stream_ends_when_the_resume_is_deleted(live: "Uploads") -> None:
    resume_id = (await live.sent_slowly())["id"]
    following = await followed(live, resume_id)

    await live.call("DELETE", f"/{resume_id}")

    assert [event["status"] for event in events_of(await following)] == ["processing"]


async def test_a_client_that_leaves_leaves_nothing_behind(live: "Uploads") -> None:
    resume_id = (await live.sent_slowly())["id"]
    following = await followed(live, resume_id)

    following.cancel()
    with pytest.raises(asyncio.CancelledError):
        await following

    assert not live.app.state.events._subscriptions


async def test_whoever_waits_holds_no_connection(live: "Uploads") -> None:
    resume_id = (await live.sent_slowly())["id"]
    waiting: list[asyncio.Task[httpx2.Response]] = []
    for number in range(4):
        name = f"senior{number}@agency.example"
        await live.people.add(name, UserRole.SENIOR_RECRUITER)
        headers = await live.people.headers(name)
        waiting += [await followed(live, resume_id, headers) for _ in range(STREAMS_PER_USER)]

    answers = await asyncio.gather(*(live.get(f"/{resume_id}") for _ in range(5)))
    await live.call("DELETE", f"/{resume_id}/cancel")
    ends = [events_of(await following)[-1]["status"] for following in waiting]

    assert {answer.status_code for answer in answers} == {200}
    assert ends == ["cancelled"] * 4 * STREAMS_PER_USER


async def test_case_56_one_user_follows_so_much_at_most_whatever_it_is(live: "Uploads") -> None:
    resume_id = (await live.sent_slowly())["id"]
    batch_id = (await live.call("POST", "/batch", files=[("files", ("cv.md", MARKDOWN.encode()))])).json()[
        "batch_id"
    ]
    following = [await followed(live, resume_id) for _ in range(STREAMS_PER_USER)]

    refused = [await live.get(f"/{path}/events") for path in (resume_id, f"batch/{batch_id}")]
    left = following.pop()
    left.cancel()
    await asyncio.wait([left])
    again = await followed(live, resume_id)
    await live.call("DELETE", f"/{resume_id}/cancel")

    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [
        (429, "events.too_many_streams")
    ] * 2
    assert all("retry-after" in answer.headers for answer in refused)
    assert {(await stream).status_code for stream in [*following, again]} == {200}
