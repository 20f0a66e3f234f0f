"""Case 59: a review as of a stated date is the same wherever and whenever it is made."""

import json
import subprocess
from pathlib import Path
from typing import Any, cast

import pytest

from resume_review.testing.processes import environment, program
from resume_review.testing.resumes import MARKDOWN

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]

RESUME = MARKDOWN.replace("Sep 2018 - Feb 2021", "29 Feb 2016 - Feb 2021").replace(
    "## Education",
    "## 職歴\n\n### コンサルタント、株式会社未来\n令和元年5月～現在\n\n- 令和2年2月29日に新制度を導入\n\n## Education",
)
PLACES = {"Pacific/Kiritimati": "ja_JP.UTF-8", "Pacific/Pago_Pago": "C", "Asia/Tokyo": "en_US.UTF-8"}


def review(file: Path, *, day: str, zone: str, locale: str) -> dict[str, Any]:
    arguments = ["--industry", "strategy_consulting", "--review-date", day, "--format", "json"]
    made = subprocess.run(
        program("review", str(file), *arguments),
        env=environment(file.parent) | {"TZ": zone, "LC_ALL": locale, "LANG": locale},
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    return _timeless(json.loads(made.stdout))


def _timeless(value: Any) -> Any:
    """Without how long it took."""
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value)
        return {name: _timeless(each) for name, each in items.items() if not name.endswith("_ms")}
    if isinstance(value, list):
        return [_timeless(each) for each in cast("list[Any]", value)]
    return value


@pytest.mark.parametrize("day", ["2024-02-29", "2026-12-31"])
def test_case_59_the_clock_and_place_of_the_machine_change_nothing(tmp_path: Path, day: str) -> None:
    file = tmp_path / "cv.md"
    file.write_text(RESUME, encoding="utf-8")

    first, *others = [review(file, day=day, zone=zone, locale=locale) for zone, locale in PLACES.items()]

    assert day in json.dumps(first)
    assert [other == first for other in others] == [True] * len(others)
