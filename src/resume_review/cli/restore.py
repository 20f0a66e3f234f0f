"""`restore`: a backup in the place of what is there."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from resume_review.cli.parsing import CommandError, Parser
from resume_review.cli.platform import open_platform
from resume_review.core.errors import AppError
from resume_review.core.settings import Settings, load_settings
from resume_review.database.startup import migrated
from resume_review.features.backup import Restored, apply_erasures, restore

_DESCRIPTION = """Check an archive, then put its rows, files and secret in the place of what is there. Servers and workers
must be stopped. An older schema is upgraded; who was erased after the backup is erased again, work that was under way
starts again, and everybody signs in again."""


def run(arguments: Sequence[str]) -> int:
    """Restore, or only erase again."""
    parser = Parser("resume-review restore", description=_DESCRIPTION)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("archive", type=Path, nargs="?", help="what `resume-review backup` wrote")
    source.add_argument(
        "--only-erasures",
        action="store_true",
        help="the database was restored by other means: erase again whom the file store says was erased",
    )
    parser.add_argument(
        "--replace", action="store_true", help="give up the rows that are there; without it they are a fault"
    )
    given = parser.parse_args(arguments)
    try:
        asyncio.run(_act(load_settings(), given))
    except AppError as error:
        raise CommandError(error.detail) from None
    return 0


async def _act(settings: Settings, given: argparse.Namespace) -> None:
    async with open_platform(settings) as platform:
        if given.only_erasures:
            await asyncio.to_thread(migrated, platform.url)
            sys.stdout.write(f"Erased again: {await apply_erasures(platform)} people.\n")
            return
        done = await restore(platform, given.archive, replace=given.replace)
    sys.stdout.write("".join(f"{line}\n" for line in _report(done) if line))


def _report(done: Restored) -> list[str]:
    manifest, moment = done.manifest, f"{done.manifest.created_at:%Y-%m-%d %H:%M:%S} UTC"
    restored = f"Restored {manifest.rows} rows and {len(manifest.files)} files of {moment}"
    erased = f"Erased again: {done.erased} people."
    unknown = (
        f"Erasures after {moment} cannot be known: neither the database nor the file store of then is here. "
        "If anybody was erased since, erase them again."
    )
    return [
        f"{restored}; schema {manifest.revision}, now {done.revision}.",
        erased if done.erased or done.erasures_known else unknown,
        "The generated secret was put back." if done.secret else "",
        f"The backup lacks {len(manifest.missing)} files that rows name." if manifest.missing else "",
    ]
