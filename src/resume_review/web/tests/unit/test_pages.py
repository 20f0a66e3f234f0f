"""Which paths get a page, which a file, and with what headers."""

import re
from pathlib import Path

import httpx2
import pytest
from starlette.responses import PlainTextResponse

from resume_review.web.pages import NONCE, WebPages

pytestmark = pytest.mark.unit

PAGE = {"accept": "text/html,*/*"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "app-1a2b.js").write_text("1" * 2_000)
    (tmp_path / "index.html").write_text(f'<script nonce="{NONCE}"></script>' + " " * 1_000)
    (tmp_path / "favicon.svg").write_text("<svg/>")
    return tmp_path


@pytest.fixture
def client(folder: Path) -> httpx2.AsyncClient:
    app = WebPages(PlainTextResponse("the application"), folder=folder)
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test")


@pytest.mark.parametrize(
    "path",
    ["/api/v1/candidates", "/api/v9/none", "/health", "/health/ready", "/metrics", "/docs", "/openapi.json"],
)
async def test_paths_of_programs_go_to_the_application(client: httpx2.AsyncClient, path: str) -> None:
    assert (await client.get(path, headers=PAGE)).text == "the application"


async def test_whatever_is_not_read_goes_to_the_application(client: httpx2.AsyncClient) -> None:
    assert (await client.post("/candidates")).text == "the application"


async def test_the_first_path_depends_on_who_asks(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/", headers={"accept": "application/json"})).text == "the application"
    assert "<script" in (await client.get("/", headers=PAGE)).text


async def test_every_other_path_is_the_page_with_a_nonce_of_its_own(client: httpx2.AsyncClient) -> None:
    first, second = await client.get("/reviews/1", headers=PAGE), await client.get("/healthy", headers=PAGE)

    nonces = [re.findall(r'nonce="([^"]{20,})"', page.text) for page in (first, second)]
    assert nonces[0] != nonces[1]
    assert f"'nonce-{nonces[0][0]}'" in first.headers["content-security-policy"]
    assert "unsafe-inline" not in first.headers["content-security-policy"]
    assert first.headers["cache-control"] == "no-cache"


async def test_files_under_a_hash_are_kept_for_good_and_compressed(client: httpx2.AsyncClient) -> None:
    response = await client.get("/assets/app-1a2b.js", headers={"accept-encoding": "gzip"})

    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-encoding"] == "gzip"
    assert (await client.get("/favicon.svg")).headers["cache-control"] == "no-cache"


async def test_no_path_leads_out_of_the_folder(client: httpx2.AsyncClient, folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("a secret")

    response = await client.get("/assets/%2e%2e/%2e%2e/secret.txt", headers=PAGE)

    assert "a secret" not in response.text


async def test_a_missing_asset_is_404(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/assets/gone.js")).status_code == 404


async def test_browsers_are_told_to_stay_with_https(client: httpx2.AsyncClient) -> None:
    plain = await client.get("/reviews", headers=PAGE)
    safe = await client.get("/reviews", headers=PAGE | {"x-forwarded-proto": "https"})

    assert "strict-transport-security" not in plain.headers
    assert "strict-transport-security" in safe.headers


async def test_without_a_build_the_page_says_what_to_run(client: httpx2.AsyncClient, folder: Path) -> None:
    (folder / "index.html").unlink()

    response = await client.get("/reviews", headers=PAGE)

    assert response.status_code == 503
    assert "make web" in response.text
