"""A file or function that no longer fits on a screen or two is split by use case, not excused."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

FILE_LINES = 400
FUNCTION_LINES = 60


def oversized(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        # A migration is a record of a schema, written once; splitting it would not make it easier to read.
        if path.parent.name == "versions":
            continue
        text = path.read_text()
        if (lines := text.count("\n")) > FILE_LINES:
            yield f"{path}: {lines} lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    yield f"{path}:{node.lineno}: {node.name} has {length} lines"


def test_files_and_functions_stay_small(sources: list[Path]) -> None:
    assert list(oversized(sources)) == []


def test_long_file_is_found(plant: Callable[[str, str], Path]) -> None:
    path = plant("long.py", "x = 1\n" * (FILE_LINES + 1))

    assert list(oversized([path])) == [f"{path}: 401 lines"]


def test_long_function_is_found(plant: Callable[[str, str], Path]) -> None:
    path = plant("long.py", "class A:\n    async def f(self):\n" + "        x = 1\n" * FUNCTION_LINES)

    assert list(oversized([path])) == [f"{path}:2: f has 61 lines"]
