"""Streams and cancellations at a server that people use: real connections and a real worker."""

import json
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2
import pytest

from resume_review.infrastructure.events import STREAMS_PER_USER
from resume_review.testing.consultant import ADMIN, Consultant, consultant
from resume_review.testing.model_server import ModelServer, model_server
from resume_review.testing.processes import Server

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@contextmanager
def judging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[tuple[Consultant, ModelServer]]:
    """A server whose models do not answer before they are let go."""
    with model_server() as models:
        models.held = {"StructureReport", "AppealReport"}
        monkeypatch.setenv("OPENAI_BASE_URL", f"{models.url}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-for-tests")
        known = {"ENGINE": "openai", "MODEL": "gpt-test"}
        with (
            Server(tmp_path, RATE_LIMITS="off", WORKERS="1", **ADMIN, **known) as server,
            consultant(server.api) as robin,
        ):
            yield robin, models


def running(robin: Consultant) -> str:
    """A review whose analysis has begun."""
    review_id = robin.request(robin.upload())
    while robin.status(review_id)["status"] != "processing":
        continue
    return review_id


@contextmanager
def following(robin: Consultant, review_id: str) -> Generator[httpx2.Response]:
    with robin.client.stream("GET", f"/analysis/analysis/{review_id}/events") as answer:
        yield answer


def test_a_running_review_is_followed_by_ten_streams_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with judging(tmp_path, monkeypatch) as (robin, models), ExitStack() as streams:
        review_id = running(robin)
        kept = streams.enter_context(following(robin, review_id))
        left = ExitStack()
        opened = [left.enter_context(following(robin, review_id)) for _ in range(STREAMS_PER_USER - 1)]
        with following(robin, review_id) as refused:
            code = refused.status_code

        left.close()  # clients that go away free their places
        again = 429
        while again == 429:
            with following(robin, review_id) as answer:
                again = answer.status_code
        lines = kept.iter_lines()
        while next(lines) != ": ping":  # nothing happens, and still the connection is kept alive
            continue
        models.held = set()
        told = [json.loads(line[6:]) for line in lines if line.startswith("data: ")]

    assert {answer.status_code for answer in opened} == {200}
    assert (code, again) == (429, 200)
    assert told[-1]["status"] == "completed"


def test_a_running_review_is_stopped_where_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with judging(tmp_path, monkeypatch) as (robin, models):
        review_id = running(robin)
        cancelled = robin.client.delete(f"/analysis/{review_id}/cancel")
        # The only slot of the worker is free again while the models still hold their answers.
        other = robin.client.post(
            f"/analysis/resumes/{robin.upload()}/analyze",
            json={"industry": "ma_finance", "review_type": "quick_scan"},
        ).json()["analysis_id"]
        done = robin.ended(other)
        held = models.held
        failed = robin.client.get("/admin/jobs").json()
        after = robin.status(review_id)

    assert cancelled.status_code == 200
    assert (done["status"], bool(held)) == ("completed", True)
    assert (after["status"], after["result"]) == ("cancelled", None)
    assert review_id not in json.dumps(failed)
