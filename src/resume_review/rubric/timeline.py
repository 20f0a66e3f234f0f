"""Years of experience from the dates of roles, overlaps counted once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from resume_review.documents import Role

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A role's time in months since year zero, half-open; `exact` when both ends name their month."""

    start: int
    end: int
    exact: bool

    @property
    def months(self) -> int:
        """Length."""
        return self.end - self.start


def month_number(value: str | None, *, end: bool = False) -> int | None:
    """Months since year zero; a year alone counts from its middle, so that it is wrong by half a year at most."""
    match = _DATE.fullmatch(value or "")
    if match is None:
        return None
    if match[2]:
        return int(match[1]) * 12 + int(match[2]) - (0 if end else 1)
    return int(match[1]) * 12 + 6


def today_number(today: date) -> int:
    """The month after the current one: time up to and including this month."""
    return today.year * 12 + today.month


def period(role: Role, today: date) -> Period | None:
    """The time of a role up to today; null without a start, or where the end comes first."""
    start = month_number(role.start_date)
    now = today_number(today)
    end = now if role.current else month_number(role.end_date, end=True)
    if start is None or end is None:
        return None
    end = min(end, now)
    exact = "-" in (role.start_date or "") and (role.current or "-" in (role.end_date or ""))
    return Period(start, end, exact) if end >= start else None


def covered_months(periods: Sequence[Period]) -> int:
    """Months in at least one period."""
    total, reached = 0, 0
    for current in sorted(periods, key=lambda item: (item.start, item.end)):
        total += max(0, current.end - max(current.start, reached))
        reached = max(reached, current.end)
    return total


def gaps(periods: Sequence[Period], *, longer_than: int) -> list[tuple[int, int]]:
    """Stretches without a role between the first and the last one, in months since year zero."""
    ordered = sorted(periods, key=lambda item: (item.start, item.end))
    found: list[tuple[int, int]] = []
    reached: int | None = None
    for current in ordered:
        if reached is not None and current.start - reached > longer_than:
            found.append((reached, current.start))
        reached = current.end if reached is None else max(reached, current.end)
    return found
