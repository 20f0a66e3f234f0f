"""What each type of review shows; what two types share, they share exactly."""

from datetime import date

import msgspec
import pytest

from resume_review.documents.reader import read_document
from resume_review.rubric import Category, Gate, Review, ReviewType, Scores, review
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration

# No address, an odd heading, a private-use bullet, mixed dates and weak words, in a resume that is fine otherwise.
POOR = (
    MARKDOWN.replace("jane.doe@example.com | ", "")
    .replace("## Education", "## Life Before Work")
    .replace("- Led a team", "- \ue0b7 Led a team")
    .replace("Sep 2018 - Feb 2021", "09/2018 to Feb 2021")
    .replace("- Prepared board", "- Helped very much to prepare various board")
)
ATS = {Category.ATS, Category.FORMATTING, Category.COMPLETENESS}


def judged(review_type: ReviewType, *, language: str = "en") -> Review:
    document = read_document(POOR.encode(), "resume.md")
    return review(
        document,
        industry="strategy_consulting",
        review_date=date(2026, 1, 15),
        language=language,
        review_type=review_type,
    )


@pytest.fixture(scope="module")
def whole() -> Review:
    return judged(ReviewType.COMPREHENSIVE)


@pytest.fixture(scope="module")
def quick() -> Review:
    return judged(ReviewType.QUICK_SCAN)


@pytest.fixture(scope="module")
def ats() -> Review:
    return judged(ReviewType.ATS_CHECK)


def test_a_quick_scan_has_the_same_scores_band_tier_and_gates(whole: Review, quick: Review) -> None:
    assert quick.scores == whole.scores
    assert (quick.band, quick.market_tier, quick.gates) == (whole.band, whole.market_tier, whole.gates)


def test_a_quick_scan_shows_exactly_the_grave_findings(whole: Review, quick: Review) -> None:
    grave = [finding for finding in whole.findings if finding.severity >= 3]

    assert grave
    assert len(grave) < len(whole.findings)
    assert quick.findings == grave


def test_a_quick_scan_praises_nothing(quick: Review) -> None:
    assert quick.strengths == []
    assert "Strongest point" not in quick.summary


@pytest.mark.parametrize("review_type", [ReviewType.QUICK_SCAN, ReviewType.ATS_CHECK])
def test_every_fix_has_a_finding_that_is_shown(review_type: ReviewType) -> None:
    answer = judged(review_type)

    assert answer.top_fixes
    assert {fix.check for fix in answer.top_fixes} <= {finding.check for finding in answer.findings}


def test_an_ats_check_has_the_same_ats_score_and_no_other(whole: Review, ats: Review) -> None:
    assert ats.scores == Scores(ats=whole.scores.ats)
    assert (ats.band, ats.market_tier) == (None, None)


def test_an_ats_check_shows_exactly_what_systems_stumble_over(whole: Review, ats: Review) -> None:
    expected = [finding for finding in whole.findings if finding.category in ATS]

    assert expected
    assert ats.findings == expected


def test_an_ats_check_leaves_out_gates_of_other_scores(whole: Review, ats: Review) -> None:
    assert {gate.id for gate in whole.gates} == {"no_email"}
    assert ats.gates == list[Gate]()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_summary_of_an_ats_check_speaks_of_its_score(language: str) -> None:
    answer = judged(ReviewType.ATS_CHECK, language=language)

    assert str(answer.scores.ats) in answer.summary


def test_the_receipt_names_the_type(quick: Review) -> None:
    assert quick.receipt.review_type is ReviewType.QUICK_SCAN


@pytest.mark.parametrize("review_type", list(ReviewType))
def test_every_type_survives_being_stored(review_type: ReviewType) -> None:
    answer = judged(review_type)

    assert msgspec.convert(msgspec.to_builtins(answer), Review) == answer
