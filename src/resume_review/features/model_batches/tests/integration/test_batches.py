"""Bulk reviews through the vendors' batches, over the whole platform: real workers, libraries and sockets."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from resume_review.database.enums import ModelBatchStatus
from resume_review.database.models import ModelSpend, PromptUsage
from resume_review.features.model_batches.tests.conftest import KEY, MODELS, PEOPLE, Open
from resume_review.testing.batches_kept import Call, Outcome
from resume_review.testing.model_server import bodies

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

PERSONAL = ("Jane", "Doe", "Smith", "Tanaka", "Aiko", "7946 0958", "linkedin.com/in", "@example.com")


@pytest.mark.parametrize("vendor", MODELS)
async def test_bulk_reviews_are_answered_in_one_batch_at_half_price(agency: Open, vendor: str) -> None:
    async with agency(vendor) as desk:
        desk.vendor.ends = Outcome.RUNNING
        batch_id, review_ids = await desk.upload(*PEOPLE)
        waiting = [await desk.at(review_id, "batch") for review_id in review_ids]
        shown = await desk.bulk(batch_id)
        desk.vendor.ends = Outcome.COMPLETED
        ended = [await desk.ended(review_id) for review_id in review_ids]
        receipts = [await desk.receipt(review_id) for review_id in review_ids]
        rows = await desk.batches_end()
        uses = await desk.scalars(select(PromptUsage))
        spent = await desk.scalars(select(ModelSpend).where(ModelSpend.payer == "all"))
        later = await desk.bulk(batch_id)
        sent = bodies(desk.vendor.models.asked)
        stored = desk.vendor.files

    assert {(status["status"], status["progress"]) for status in waiting} == {("processing", 47)}
    assert (shown["reviews_at_vendor"], later["reviews_at_vendor"]) == (3, 0)
    assert {
        (status["status"], status["result"]["engine"], status["result"]["degraded"]) for status in ended
    } == {("completed", "rubric+llm", False)}
    assert [agent["batched"] for receipt in receipts for agent in receipt["agents"]] == [True] * 6
    # A machine under load may have closed a batch before the last review came.
    questions = [custom_id for batch in desk.vendor.made for custom_id, _ in batch.questions]
    assert (len(questions), len(set(questions))) == (6, 6)
    assert [(row.fault, row.status) for row in rows] == [(None, ModelBatchStatus.ENDED)] * len(rows)
    assert len(uses) == 6
    for use in uses:
        assert use.cost_usd == Decimal(use.input_tokens * 1 + use.output_tokens * 10) / 2 / 1_000_000
    assert spent[0].tokens == sum(use.input_tokens + use.output_tokens for use in uses)
    assert spent[0].cost_usd == sum(use.cost_usd for use in uses)
    assert [value for value in (*PERSONAL, KEY) if value in sent] == []
    assert "[NAME_1]" in sent
    assert Call.DISCARD in desk.vendor.calls
    assert stored == {}


async def test_bulk_reviews_ask_at_once_unless_it_is_switched_on(agency: Open) -> None:
    async with agency(batches="off") as desk:
        results = await desk.reviewed(*PEOPLE[:1])

    assert [result["engine"] for result in results] == ["rubric+llm"]
    assert desk.vendor.calls == []


async def test_a_bulk_review_takes_over_the_answer_of_an_earlier_one(agency: Open) -> None:
    async with agency(batches="off") as desk:
        await desk.reviewed(*PEOPLE[:1])
        asked = len(desk.vendor.models.asked)
        again = await desk.reviewed(*PEOPLE[:1])

    assert again[0]["reused_from"] is not None
    assert len(desk.vendor.models.asked) == asked == 2
