"""The short form of the killing run."""

import importlib.util
from pathlib import Path

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.mark.timeout(300)
def test_no_review_is_lost_doubled_or_stuck_under_kill_9(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("killing", Path(__file__).with_name("killing.py"))
    assert spec is not None
    assert spec.loader is not None
    killing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(killing)

    history = killing.run(tmp_path, reviews=12, kills=4, seed=7)

    assert history.accepted == history.completed == 12
    assert (history.lost, history.doubled, history.stuck, history.failed) == (0, 0, 0, 0)
