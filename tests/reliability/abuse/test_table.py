"""Every abuse case has a line in the table, and every test that a line names exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "src" / "resume_review"
TABLE = ROOT / "docs" / "reference" / "abuse-cases.md"
CASES = range(1, 61)
_ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]*) \| ([^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`([^`]+\.py)::(\w+)`")
ROWS = {int(number): (tests, verdict) for number, _, tests, verdict in _ROW.findall(TABLE.read_text())}


@cache
def names_in(file: Path) -> set[str]:
    return {
        node.name
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def located(name: str) -> Path:
    feature, _, rest = name.partition("/")
    places = [ROOT / name, PACKAGE / name, PACKAGE / "features" / feature / "tests" / "integration" / rest]
    return next((place for place in places if place.is_file()), places[0])


def test_every_case_has_one_line() -> None:
    numbers = [int(number) for number, *_ in _ROW.findall(TABLE.read_text())]

    assert numbers == list(CASES)


@pytest.mark.parametrize("number", CASES)
def test_a_case_names_tests_that_exist_or_says_why_not(number: int) -> None:
    tests, verdict = ROWS[number]
    named = _TEST.findall(tests)
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not located(file).is_file() or test not in names_in(located(file))
    ]

    assert missing == []
    wanted = ("holds", "in part: ") if named else ("not shown: ",)
    assert verdict.startswith(wanted)


@pytest.mark.parametrize("file", sorted(Path(__file__).parent.glob("test_*.py")), ids=lambda path: path.name)
def test_every_test_of_a_case_is_in_its_line(file: Path) -> None:
    numbered = {
        test: int(match.group(1)) for test in names_in(file) if (match := re.match(r"test_case_(\d+)_", test))
    }

    assert [test for test, number in numbered.items() if test not in ROWS[number][0]] == []
