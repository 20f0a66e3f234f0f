"""`doctor`: every setting with its source, and whether the parts work here."""

import asyncio
import os
import sys
from collections.abc import Sequence
from typing import cast

from pydantic import SecretStr

from resume_review.ai_agents.client import check_setup
from resume_review.ai_agents.providers.factory import ModelSetupError
from resume_review.cli.parsing import CommandError, Parser
from resume_review.core.errors import StartupError
from resume_review.core.ids import new_id
from resume_review.core.settings import (
    PREFIX,
    Settings,
    load_settings,
    reject_unknown_settings,
    signing_key,
    variables,
)
from resume_review.database.embedded import Mode
from resume_review.database.startup import open_database
from resume_review.infrastructure.redis import connect_redis
from resume_review.infrastructure.scanning import ScannerError, open_scanner
from resume_review.infrastructure.storage import StorageError, open_file_store
from resume_review.worker import analyzer_config


def run(arguments: Sequence[str]) -> int:
    """Print the settings, then try each part; 2 when one does not work."""
    Parser("resume-review doctor", description="Show the settings and try each part.").parse_args(arguments)
    try:
        settings = load_settings()
    except StartupError as error:
        raise CommandError(error.detail) from None
    for line in _settings_lines(settings):
        sys.stdout.write(line + "\n")
    faults = [fault for fault in asyncio.run(_try_parts(settings)) if fault]
    for fault in faults:
        sys.stdout.write(f"FAULT  {fault}\n")
    sys.stdout.write("All parts work.\n" if not faults else "")
    return 2 if faults else 0


def _settings_lines(settings: Settings) -> list[str]:
    lines: list[str] = []
    for name in Settings.model_fields:
        known = variables(name)
        variable = next((one for one in known if one in os.environ), known[0])
        source = "environment" if variable in os.environ else "default"
        lines.append(f"{variable:<39} {_shown(getattr(settings, name))}  [{source}]")
    return lines


def _shown(value: object) -> str:
    match value:
        case SecretStr():
            return "********"
        case None | ():
            return "(not set)"
        case tuple():
            return ",".join(map(str, cast("tuple[object, ...]", value)))
        case _:
            return str(value)


async def _try_parts(settings: Settings) -> list[str]:
    return [
        _unknown(),
        _models(settings),
        _secret(settings),
        await _files(settings),
        await _scanner(settings),
        await _redis(settings),
        await _database(settings),
    ]


def _unknown() -> str:
    try:
        reject_unknown_settings()
    except StartupError as error:
        return error.detail
    return ""


def _models(settings: Settings) -> str:
    try:
        check_setup(analyzer_config(settings))
    except ModelSetupError as error:
        return str(error)
    return ""


def _secret(settings: Settings) -> str:
    try:
        signing_key(settings)
    except StartupError as error:
        return error.detail
    return ""


async def _files(settings: Settings) -> str:
    """A file goes in, comes out and is deleted: a bucket may allow some of it and not the rest."""
    key, content = f"check/{new_id()}", b"resume-review doctor"
    try:
        files = await open_file_store(settings)
        await files.put(key, content)
        whole = await files.get(key) == content
        await files.delete(key)
    except StorageError as error:
        return f"{PREFIX}STORAGE_URL: a trial file could not be stored and read: {error.reason}."
    except StartupError as error:
        return error.detail
    return "" if whole else f"{PREFIX}STORAGE_URL: a trial file came back changed."


async def _scanner(settings: Settings) -> str:
    try:
        await open_scanner(settings).ping()
    except ScannerError:
        return f"{PREFIX}CLAMD: the scanner at {settings.clamd} does not answer; uploads are refused until it does."
    return ""


async def _redis(settings: Settings) -> str:
    if settings.redis_url is None:
        return ""
    try:
        async with connect_redis(settings.redis_url.get_secret_value()):
            return ""
    except StartupError as error:
        return error.detail


async def _database(settings: Settings) -> str:
    try:
        async with open_database(settings, mode=Mode.SHARE) as opened:
            await opened.database.ping()
    except StartupError as error:
        return error.detail
    return ""
