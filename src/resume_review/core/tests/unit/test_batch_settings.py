"""The settings of batches."""

from pathlib import Path
from typing import Any

import pytest

from resume_review.core.errors import StartupError
from resume_review.core.model_settings import Switch
from resume_review.core.settings import load_settings

pytestmark = pytest.mark.unit


def test_no_question_goes_with_a_batch_unless_it_is_asked_for(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path)

    assert (settings.batches, settings.batch_wait_minutes) == (Switch.OFF, 120)


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"engine": "google", "model": "gemini"},
        {"engine": "fake"},
        {"ai_service_url": "http://models:8100", "ai_service_secret": "a long enough secret"},
    ],
)
def test_batches_want_a_vendor_that_has_some(tmp_path: Path, others: dict[str, Any]) -> None:
    with pytest.raises(StartupError, match="openai and anthropic"):
        load_settings(data_dir=tmp_path, batches="on", **others)


@pytest.mark.parametrize("minutes", [0, -1, 1441])
def test_a_wait_is_more_than_nothing_and_a_day_at_most(tmp_path: Path, minutes: int) -> None:
    with pytest.raises(StartupError, match="BATCH_WAIT_MINUTES"):
        load_settings(data_dir=tmp_path, batch_wait_minutes=minutes)
