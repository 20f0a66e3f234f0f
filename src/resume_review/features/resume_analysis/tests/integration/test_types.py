import uuid
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from resume_review.features.resume_analysis.tests.conftest import Desk

pytestmark = pytest.mark.integration

SCORES = ("overall_score", "ats_score", "content_score", "formatting_score")


async def test_an_ats_check_gives_the_ats_score_and_no_other(desk: "Desk") -> None:
    whole = (await desk.status(await desk.reviewed()))["result"]

    result = (await desk.status(await desk.reviewed(review_type="ats_check")))["result"]

    assert [result[name] for name in SCORES] == [None, whole["ats_score"], None, None]
    assert (result["detailed_scores"], result["market_tier"]) == (None, None)
    assert result["review_type"] == "ats_check"


async def test_an_ats_check_finds_only_what_systems_stumble_over(desk: "Desk") -> None:
    review_id = await desk.reviewed(review_type="ats_check")

    found = (await desk.call("GET", f"/analysis/{review_id}/findings")).json()["findings"]

    assert found
    assert {item["category"] for item in found} <= {"ats", "formatting", "completeness"}


async def test_a_quick_scan_has_the_same_scores_and_only_what_is_grave(desk: "Desk") -> None:
    whole = (await desk.status(await desk.reviewed()))["result"]
    review_id = await desk.reviewed(review_type="quick_scan")

    result = (await desk.status(review_id))["result"]
    found = (await desk.call("GET", f"/analysis/{review_id}/findings")).json()["findings"]

    assert [result[name] for name in SCORES] == [whole[name] for name in SCORES]
    assert all(item["severity_level"] >= 3 for item in found)
    assert not any(item["feedback_type"] == "strength" for item in found)


async def test_the_receipt_names_the_type(desk: "Desk") -> None:
    review_id = await desk.reviewed(review_type="quick_scan")

    answer = (await desk.call("GET", f"/analysis/{review_id}/review")).json()

    assert answer["receipt"]["review_type"] == "quick_scan"


async def test_an_unknown_type_is_refused(desk: "Desk") -> None:
    response = await desk.request(review_type="deep_dive")

    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "review_type")


async def test_a_bulk_review_waits_behind_those_that_somebody_waits_for(desk: "Desk") -> None:
    accepted = await desk.request(bulk=True)

    await desk.job.run(uuid.UUID(accepted.json()["analysis_id"]))

    assert (await desk.status(accepted.json()["analysis_id"]))["status"] == "completed"
