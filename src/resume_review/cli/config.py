"""The configuration files: which checks an agency leaves out, and why."""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from resume_review.cli.parsing import CommandError

SETTING = "RESUME_REVIEW_CONFIG"
SYSTEM_WIDE = Path("/etc/resume-review/config.toml")
_FOLDER, _NAME = "resume-review", "config.toml"
_TABLES = ("ignore", "severity")
_SEVERITIES = {"info": 1, "low": 2, "medium": 3, "high": 5}


@dataclass(frozen=True, slots=True)
class Config:
    """What the files say, later ones over earlier ones.

    Attributes:
        ignore: Reasons by id or prefix of a check.
        severity: Severities (1, 2, 3 or 5) by id.
        files: Where it was read.
    """

    ignore: Mapping[str, str] = field(default_factory=dict[str, str])
    severity: Mapping[str, int] = field(default_factory=dict[str, int])
    files: tuple[Path, ...] = ()


def load_config(environment: Mapping[str, str] | None = None) -> Config:
    """The file named by RESUME_REVIEW_CONFIG, or else the system-wide and the user's own; none is fine.

    Raises:
        CommandError: A file that cannot be used; says which line or name is wrong.
    """
    ignore: dict[str, str] = {}
    severity: dict[str, int] = {}
    files: list[Path] = []
    for path in _existing(os.environ if environment is None else environment):
        content = _read(path)
        ignore |= dict(_reasons(path, content.get("ignore", {})))
        severity |= dict(_severities(path, content.get("severity", {})))
        files.append(path)
    return Config(ignore, severity, tuple(files))


def _existing(environment: Mapping[str, str]) -> list[Path]:
    named = environment.get(SETTING)
    if named is not None:
        if named and not Path(named).is_file():
            raise CommandError(f"{SETTING}={named}: there is no such file; create it or unset {SETTING}")
        return [Path(named)] if named else []
    return [path for path in (SYSTEM_WIDE, _own(environment)) if path.is_file()]


def _own(environment: Mapping[str, str]) -> Path:
    if sys.platform.startswith("linux"):  # spares the import of platformdirs, which gives the same answer
        base = environment.get("XDG_CONFIG_HOME") or "~/.config"
        return Path(base).expanduser() / _FOLDER / _NAME
    import platformdirs  # noqa: PLC0415 - needed on other systems only

    return Path(platformdirs.user_config_dir(_FOLDER, appauthor=False)) / _NAME


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - most people have no such file

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CommandError(f"{path}: not readable as TOML: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: cannot be read: {error}") from None
    unknown = sorted(content.keys() - set(_TABLES))
    if unknown:
        raise CommandError(f"{path}: there is no table [{unknown[0]}]; known are [ignore] and [severity]")
    return content


def _reasons(path: Path, table: object) -> Iterator[tuple[str, str]]:
    for name, reason in _entries(path, "ignore", table):
        if not isinstance(reason, str) or not reason.strip():
            raise CommandError(
                f'{path}: [ignore] {name} needs a reason, such as {name} = "not used by our clients"'
            )
        yield name.upper(), " ".join(reason.split())


def _severities(path: Path, table: object) -> Iterator[tuple[str, int]]:
    for name, value in _entries(path, "severity", table):
        found = _SEVERITIES.get(value.lower()) if isinstance(value, str) else None
        if found is None:
            known = ", ".join(_SEVERITIES)
            raise CommandError(f"{path}: [severity] {name} = {value!r} is not one of: {known}")
        yield name.upper(), found


def _entries(path: Path, name: str, table: object) -> Iterator[tuple[str, object]]:
    if not isinstance(table, dict):
        raise CommandError(f'{path}: [{name}] is a table: a line "[{name}]" and below it one check a line')
    yield from cast("dict[str, object]", table).items()
