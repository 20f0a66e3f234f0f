"""`db`: the schema of the database."""

import asyncio
import sys
from collections.abc import Sequence

from resume_review.cli.parsing import CommandError, Parser
from resume_review.core.errors import StartupError
from resume_review.core.settings import Settings, load_settings
from resume_review.database.embedded import Mode
from resume_review.database.migrate import current, head
from resume_review.database.startup import migrated, running_server


def run(arguments: Sequence[str]) -> int:
    """Show or upgrade the schema."""
    parser = Parser("resume-review db", description="Look after the database.")
    parser.add_argument(
        "action", choices=["upgrade", "current"], help="upgrade the schema, or say where it stands"
    )
    given = parser.parse_args(arguments)
    try:
        asyncio.run(_act(load_settings(), given.action))
    except StartupError as error:
        raise CommandError(error.detail) from None
    return 0


async def _act(settings: Settings, action: str) -> None:
    async with running_server(settings, mode=Mode.SHARE) as url:
        if action == "upgrade":
            await asyncio.to_thread(migrated, url)
        stands = await asyncio.to_thread(current, url)
    sys.stdout.write(f"schema {stands or 'none'}, newest {head()}\n")
