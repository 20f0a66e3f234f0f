"""Where people stand on the market, from their years, titles and teams."""

import pytest

from resume_review.documents import Span
from resume_review.rubric.model import MarketTier
from resume_review.rubric.tiers import Standing, assess, is_aside, title_rank

pytestmark = pytest.mark.unit

DATES, TITLE = Span(start=20, end=40), Span(start=0, end=10)


def person(years: float, title: str | None, *, dated: bool = True) -> MarketTier:
    return assess(
        Standing(
            years=years,
            working_years=years,
            titles=[(title, TITLE)] if title else [],
            places=[DATES] if dated else [],
            bullets=[],
        )
    )


@pytest.mark.parametrize(
    ("years", "title", "tier", "least", "most"),
    [
        (0.5, "Intern", "entry", 0.85, 0.95),
        (1, "Analyst", "entry", 0.85, 0.95),
        (1, "Consultant", "entry", 0.6, 0.8),
        (4, "Consultant", "mid", 0.85, 0.95),
        (5, "Associate Partner", "senior", 0.4, 0.6),
        (5, "Senior Associate", "mid", 0.85, 0.95),
        (6, "Vice President", "senior", 0.4, 0.6),
        (9, "Senior Consultant", "senior", 0.65, 0.8),
        (9, "Manager", "senior", 0.85, 0.95),
        (12, "Senior Manager", "senior", 0.85, 0.95),
        (18, "Partner", "executive", 0.85, 0.95),
        (20, "Managing Director", "executive", 0.85, 0.95),
        (20, "Consultant", "senior", 0.4, 0.6),
        (3, "CEO", "senior", 0.4, 0.6),
        (2, "ジュニアコンサルタント", "mid", 0.8, 0.95),
        (8, "マネージャー", "senior", 0.85, 0.95),
        (16, "執行役員", "executive", 0.85, 0.95),
    ],
)
def test_tier_of_a_person(years: float, title: str, tier: str, least: float, most: float) -> None:
    found = person(years, title)

    assert found.value == tier
    assert least <= found.confidence <= most


def test_evidence_names_dates_and_title() -> None:
    assert person(5, "Manager").evidence == [DATES, TITLE]


def test_title_alone_is_less_sure_than_title_and_years() -> None:
    assert person(0, "Director", dated=False).confidence < person(20, "Director").confidence


def test_nothing_known_is_hardly_sure() -> None:
    assert person(0, None, dated=False).confidence == 0.1


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("Partner", 7), ("Associate Partner", 6), ("HR Business Partner", 2), ("Partner Manager", 4), ("Product Owner", 2),
        ("Account Executive", 2), ("Executive Director", 7), ("Chief of Staff", 5), ("Assistant Manager", 3), ("Associate Director", 5),
        ("Business Analyst", 1), ("Senior Analyst", 3), ("Head of Data", 5), ("本部長", 6), ("部長", 5), ("インターン", 0),
    ],
)  # fmt: skip
def test_rank_of_a_title(title: str, rank: int) -> None:
    assert title_rank(title) == rank


@pytest.mark.parametrize(("title", "aside"), [("Tutor (part-time)", True), ("Consultant", False)])
def test_job_beside_the_studies(title: str, aside: bool) -> None:
    assert is_aside(title) is aside
