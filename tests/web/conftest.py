"""The web interface in a real browser, on a real server whose models are the built-in pretending ones."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from resume_review.testing.browser import ARGUMENTS, Account, OpenPage, check_accessibility, open_context
from resume_review.testing.consultant import ADMIN, Consultant, consultant
from resume_review.testing.processes import Server
from resume_review.testing.programs import require

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "resume_review" / "web" / "static"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_MS = 30_000
"""What a page may take on a machine that does many other things."""

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The platform as it runs for an agency, with its web interface built."""
    if not (STATIC / "index.html").is_file():
        pytest.fail("the web interface is not built: make web")
    data_dir = tmp_path_factory.mktemp("web")
    with Server(data_dir, ENGINE="fake", RATE_LIMITS="off", WORKERS="2", **ADMIN) as server:
        yield server


@pytest.fixture(scope="session")
def robin(web: Server) -> Iterator[Consultant]:
    """The first administrator, over the API; makes what a test needs before the browser opens."""
    with consultant(web.api) as signed_in:
        yield signed_in


@pytest.fixture
def make_account(web: Server, robin: Consultant) -> Callable[..., Account]:
    """A new account with a password of its own: nobody else's sign-ins end its sessions."""

    def make(role: str = "admin", *, first_name: str = "Kim", last_name: str = "Test") -> Account:
        number = next(_numbers)
        account = Account(f"{role}-{os.getpid()}-{number}@agency.example", f"long enough {number} for a test")
        created = robin.client.post(
            "/admin/users",
            json={
                "email": account.email,
                "temporary_password": f"temporary {account.password}",
                "first_name": first_name,
                "last_name": last_name,
                "role": role,
            },
        )
        created.raise_for_status()
        with consultant(web.api, email=account.email, password=f"temporary {account.password}") as new:
            change = {"current_password": f"temporary {account.password}", "new_password": account.password}
            new.client.post("/profile/change-password", json=change).raise_for_status()
        return account

    return make


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module: Playwright's loop must have ended before asynchronous tests of others run."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=require("chromium"), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(web: Server, browser: Browser, make_account: Callable[..., Account]) -> Iterator[OpenPage]:
    """Open a path signed in; at the end nothing may have failed, nor may another origin have been asked.

    Keyword arguments: `language`, `scheme`, `width`, `height`, `account` (null: a new administrator), `role`,
    `signed_in`, and `expected`, words of console messages that the test provokes on purpose.
    """
    opened: list[tuple[BrowserContext, list[str]]] = []

    def open_(path: str = "/", *, signed_in: bool = True, **wishes: Any) -> Page:
        context, faults = open_context(browser, web.address, **wishes)
        opened.append((context, faults))
        if signed_in:
            account = wishes.get("account") or make_account(wishes.get("role", "admin"))
            login = {"email": account.email, "password": account.password}
            answer = context.request.post(f"{web.api}/auth/browser/login", data=login)
            assert answer.ok, answer.text()
        page = context.new_page()
        page.goto(web.address + path)
        return page

    yield open_
    for context, _ in opened:
        context.close()
    assert [fault for _, faults in opened for fault in faults] == []


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """Check the page as it is now with axe: no violation of WCAG 2.2 AA."""
    source = AXE.read_text()
    return lambda page: check_accessibility(page, source)
