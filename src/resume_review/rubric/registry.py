"""The one list of all checks."""

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import cast

from resume_review.rubric.checks import (
    appeal,
    ats,
    completeness,
    formatting,
    integrity,
    organization,
    skills,
    tone,
    wording,
)
from resume_review.rubric.checks import bullets as bullet_checks
from resume_review.rubric.checks.base import Check, Severity
from resume_review.rubric.errors import UnknownCheckError

RUBRIC_VERSION = "2"

_MODULES = (
    ats.CHECKS,
    organization.CHECKS,
    formatting.CHECKS,
    wording.CHECKS,
    bullet_checks.CHECKS,
    skills.CHECKS,
    tone.CHECKS,
    completeness.CHECKS,
    appeal.CHECKS,
    integrity.CHECKS,
)


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check in the order of its id."""
    return tuple(sorted((check for checks in _MODULES for check in checks), key=lambda check: check.id))


@cache
def rubric_version() -> str:
    """The version for receipts: of the scoring, and of all checks together."""
    return f"{RUBRIC_VERSION}.{sum(check.version for check in all_checks())}"


def chosen_checks(
    select: Iterable[str] = (), ignore: Iterable[str] = (), severities: Mapping[str, int] | None = None
) -> tuple[Check, ...]:
    """The checks whose id starts with one of `select` (all, if none are named) and with none of `ignore`.

    Raises:
        UnknownCheckError: No check has this id or prefix, or there is no such severity.
    """
    wanted, unwanted = _prefixes(select), _prefixes(ignore)
    weights = _severities(severities or {})
    return tuple(
        replace(check, severity=weights[check.id]) if check.id in weights else check
        for check in all_checks()
        if (not wanted or check.id.startswith(wanted)) and not check.id.startswith(unwanted or ("-",))
    )


def settings_of(select: Iterable[str], ignore: Collection[str], severities: Mapping[str, int]) -> list[str]:
    """The choice of checks as lines for the receipt."""
    reasons = dict.fromkeys(ignore, "")
    if isinstance(ignore, Mapping):
        reasons.update(cast("Mapping[str, str]", ignore))
    return [
        *(f"select {name.strip().upper()}" for name in select),
        *(
            f"ignore {name.strip().upper()}" + (f": {reason}" if reason else "")
            for name, reason in reasons.items()
        ),
        *(f"severity {name.strip().upper()} = {value}" for name, value in severities.items()),
    ]


def _severities(values: Mapping[str, int]) -> dict[str, Severity]:
    known = {check.id for check in all_checks()}
    found: dict[str, Severity] = {}
    for name, value in values.items():
        identity = name.strip().upper()
        if identity not in known:
            raise UnknownCheckError(_unknown(identity))
        try:
            found[identity] = Severity(value)
        except ValueError:
            choices = ", ".join(f"{int(each)} ({each.name.lower()})" for each in Severity)
            message = f"There is no severity {value} for {identity}; choose one of {choices}."
            raise UnknownCheckError(message) from None
    return found


def _prefixes(names: Iterable[str]) -> tuple[str, ...]:
    prefixes = tuple(name.strip().upper() for name in names)
    for prefix in prefixes:
        if not prefix or not any(check.id.startswith(prefix) for check in all_checks()):
            raise UnknownCheckError(_unknown(prefix))
    return prefixes


def _unknown(name: str) -> str:
    close = difflib.get_close_matches(name, [check.id for check in all_checks()], n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    return (
        f"No check is called {name[:20]!r}; ids look like CON01, prefixes like CON."
        f"{hint} `resume-review rules` lists them."
    )
