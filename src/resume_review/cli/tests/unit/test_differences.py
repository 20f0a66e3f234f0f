from datetime import date

import pytest
from msgspec.structs import replace

from resume_review.cli.differences import differences
from resume_review.documents import read_document
from resume_review.rubric import AgentReceipt, Review, review
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def answer() -> Review:
    document = read_document(MARKDOWN.encode(), "resume.md")
    return review(document, industry="strategy_consulting", review_date=date(2026, 11, 21))


def test_the_same_answer_has_no_differences(answer: Review) -> None:
    assert differences(answer, answer) == []


def test_versions_are_told_before_what_came_of_them(answer: Review) -> None:
    receipt = replace(answer.receipt, rubric="older", pack="older", extractor="older")
    scores = replace(answer.scores, ats=0)
    before = replace(answer, receipt=receipt, scores=scores)

    told = [line.partition(":")[0] for line in differences(before, answer)]

    assert told == ["extractor", "rubric", "pack", "score ats"]


def test_prompts_and_models_are_told(answer: Review) -> None:
    agent = AgentReceipt(agent="structure", prompt="p@1", vendor="openai", model="m")
    after = replace(answer, receipt=replace(answer.receipt, prompts=["p@1"], agents=[agent]))

    assert differences(answer, after) == ["prompts: none -> p@1", "model: none -> openai:m"]


def test_findings_that_went_or_came_are_told_with_their_place(answer: Review) -> None:
    gone, *rest = answer.findings
    after = replace(answer, findings=rest)

    (line,) = differences(answer, after)
    (back,) = differences(after, answer)

    assert line.startswith(f"gone: {gone.check} {gone.title}")
    assert back.startswith(f"added: {gone.check} {gone.title}")


def test_another_weight_of_the_same_finding_is_told(answer: Review) -> None:
    first, *rest = answer.findings
    heavier = replace(first, severity=first.severity + 1)

    (line,) = differences(answer, replace(answer, findings=[heavier, *rest]))

    assert line.startswith(f"severity {first.severity} -> {first.severity + 1}: {first.check}")
