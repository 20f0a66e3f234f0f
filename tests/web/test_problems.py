"""Everything that the server may refuse with is said in Japanese too."""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import resume_review
from resume_review.core.errors import AppError, StartupError

pytestmark = pytest.mark.unit

JAPANESE = Path(__file__).parents[2] / "frontend" / "src" / "app" / "problems" / "ja.json"
OTHERS = {"http_error", "too_large", "validation.failed", "resumes.duplicate", "bulk.gave_up"}
"""What the edge answers with, and what becomes of a file of a bulk upload."""
OF_COMMANDS = {"backup.damaged", "backup.refused", "candidates.tombstone_unreadable"}


def kinds(of: type[AppError]) -> Iterator[type[AppError]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_code_is_said_in_japanese_and_no_other() -> None:
    for module in pkgutil.walk_packages(resume_review.__path__, "resume_review."):
        if module.name.endswith((".errors", ".keys", ".slots", ".limit")) and ".tests." not in module.name:
            importlib.import_module(module.name)
    codes = {AppError.code, *(kind.code for kind in kinds(AppError) if not issubclass(kind, StartupError))}

    said = json.loads(JAPANESE.read_text())

    assert set(said) - OTHERS == codes - OF_COMMANDS
