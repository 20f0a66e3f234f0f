"""Directories for the tests of the embedded server."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.database.embedded.tests.support import Site, kept_clean


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Site]:
    """A directory that does not exist yet."""
    with kept_clean(Site(tmp_path / "postgres")) as site:
        yield site


@pytest.fixture(scope="session")
def created() -> Iterator[Path]:
    directory = Path(tempfile.mkdtemp(prefix="embedded-"))
    directory.chmod(0o755)
    (directory / "postgres").mkdir(mode=0o755)  # only the socket directory itself keeps others out
    with EmbeddedPostgres(directory / "postgres"):
        pass
    yield directory / "postgres"
    shutil.rmtree(directory)


@pytest.fixture
def site(created: Path) -> Iterator[Site]:
    """A directory with a cluster that nobody uses."""
    with kept_clean(Site(created)) as site:
        yield site


@pytest.fixture
def public_dir() -> Iterator[Path]:
    """A directory that every user of the machine can reach."""
    directory = Path(tempfile.mkdtemp(prefix="embedded-"))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)


@pytest.fixture
def running(site: Site) -> Iterator[EmbeddedPostgres]:
    with site.postgres() as postgres:
        yield postgres
