"""How soon a consultant sees and can use a page, on a slow computer, beside a bare page from the same server.

Chromium's own throttling: the processor four times slower, 10 Mbit/s, 40 ms. The baseline is the sign-in page, which
has the same scripts and asks for nothing.
"""

import atexit
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from harness import Measurement
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from resume_review.testing.browser import ARGUMENTS, open_context
from resume_review.testing.consultant import ADMIN, consultant
from resume_review.testing.processes import Server

SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 40,
    "downloadThroughput": 10_000_000 / 8,
    "uploadThroughput": 10_000_000 / 8,
}
_WATCH = """
    window.seen = { lcp: 0, cls: 0, inp: 0 };
    const watch = (type, take, more = {}) =>
        new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
    watch('largest-contentful-paint', (entry) => { window.seen.lcp = entry.startTime; });
    watch('layout-shift', (entry) => { if (!entry.hadRecentInput) window.seen.cls += entry.value; });
    watch('event', (entry) => { window.seen.inp = Math.max(window.seen.inp, entry.duration); },
          { durationThreshold: 16 });
"""


@dataclass(frozen=True, kw_only=True)
class Platform:
    """A running server with one reviewed sample, and a browser."""

    server: Server
    browser: Browser
    review: str


@cache
def _platform() -> Platform:
    stack = ExitStack()
    atexit.register(stack.close)
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    server = stack.enter_context(Server(Path(folder), RATE_LIMITS="off", **ADMIN))
    playwright = stack.enter_context(sync_playwright())
    chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
    stack.callback(chromium.close)
    with consultant(server.api) as robin:
        review = robin.request(robin.upload())
        robin.ended(review)
    return Platform(server=server, browser=chromium, review=review)


def _opened(path: str) -> tuple[BrowserContext, Page]:
    """The page as somebody sees it who was never there before: nothing is in the browser's cache."""
    platform = _platform()
    context, _ = open_context(platform.browser, platform.server.address)
    login = {"email": ADMIN["ADMIN_EMAIL"], "password": ADMIN["ADMIN_PASSWORD"]}
    if path != "/sign-in":
        context.request.post(f"{platform.server.api}/auth/browser/login", data=login)
    page = context.new_page()
    page.add_init_script(_WATCH)
    # The library's types leave the parameters open.
    session: Any = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    page.goto(platform.server.address + path)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    return context, page


def _seen(path: str, figure: str) -> float:
    context, page = _opened(path)
    if figure == "inp":
        page.keyboard.press("j")
        page.keyboard.press("j")
        # An answer within a frame is not listed, and counts as nothing.
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    value = float(page.evaluate(f"window.seen.{figure}"))
    context.close()
    return value


def _result() -> str:
    return f"/reviews/{_platform().review}"


MEASUREMENTS = [
    Measurement(
        name="result page, largest paint, slow computer",
        unit="ms",
        measure=lambda: _seen(_result(), "lcp"),
        baseline_name="sign-in page",
        measure_baseline=lambda: _seen("/sign-in", "lcp"),
        goal=1_500,
        rounds=3,
    ),
    Measurement(
        name="result page, layout shift, slow computer",
        unit="",
        measure=lambda: _seen(_result(), "cls"),
        baseline_name="sign-in page",
        measure_baseline=lambda: _seen("/sign-in", "cls"),
        goal=0.02,
        rounds=3,
    ),
    Measurement(
        name="result page, next finding by key, slow computer",
        unit="ms",
        measure=lambda: _seen(_result(), "inp"),
        baseline_name="home page, same keys",
        measure_baseline=lambda: _seen("/", "inp"),
        goal=200,
        rounds=3,
    ),
    Measurement(
        name="home page, largest paint, slow computer",
        unit="ms",
        measure=lambda: _seen("/", "lcp"),
        baseline_name="sign-in page",
        measure_baseline=lambda: _seen("/sign-in", "lcp"),
        goal=1_500,
        rounds=3,
    ),
]
