"""Who sees metrics, and where."""

import socket
from pathlib import Path

import httpx2
import pytest
from prometheus_client.metrics_core import Metric
from pydantic import SecretStr

from resume_review.core.errors import StartupError
from resume_review.core.settings import load_settings
from resume_review.infrastructure.monitoring import gauges
from resume_review.infrastructure.monitoring.endpoint import serving_metrics

pytestmark = pytest.mark.integration

TOKEN = "a token of this test alone"


async def build() -> list[Metric]:
    return [gauges.BUILD((("1", "3"), 1))]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


async def fetch(url: str, **headers: str) -> httpx2.Response:
    async with httpx2.AsyncClient() as client:
        return await client.get(url, headers=headers)


async def test_a_port_of_its_own_shows_metrics_and_nothing_else(tmp_path: Path) -> None:
    port = free_port()
    async with serving_metrics(load_settings(data_dir=tmp_path, metrics_port=port), build):
        shown = await fetch(f"http://127.0.0.1:{port}/metrics")
        other = await fetch(f"http://127.0.0.1:{port}/health")

    assert 'resume_review_build_info{python="3",version="1"} 1.0' in shown.text
    assert "# TYPE resume_review_http_requests_total counter" in shown.text
    assert shown.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert other.status_code == 404


async def test_a_scraper_may_ask_for_the_newer_format(tmp_path: Path) -> None:
    port = free_port()
    async with serving_metrics(load_settings(data_dir=tmp_path, metrics_port=port), build):
        shown = await fetch(
            f"http://127.0.0.1:{port}/metrics", accept="application/openmetrics-text; version=1.0.0"
        )

    assert shown.headers["content-type"].startswith("application/openmetrics-text")
    assert shown.text.endswith("# EOF\n")


@pytest.mark.parametrize(
    ("given", "status"),
    [("", 401), ("Bearer something else", 401), (f"Basic {TOKEN}", 401), (f"Bearer {TOKEN}", 200)],
)
async def test_a_token_is_asked_for_where_there_is_one(tmp_path: Path, given: str, status: int) -> None:
    port = free_port()
    settings = load_settings(data_dir=tmp_path, metrics_port=port, metrics_token=SecretStr(TOKEN))
    async with serving_metrics(settings, build):
        answer = await fetch(f"http://127.0.0.1:{port}/metrics", authorization=given)

    assert answer.status_code == status
    assert ("resume_review" in answer.text) is (status == 200)


async def test_a_port_that_is_taken_stops_the_start_with_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = load_settings(data_dir=tmp_path, metrics_port=taken.getsockname()[1])
        with pytest.raises(StartupError, match="RESUME_REVIEW_METRICS_PORT: cannot listen on 127"):
            async with serving_metrics(settings, build):
                raise AssertionError


async def test_nothing_listens_unless_it_is_asked_for(tmp_path: Path) -> None:
    async def never() -> list[Metric]:
        raise AssertionError

    async with serving_metrics(load_settings(data_dir=tmp_path), never):
        pass
