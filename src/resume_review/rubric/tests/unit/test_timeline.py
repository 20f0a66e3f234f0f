"""Years of experience and gaps."""

from datetime import date

import pytest

from resume_review.documents import Role
from resume_review.rubric.timeline import Period, covered_months, gaps, period

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 15)


def role(start: str | None, end: str | None, *, current: bool = False) -> Role:
    return Role(
        title="Consultant",
        employer="Contoso",
        location=None,
        start_date=start,
        end_date=end,
        current=current,
        bullets=[],
        start=0,
        end=10,
        confidence=1.0,
    )


@pytest.mark.parametrize(
    ("given", "months"),
    [
        (role("2020-01", "2020-12"), 12),
        (role("2020-03", "2020-03"), 1),
        (role("2018", "2020"), 24),
        (role("2026-01", None, current=True), 11),
    ],
)
def test_length_of_a_role(given: Role, months: int) -> None:
    found = period(given, TODAY)

    assert found is not None
    assert found.months == months


@pytest.mark.parametrize("given", [role(None, "2020-01"), role("2020-05", "2019-01"), role("2020-05", None)])
def test_no_period(given: Role) -> None:
    assert period(given, TODAY) is None


def test_overlaps_count_once() -> None:
    assert (
        covered_months([Period(0, 12, exact=True), Period(6, 18, exact=True), Period(30, 36, exact=True)])
        == 24
    )


def test_gap_longer_than_the_limit() -> None:
    periods = [Period(0, 12, exact=True), Period(14, 20, exact=True), Period(30, 36, exact=True)]

    assert gaps(periods, longer_than=6) == [(20, 30)]
