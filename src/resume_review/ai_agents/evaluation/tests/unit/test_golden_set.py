"""The golden set is what it says: many kinds of resumes, whose worse versions are worse."""

from collections import Counter

import pytest

from resume_review.ai_agents.evaluation.golden_set import REVIEW_DATE, Fault, GoldenResume, golden_set, subset
from resume_review.documents import read_document
from resume_review.rubric import INDUSTRIES, Review, Tier, review

pytestmark = pytest.mark.unit


def judge(resume: GoldenResume) -> Review:
    return review(
        read_document(resume.text.encode(), "resume.md"),
        industry=resume.industry,
        language=resume.language,
        review_date=REVIEW_DATE,
    )


def test_all_industries_levels_languages_and_looks_are_there() -> None:
    resumes = golden_set()

    assert len(resumes) >= 60
    assert {(one.industry, one.tier, one.language) for one in resumes} == {
        (industry, tier, language) for industry in INDUSTRIES for tier in Tier for language in ("en", "ja")
    }
    assert min(Counter(one.sheet.shape for one in resumes).values()) >= 10


def test_names_and_texts_are_unique() -> None:
    resumes = golden_set()

    assert len({one.name for one in resumes}) == len({one.text for one in resumes}) == len(resumes)


def test_every_resume_belongs_to_the_reserved_domain() -> None:
    assert [one.name for one in golden_set() if one.text.count("@") != one.text.count("@example.com")] == []


@pytest.mark.parametrize("resume", subset(6), ids=lambda one: one.name)
def test_resume_is_read_and_judged_by_the_rubric(resume: GoldenResume) -> None:
    assert judge(resume).scores.overall is not None


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("resume", subset(3), ids=lambda one: one.name)
def test_worse_version_scores_less(resume: GoldenResume, fault: Fault) -> None:
    better, worse = judge(resume).scores.overall, judge(resume.worse(fault)).scores.overall

    assert better is not None
    assert worse is not None
    assert worse < better


def test_subset_is_the_same_every_time_and_of_several_levels() -> None:
    assert subset(8) == subset(8)
    assert len({one.tier for one in subset(8)}) >= 3
