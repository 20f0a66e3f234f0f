"""The short form of the chaos: reviews by the rubric alone, every kind of fault but those of models once or twice."""

import sys
from pathlib import Path

import pytest

HERE = str(Path(__file__).parent)
sys.path.insert(0, HERE)
try:
    import chaos
finally:
    sys.path.remove(HERE)

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(420)]


async def test_51_53_no_review_is_lost_doubled_stuck_or_shown_to_others_under_chaos(
    capsys: pytest.CaptureFixture[str],
) -> None:
    verdict = await chaos.run(reviews=30, clients=3, seconds=60, seed=7, ask_models=False)

    with capsys.disabled():
        print("\n" + chaos.table(verdict))  # noqa: T201 - the verdict is what the run is for
    assert verdict.violations == []
    assert verdict.accepted == 30
