"""`worker`: does the jobs of a platform whose server runs elsewhere, or with WORKERS=0."""

import asyncio
import signal
from collections.abc import Sequence

from resume_review.cli.loop import event_loop_factory, spare_collector
from resume_review.cli.parsing import CommandError, Parser
from resume_review.core.errors import StartupError
from resume_review.core.settings import Settings, load_settings, reject_unknown_settings
from resume_review.infrastructure.monitoring import configure_logging
from resume_review.worker import create_worker


def run(arguments: Sequence[str]) -> int:
    """Work until interrupted."""
    parser = Parser("resume-review worker", description="Do the jobs that a server has queued.")
    parser.add_argument("--workers", type=int, help="jobs at once (default 2)")
    given = parser.parse_args(arguments)
    try:
        reject_unknown_settings()
        settings = load_settings(workers=given.workers)
        configure_logging()
        with asyncio.Runner(loop_factory=event_loop_factory()) as runner:
            runner.run(_work(settings))
    except StartupError as error:
        raise CommandError(error.detail) from None
    return 0


async def _work(settings: Settings) -> None:
    async with create_worker(settings) as worker:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, worker.stop)
        spare_collector()
        await worker.run()
