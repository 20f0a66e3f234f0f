"""A worker whose database goes away while it starts."""

import socket
from pathlib import Path

import pytest

from resume_review.core.errors import StartupError
from resume_review.core.settings import load_settings
from resume_review.database.session import Database
from resume_review.database.startup import OpenDatabase
from resume_review.infrastructure.stores import open_stores
from resume_review.worker import open_worker_analyzer

pytestmark = pytest.mark.integration


async def test_it_ends_with_one_line_that_says_what_to_do(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESUME_REVIEW_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("RESUME_REVIEW_ENGINE", "fake")
    settings = load_settings()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"postgresql://127.0.0.1:{closed.getsockname()[1]}/gone"
    async with open_stores(settings, database) as stores:
        with pytest.raises(StartupError, match="RESUME_REVIEW_DATABASE_URL: the database went away"):
            async with open_worker_analyzer(settings, OpenDatabase(database, address), stores):
                pass
