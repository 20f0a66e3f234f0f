"""Findings as SARIF: rules, places, levels."""

import pytest

from resume_review.cli.reports import sarif
from resume_review.documents import Document
from resume_review.rubric.model import Review
from resume_review.rubric.registry import all_checks

pytestmark = pytest.mark.unit


def test_every_check_is_a_rule(review: Review, document: Document) -> None:
    run = sarif.log([(review, document)], "en")["runs"][0]

    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [check.id for check in all_checks()]
    assert all(rule["fullDescription"]["text"] for rule in rules)


def test_every_finding_is_a_result_of_its_rule(review: Review, document: Document) -> None:
    run = sarif.log([(review, document)], "en")["runs"][0]

    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(review.findings)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_place_is_given_as_characters_and_lines() -> None:
    place = sarif.region("one\ntwo words\nthree", 8, 13)

    assert (place["charOffset"], place["charLength"]) == (8, 5)
    assert (place["startLine"], place["startColumn"], place["endLine"], place["endColumn"]) == (2, 5, 2, 10)
    assert place["snippet"]["text"] == "words"


def test_refused_file_is_a_notification(refused_review: Review, document: Document) -> None:
    run = sarif.log([(refused_review, document)], "en")["runs"][0]

    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["level"] for note in notes] == ["error"]
    assert run["results"] == []
