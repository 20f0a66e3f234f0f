"""A real browser on the web interface: what tests and the screenshots open pages with."""

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOCALES = {"en": "en-GB", "ja": "ja-JP"}
# Root may start Chromium only without its sandbox; shared memory is small in containers.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]

OpenPage = Callable[..., Page]


@dataclass(frozen=True)
class Account:
    """Who signs in."""

    email: str
    password: str


def open_context(browser: Browser, address: str, **wishes: Any) -> tuple[BrowserContext, list[str]]:
    """A fresh browser profile, and the list of what goes wrong in it from now on."""
    context = browser.new_context(
        viewport={"width": wishes.get("width", 1440), "height": wishes.get("height", 900)},
        color_scheme=wishes.get("scheme", "light"),
        locale=LOCALES[wishes.get("language", "en")],
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    faults: list[str] = []
    expected: tuple[str, ...] = wishes.get("expected", ())

    def note(fault: str) -> None:
        if not any(words in fault for words in expected):
            faults.append(fault)

    def ask(request: Request) -> None:
        if not _own(request.url, address):
            note(f"another origin: {request.url}")

    def say(message: ConsoleMessage) -> None:
        if message.type == "error":
            note(message.text)

    def fail(error: WebError) -> None:
        note(str(error.error))

    context.on("console", say)
    context.on("weberror", fail)
    context.on("request", ask)
    return context, faults


def _own(url: str, address: str) -> bool:
    return urlsplit(url).scheme in {"blob", "data"} or url.startswith(address)


def check_accessibility(page: Page, axe: str) -> None:
    """Check the page as it is now; `axe` is the library's source.

    Raises:
        AssertionError: It violates a rule of WCAG 2.2 AA; names the rule and the elements.
    """
    # Not as a script tag: the page's content policy would rightly refuse it.
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    told = [(item["id"], [node["target"] for node in item["nodes"]][:3]) for item in found["violations"]]
    if told:
        raise AssertionError(json.dumps(told, ensure_ascii=False))


@contextmanager
def offline(page: Page) -> Generator[None]:
    """The connection is gone while the block runs."""
    page.context.set_offline(True)
    try:
        yield
    finally:
        page.context.set_offline(False)
