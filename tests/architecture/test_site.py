"""The site made of the documents: every page is in it, every anchor exists, nothing comes from another host."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.integration, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
# What a browser would fetch by itself; links that a reader may follow are none of these.
LOADED = re.compile(r"""(?:src=|url\(|@import\s+|<link[^>]+href=)["']?(?:https?:)?//[^"')\s]+""")


def test_site_is_built_and_whole(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]

    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert built.returncode == 0, built.stdout + built.stderr
    pages = {path.relative_to(tmp_path).with_suffix("") for path in tmp_path.rglob("*.html")}
    written = {path.relative_to(ROOT / "docs").with_suffix("") for path in (ROOT / "docs").rglob("*.md")}
    assert written <= pages
    files = [*tmp_path.rglob("*.html"), *tmp_path.rglob("*.css"), *tmp_path.rglob("*.svg")]
    assert [(path.name, found) for path in files for found in LOADED.findall(path.read_text())] == []
