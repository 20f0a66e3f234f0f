"""A browser's session: what its cookie is good for, and what other sites' pages cannot do with it."""

import httpx2
import pytest

from resume_review.testing.api import ADMIN, PASSWORD, People

pytestmark = pytest.mark.integration

COOKIE = "resume_review_session"
LOGIN = {"email": ADMIN, "password": PASSWORD}


async def sign_in(
    api: httpx2.AsyncClient, *, remember: bool = False, headers: dict[str, str] | None = None
) -> httpx2.Response:
    return await api.post("/auth/browser/login", json=LOGIN | {"remember": remember}, headers=headers)


async def test_the_refresh_token_is_in_a_cookie_and_nowhere_else(api: httpx2.AsyncClient) -> None:
    response = await sign_in(api)

    body, cookie = response.json(), response.headers["set-cookie"]
    assert set(body) == {"access_token", "token_type", "expires_in", "user"}
    assert f"{COOKIE}=closing." in cookie
    for attribute in ("HttpOnly", "SameSite=strict", "Path=/api/v1/auth/browser"):
        assert attribute in cookie
    assert "Max-Age" not in cookie


async def test_a_remembered_browser_keeps_its_cookie_for_a_week_and_after_a_refresh(
    api: httpx2.AsyncClient,
) -> None:
    first = (await sign_in(api, remember=True)).headers["set-cookie"]
    second = (await api.post("/auth/browser/refresh")).headers["set-cookie"]

    assert "Max-Age=604800" in first
    assert "Max-Age=604800" in second
    assert first.split(";")[0] != second.split(";")[0]


async def test_the_cookie_is_for_safe_connections_only_where_there_is_one(api: httpx2.AsyncClient) -> None:
    plain = await sign_in(api, headers={"origin": "http://test"})
    safe = await sign_in(api, headers={"origin": "https://test"})

    assert "Secure" not in plain.headers["set-cookie"]
    assert "Secure" in safe.headers["set-cookie"]


async def test_a_refresh_gives_an_access_token_that_works(api: httpx2.AsyncClient) -> None:
    await sign_in(api)

    token = (await api.post("/auth/browser/refresh")).json()["access_token"]

    me = await api.get("/auth/me", headers={"authorization": f"Bearer {token}"})
    assert me.json()["email"] == ADMIN


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": "http://test"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("route", ["login", "refresh", "logout"])
async def test_another_sites_page_is_refused(
    api: httpx2.AsyncClient, route: str, headers: dict[str, str]
) -> None:
    await sign_in(api)

    response = await api.post(f"/auth/browser/{route}", json=LOGIN, headers=headers)

    assert (response.status_code, response.json()["code"]) == (403, "browser_session.foreign_page")


@pytest.mark.parametrize("cookie", [None, "", "kept.", "forever.abc", "abc"])
async def test_a_browser_without_a_session_is_told_to_sign_in(
    api: httpx2.AsyncClient, cookie: str | None
) -> None:
    headers = {"cookie": f"{COOKIE}={cookie}"} if cookie is not None else {}

    response = await api.post("/auth/browser/refresh", headers=headers)

    assert (response.status_code, response.json()["code"]) == (401, "browser_session.none")


async def test_signing_out_ends_the_session_and_takes_the_cookie_back(
    api: httpx2.AsyncClient, people: People
) -> None:
    signed_in = await sign_in(api)
    kept = signed_in.headers["set-cookie"].split(";")[0]
    bearer = {"authorization": f"Bearer {signed_in.json()['access_token']}"}

    response = await api.post("/auth/browser/logout", headers=bearer)

    assert f'{COOKIE}=""' in response.headers["set-cookie"]
    again = await api.post("/auth/browser/refresh", headers={"cookie": kept})
    assert again.status_code == 401


async def test_the_cookie_alone_opens_nothing(api: httpx2.AsyncClient) -> None:
    kept = (await sign_in(api)).headers["set-cookie"].split(";")[0]

    response = await api.get("/candidates", headers={"cookie": kept})

    assert response.status_code == 401
