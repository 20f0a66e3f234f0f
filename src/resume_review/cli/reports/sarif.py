"""Reviews as SARIF 2.1.0, for tools that show the findings of linters beside the text."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from resume_review.cli.reports.content import clean
from resume_review.cli.version import program_version
from resume_review.documents import Document
from resume_review.rubric.catalog import load_catalog, load_reference, open_template
from resume_review.rubric.model import Finding, Review
from resume_review.rubric.registry import all_checks

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {5: "error", 4: "error", 3: "warning", 2: "note", 1: "note"}


def log(reviews: Sequence[tuple[Review, Document]], language: str) -> dict[str, Any]:
    """One run with every review; places are characters and lines of the text that was read (`extract --format text`)."""
    rules = _rules(language)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    results = [
        _result(finding, document, numbers) for review, document in reviews for finding in review.findings
    ]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "resume-review",
                        "version": program_version(),
                        "language": language,
                        "rules": rules,
                    }
                },
                "columnKind": "unicodeCodePoints",
                "artifacts": [_artifact(review, document) for review, document in reviews],
                "results": results,
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": [*_refusals(reviews)],
                    }
                ],
            }
        ],
    }


def _rules(language: str) -> list[dict[str, Any]]:
    catalog, references = load_catalog(language), load_reference(language)
    return [
        {
            "id": check.id,
            "name": "".join(word.capitalize() for word in load_catalog("en").checks[check.id].title.split()),
            "shortDescription": {"text": catalog.checks[check.id].title},
            "fullDescription": {"text": f"{references[check.id].what} {references[check.id].why}"},
            "help": {"text": open_template(catalog.checks[check.id].suggestion)},
            "defaultConfiguration": {"level": _LEVELS[int(check.severity)]},
            "properties": {
                "category": check.category,
                "severity": int(check.severity),
                "scored": check.weight > 0,
            },
        }
        for check in all_checks()
    ]


def _artifact(review: Review, document: Document) -> dict[str, Any]:
    scores = review.scores
    return {
        "location": {"uri": _uri(document)},
        "length": document.source.bytes,
        "hashes": {"sha-256": document.source.sha256},
        "properties": {"status": review.status, "overall": scores.overall, "band": review.band},
    }


def _result(finding: Finding, document: Document, numbers: dict[str, int]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(document)}}
    if finding.start is not None and finding.end is not None:
        place["region"] = region(document.text, finding.start, finding.end)
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.section:
        location["logicalLocations"] = [{"name": finding.section, "kind": "section"}]
    advice = f" {clean(finding.suggestion)}" if finding.suggestion else ""
    return {
        "ruleId": finding.check,
        "ruleIndex": numbers[finding.check],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{clean(finding.title)}: {clean(finding.message)}{advice}"},
        "locations": [location],
        "partialFingerprints": {"findingId/v1": finding.id},
        "properties": {"page": finding.page, "confidence": finding.confidence},
    }


def region(text: str, start: int, end: int) -> dict[str, Any]:
    """Offsets count from 0, lines and columns from 1; the end column is the one after the last character."""
    return {
        "charOffset": start,
        "charLength": end - start,
        "startLine": text.count("\n", 0, start) + 1,
        "startColumn": start - text.rfind("\n", 0, start),
        "endLine": text.count("\n", 0, end) + 1,
        "endColumn": end - text.rfind("\n", 0, end),
        "snippet": {"text": text[start:end]},
    }


def _refusals(reviews: Iterable[tuple[Review, Document]]) -> Iterable[dict[str, Any]]:
    for review, document in reviews:
        if review.scores.overall is None:
            yield {
                "level": "error",
                "message": {"text": clean(review.message)},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(document)}}}],
                "descriptor": {"id": review.status},
            }


def _uri(document: Document) -> str:
    return quote(document.source.filename)
