"""`backup`: everything that is kept in one archive, and whether an archive is still whole."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from resume_review.cli.output import warn
from resume_review.cli.parsing import CommandError, Parser
from resume_review.cli.platform import open_platform
from resume_review.core.errors import AppError
from resume_review.core.settings import Settings, load_settings
from resume_review.features.backup import Manifest, back_up, open_archive

EXIT_INCOMPLETE = 1

_DESCRIPTION = """Save the database, the stored files and the generated secret into one archive while the platform runs
on, and read it back before it gets its name. The archive holds resumes and the secret: keep it as safe as those."""
_EPILOG = "Answers 0 when all is well, 1 when the archive is whole but stored files were missing or damaged."


def run(arguments: Sequence[str]) -> int:
    """Write or check an archive."""
    parser = Parser("resume-review backup", description=_DESCRIPTION, epilog=_EPILOG)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument(
        "--to", type=Path, metavar="PATH", help="folder, or the name of an archive that does not exist yet"
    )
    action.add_argument(
        "--verify", type=Path, metavar="FILE", help="read an archive and compare every part with its checksum"
    )
    given = parser.parse_args(arguments)
    try:
        if given.verify is not None:
            return _told(given.verify, _verified(given.verify))
        path, manifest = asyncio.run(_save(load_settings(), given.to))
    except AppError as error:
        raise CommandError(error.detail) from None
    return _told(path, manifest)


def _verified(path: Path) -> Manifest:
    with open_archive(path) as archive:
        archive.check()
        return archive.manifest


async def _save(settings: Settings, to: Path) -> tuple[Path, Manifest]:
    async with open_platform(settings) as platform:
        return await back_up(platform, to)


def _told(path: Path, manifest: Manifest) -> int:
    megabytes = path.stat().st_size / 1_000_000
    sys.stdout.write(
        f"{path}: whole, {megabytes:.1f} MB, of {manifest.created_at:%Y-%m-%d %H:%M:%S} UTC, schema "
        f"{manifest.revision}, {manifest.rows} rows in {len(manifest.tables)} tables, {len(manifest.files)} files\n"
    )
    for key in manifest.missing:
        warn(f"the database names the file {key}, and the file store does not have it")
    for key in manifest.damaged:
        warn(f"the stored file {key} is not what was uploaded; compare it with an older backup")
    return EXIT_INCOMPLETE if manifest.missing or manifest.damaged else 0
