"""How soon a consultant sees and can use a page, on a slow computer, beside a bare page from the same server.

Chromium's own throttling: the processor four times slower, 10 Mbit/s, 40 ms. The baseline is the sign-in page, which
has the same scripts and asks for nothing. The time from a choice to its mark is on a computer that nothing slows.
"""

import atexit
import gzip
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from bench_cold_start import SAMPLE
from harness import ROOT, Measurement
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pypdfium2 import PdfDocument

from resume_review.testing.browser import ARGUMENTS, open_context
from resume_review.testing.consultant import ADMIN, Consultant, consultant
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


_TIME_TO_MARK = """
    (id) => new Promise((done) => {
        const mark = document.querySelector(`[data-page] [data-finding="${id}"]`);
        const began = performance.now();
        new MutationObserver((_, watching) => {
            if (mark.dataset.state !== 'chosen') return;
            watching.disconnect();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
        }).observe(mark, { attributes: true });
        document.querySelector(`[data-row="${id}"] button`).click();
    })
"""
_TIME_TO_FRAME = """
    () => new Promise((done) => {
        const began = performance.now();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    })
"""
STATIC = ROOT / "src" / "resume_review" / "web" / "static"


@dataclass(frozen=True, kw_only=True)
class Platform:
    """A running server with a reviewed sample, one of five pages, and a browser."""

    server: Server
    browser: Browser
    review: str
    long_review: str


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
        review, long_review = (_reviewed(robin, pages) for pages in ([0, 1], [0, 1, 0, 1, 0]))
    return Platform(server=server, browser=chromium, review=review, long_review=long_review)


def _reviewed(robin: Consultant, pages: list[int]) -> str:
    """The id of a review of a file of these pages of the sample."""
    made: Any = PdfDocument.new()
    content = BytesIO()
    made.import_pages(PdfDocument(SAMPLE), pages)
    made.save(content)
    review = robin.request(robin.upload(content.getvalue(), filename="sample.pdf"))
    robin.ended(review)
    return review


def _opened(path: str, *, slower: bool = True) -> tuple[BrowserContext, Page]:
    """The page as somebody sees it who was never there before: nothing is in the browser's cache."""
    platform = _platform()
    context, _ = open_context(platform.browser, platform.server.address)
    login = {"email": ADMIN["ADMIN_EMAIL"], "password": ADMIN["ADMIN_PASSWORD"]}
    if path != "/sign-in":
        context.request.post(f"{platform.server.api}/auth/browser/login", data=login)
    page = context.new_page()
    page.add_init_script(_WATCH)
    if slower:
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


def _to_mark() -> float:
    """The slowest of the findings of five pages, in milliseconds."""
    context, page = _opened(f"/reviews/{_platform().long_review}?view=findings", slower=False)
    page.locator("[data-page] [data-finding]").first.wait_for(state="attached")
    marked = page.locator("[data-row]").evaluate_all("rows => rows.map((row) => row.dataset.row)")
    on_page = "id => document.querySelector(`[data-page] [data-finding='${id}']`) !== null"
    times = [page.evaluate(_TIME_TO_MARK, one) for one in marked if page.evaluate(on_page, one)]
    context.close()
    return max(times)


def _to_frame() -> float:
    context, page = _opened(f"/reviews/{_platform().long_review}?view=findings", slower=False)
    value = float(page.evaluate(_TIME_TO_FRAME))
    context.close()
    return value


def _kilobytes(*patterns: str) -> float:
    """Compressed as the server sends them."""
    found = {path for pattern in patterns for path in (STATIC / "assets").glob(pattern)}
    return sum(len(gzip.compress(path.read_bytes(), compresslevel=9)) for path in found) / 1000


def _first_load(kind: str) -> float:
    names = re.findall(rf'"/assets/([^"]+\.{kind})"', (STATIC / "index.html").read_text())
    return _kilobytes(*names, *(["messages-en-*.js"] if kind == "js" else []))


def _bundle(name: str, goal: float, measure: Callable[[], float]) -> Measurement:
    return Measurement(
        name=f"{name}, compressed", unit="KB", measure=measure,
        baseline_name="the whole interface", measure_baseline=lambda: _kilobytes("*.js", "*.mjs", "*.css"), goal=goal, rounds=1,
    )  # fmt: skip


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
    Measurement(
        name="a finding chosen to its mark, slowest of 5 pages",
        unit="ms",
        measure=_to_mark,
        baseline_name="one frame of the same page",
        measure_baseline=_to_frame,
        goal=100,
        rounds=3,
    ),
    _bundle("scripts of the first load", 180, lambda: _first_load("js")),
    _bundle("styles of the first load", 40, lambda: _first_load("css")),
    _bundle("scripts of the result", 60, lambda: _kilobytes("Review-*.js")),
    _bundle("scripts of compare", 60, lambda: _kilobytes("Compare-*.js")),
    _bundle("PDF.js", 140, lambda: _kilobytes("pdf-*.js")),
    _bundle("worker of PDF.js", 380, lambda: _kilobytes("pdf.worker*")),
    _bundle("editor of prompts", 230, lambda: _kilobytes("Editor-*.js")),
]
