"""The one list of all checks."""

from collections.abc import Iterable
from functools import cache

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
from resume_review.rubric.checks.base import Check
from resume_review.rubric.errors import UnknownCheckError

RUBRIC_VERSION = "1"

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


def chosen_checks(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Check, ...]:
    """The checks whose id starts with one of `select` (all, if none are named) and with none of `ignore`.

    Raises:
        UnknownCheckError: No check has this id or prefix.
    """
    wanted, unwanted = _prefixes(select), _prefixes(ignore)
    return tuple(
        check
        for check in all_checks()
        if (not wanted or check.id.startswith(wanted)) and not check.id.startswith(unwanted or ("-",))
    )


def _prefixes(names: Iterable[str]) -> tuple[str, ...]:
    prefixes = tuple(name.strip().upper() for name in names)
    for prefix in prefixes:
        if not prefix or not any(check.id.startswith(prefix) for check in all_checks()):
            message = f"No check is called {prefix[:20]!r}; ids look like CON01, prefixes like CON."
            raise UnknownCheckError(message)
    return prefixes
