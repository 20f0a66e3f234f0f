"""Uploads beside a real worker."""

import json
from typing import TYPE_CHECKING

import pytest

from resume_review.core.settings import Settings

if TYPE_CHECKING:
    from resume_review.features.resume_upload.tests.conftest import Uploads

pytestmark = pytest.mark.integration


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"workers": 2})


async def test_a_worker_finishes_a_slow_reading_and_the_stream_says_so(live: "Uploads") -> None:
    resume_id = (await live.sent_slowly())["id"]

    answer = await live.get(f"/{resume_id}/events")

    events = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]
    assert events[-1]["status"] == "completed"


async def test_a_worker_reads_a_pile(live: "Uploads", sample: bytes) -> None:
    files = [(f"{n}.pdf", sample + b"\n%" + str(n).encode()) for n in range(6)]

    accepted = await live.call("POST", "/batch", files=[("files", file) for file in files])
    answer = await live.get(f"/batch/{accepted.json()['batch_id']}/events")

    events = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]
    assert (events[-1]["status"], events[-1]["totals"]["waiting"]) == ("waiting", 6)


async def test_a_worker_removes_the_file_of_a_deleted_version(live: "Uploads") -> None:
    resume_id = (await live.sent())["id"]

    await live.call("DELETE", f"/{resume_id}")

    while live.stored():
        # Another request gives the worker its turn.
        await live.get("/stats/summary")
    assert (await live.get(f"/{resume_id}")).status_code == 404
