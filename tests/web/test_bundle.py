"""How much the browser has to load: the built files against their limits, compressed as the server sends them."""

import gzip
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

STATIC = Path(__file__).parents[2] / "src" / "resume_review" / "web" / "static"
KB = 1_000
TOLERANCE = 1.05
FIRST_LOAD_JS_KB = 180
FIRST_LOAD_CSS_KB = 40
CHUNK_KB = 60
LARGE_KB = {"pdf.worker": 380, "pdf": 140, "Editor": 230}
"""PDF.js and the prompts' editor, which come with the screens that need them."""
WHOLE_MB = 6


def size_kb(path: Path) -> float:
    return len(gzip.compress(path.read_bytes(), compresslevel=9)) / KB


def first_page() -> str:
    return (STATIC / "index.html").read_text()


def loaded_first(kind: str) -> set[Path]:
    """What the first page names itself, as script, preload or style."""
    return {STATIC / name for name in re.findall(rf'"/(assets/[^"]+\.{kind})"', first_page())}


def test_the_first_load_stays_small() -> None:
    # The messages of one language come at once as well.
    scripts = loaded_first("js") | set((STATIC / "assets").glob("messages-en-*.js"))

    assert sum(size_kb(path) for path in scripts) <= FIRST_LOAD_JS_KB * TOLERANCE
    assert sum(size_kb(path) for path in loaded_first("css")) <= FIRST_LOAD_CSS_KB * TOLERANCE


def limit_kb(path: Path) -> float:
    name = next((name for name in LARGE_KB if path.name.startswith(name)), None)
    return (LARGE_KB[name] if name else CHUNK_KB) * TOLERANCE


def test_no_screen_brings_more_than_its_share() -> None:
    first = loaded_first("js")
    chunks = [path for path in (STATIC / "assets").glob("*.*js") if path not in first]

    assert {path.name: size_kb(path) for path in chunks if size_kb(path) > limit_kb(path)} == {}


def test_the_whole_interface_fits_into_the_wheel() -> None:
    whole = sum(size_kb(path) for path in STATIC.rglob("*") if path.is_file())

    assert whole <= WHOLE_MB * KB


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert re.findall(r'(?:src|href)="(?!/)[^"]*"', first_page()) == []
