"""`storage`: the stored files."""

import asyncio
import sys
from collections.abc import Sequence

from resume_review.cli.parsing import CommandError, Parser
from resume_review.core.errors import StartupError
from resume_review.core.settings import load_settings
from resume_review.infrastructure.storage import StorageError, reseal_all


def run(arguments: Sequence[str]) -> int:
    """Seal all files with the first key; 2 when some are left as they were."""
    parser = Parser("resume-review storage", description="Look after the stored files.")
    parser.add_argument(
        "action", choices=["reseal"], help="seal every file with the first key of RESUME_REVIEW_STORAGE_KEY"
    )
    parser.parse_args(arguments)
    failures: list[str] = []

    def failed(key: str, code: str) -> None:
        failures.append(key)
        sys.stdout.write(f"left as it was: {key} ({code})\n")

    try:
        written = asyncio.run(reseal_all(load_settings(), failed))
    except StartupError as error:
        raise CommandError(error.detail) from None
    except StorageError as error:
        raise CommandError(f"the file store stopped answering: {error.reason}. Run it again.") from None
    sys.stdout.write(f"{written} files sealed anew, {len(failures)} left as they were.\n")
    return 2 if failures else 0
