from pathlib import Path

import pytest

from resume_review.core.errors import StartupError
from resume_review.core.settings import load_settings, signing_key

pytestmark = pytest.mark.integration


def test_the_generated_secret_is_kept_and_private(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path / "data")

    first, second = signing_key(settings), signing_key(settings)

    assert first == second
    assert len(first) >= 32
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_damaged_secret_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("short")

    with pytest.raises(StartupError, match="damaged"):
        signing_key(load_settings(data_dir=tmp_path))


def test_a_data_directory_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StartupError, match="RESUME_REVIEW_DATA_DIR"):
        signing_key(load_settings(data_dir=tmp_path / "file" / "data"))
