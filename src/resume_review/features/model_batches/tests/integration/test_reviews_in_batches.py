"""Whose reviews go with a batch, what becomes of those that end meanwhile, and what is kept of them."""

import uuid
from decimal import Decimal

import pytest
from sqlalchemy import insert, select, text, update

from resume_review.core.settings import FeedbackLanguage
from resume_review.database.enums import ModelBatchStatus
from resume_review.database.models import ModelBatch, ModelBatchItem, ModelSpend, PromptUsage
from resume_review.features.model_batches.service import ADVANCE_JOB, BatchTimes
from resume_review.features.model_batches.tests.conftest import Bench, OpenBench
from resume_review.features.resume_analysis.progress import Step, say
from resume_review.testing.batches_kept import Call, Outcome
from resume_review.testing.model_server import bodies

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

JANE, JOHN = "Jane Doe", "John Smith"
BATCHED, SINGLE = ("rubric+llm", False, 2), ("rubric+llm", False, 0)


async def cancel(desk: Bench, review_id: str) -> None:
    """Call a review off."""
    (await desk.api.delete(f"/analysis/{review_id}/cancel")).raise_for_status()


async def test_two_reviews_are_four_questions_of_one_batch(bench: OpenBench) -> None:
    async with bench() as desk:
        reviews = await desk.asked(JANE, JOHN)
        rows = await desk.advance(2)

        assert [(row.questions, row.status) for row in rows] == [(4, ModelBatchStatus.ENDED)]
        assert await desk.answers(*reviews) == [BATCHED, BATCHED]


async def test_a_paused_review_says_so_and_asks_nothing_again(bench: OpenBench) -> None:
    async with bench() as desk:
        reviews = await desk.asked(JANE)
        again = await desk.review(*reviews)

        assert [(one["status"], one["step"], one["progress"]) for one in again] == [
            ("processing", "batch", 47)
        ]
        assert say(Step.BATCH, FeedbackLanguage.ENGLISH) == "Waiting for the vendor's batch"
        assert len(await desk.items()) == 2
        assert await desk.jobs(ADVANCE_JOB) == 1
        assert await desk.reviewing.unfinished(desk.later) == []


async def test_a_review_that_was_asked_for_alone_does_not_wait(bench: OpenBench) -> None:
    async with bench() as desk:
        await desk.asked(JANE)
        resume_id = (await desk.scalars(text("SELECT id FROM resumes")))[0]
        asked = await desk.api.post(
            f"/analysis/resumes/{resume_id}/analyze", json={"industry": "tech_consulting"}
        )
        status = await desk.review(asked.json()["analysis_id"])

        assert status[0]["status"] == "completed"
        assert len(await desk.items()) == 2


async def test_a_cancelled_review_is_not_sent(bench: OpenBench) -> None:
    async with bench() as desk:
        jane, john = await desk.asked(JANE, JOHN)
        await cancel(desk, jane)
        await desk.advance(2)

        assert [len(batch.questions) for batch in desk.vendor.made] == [2]
        assert await desk.answers(john) == [BATCHED]
        assert (await desk.review(jane))[0]["status"] == "cancelled"


async def test_an_answer_for_a_cancelled_review_is_paid_for_and_not_shown(bench: OpenBench) -> None:
    async with bench() as desk:
        jane, john = await desk.asked(JANE, JOHN)
        await desk.advance()
        await cancel(desk, jane)
        await desk.advance()
        status = (await desk.review(jane))[0]

        assert (status["status"], status["result"]) == ("cancelled", None)
        assert await desk.answers(john) == [BATCHED]
        assert len(await desk.scalars(select(PromptUsage.id))) == 4


async def test_a_cancelled_review_that_is_retried_uses_what_was_paid_for(bench: OpenBench) -> None:
    async with bench() as desk:
        jane, _ = await desk.asked(JANE, JOHN)
        await desk.advance()
        await cancel(desk, jane)
        await desk.advance()
        (await desk.api.post(f"/analysis/analysis/{jane}/retry")).raise_for_status()

        assert await desk.answers(jane) == [BATCHED]


async def test_a_batch_that_nobody_waits_for_is_stopped_at_the_vendor(bench: OpenBench) -> None:
    async with bench() as desk:
        desk.vendor.ends = Outcome.RUNNING
        reviews = await desk.asked(JANE)
        await desk.advance()
        await cancel(desk, reviews[0])
        rows = await desk.advance(2)

        assert Call.CANCEL in desk.vendor.calls
        assert rows[0].status is ModelBatchStatus.ENDED
        assert desk.vendor.files == {}


async def test_an_erased_candidate_leaves_nothing_in_the_batch(bench: OpenBench) -> None:
    async with bench() as desk:
        _, john = await desk.asked(JANE, JOHN)
        await desk.advance()
        await desk.execute(text("DELETE FROM candidates WHERE first_name = 'Jane'"))
        await desk.advance()

        assert await desk.answers(john) == [BATCHED]
        assert len(await desk.items()) == 2


async def test_a_budget_that_is_used_up_sends_nothing(bench: OpenBench) -> None:
    async with bench() as desk:
        reviews = await desk.asked(JANE)
        day = desk.now.date()
        spent = {"payer": "all", "day": day, "tokens": 0, "cost_usd": Decimal(10_000)}
        await desk.execute(insert(ModelSpend).values(**spent))
        rows = await desk.advance()
        status = await desk.review(*reviews)

        assert (rows[0].status, rows[0].fault) == (ModelBatchStatus.ENDED, "nothing_to_ask")
        assert desk.vendor.made == []
        result = status[0]["result"]
        assert (status[0]["status"], result["engine"], result["degraded"]) == ("completed", "rubric", True)
        assert "BudgetError" in result["degraded_reason"]


async def test_what_is_set_aside_counts_while_the_vendor_works(bench: OpenBench) -> None:
    async with bench() as desk:
        desk.vendor.ends = Outcome.RUNNING
        await desk.asked(JANE)
        await desk.advance()
        items = await desk.items()
        ledger = await desk.scalars(select(ModelSpend.tokens).where(ModelSpend.payer == "all"))

        assert ledger == [sum(item.reserved_tokens for item in items)]
        assert all(item.reserved_tokens > 1000 for item in items)


async def test_no_text_of_a_resume_is_in_the_tables_of_batches(bench: OpenBench) -> None:
    async with bench() as desk:
        await desk.asked(JANE, JOHN)
        await desk.advance(2)
        kept = await desk.scalars(
            text("SELECT (b::text || i::text) FROM model_batches b JOIN model_batch_items i ON true")
        )
        sent = bodies(desk.vendor.models.asked)

    found = "".join(kept)
    for words in ("Prepared board papers", "Doe", "Smith", "@example.com", "[NAME_1]"):
        assert words not in found
    assert "Prepared board papers" in sent
    for value in ("Doe", "Smith", "@example.com", "7946 0958"):
        assert value not in sent


async def test_a_job_that_is_started_twice_submits_once(bench: OpenBench) -> None:
    async with bench() as desk:
        reviews = await desk.asked(JANE)
        batch = (await desk.batches())[0]
        await desk.execute(update(ModelBatch).values(closes_at=desk.now))
        await desk.advancing.run(batch.id)
        await desk.advancing.run(batch.id)
        await desk.advancing.run(batch.id)

        assert (len(desk.vendor.made), desk.vendor.calls.count(Call.UPLOAD)) == (1, 1)
        assert await desk.answers(*reviews) == [BATCHED]
        assert len(await desk.scalars(select(PromptUsage.id))) == 2


async def test_a_batch_that_is_given_up_leaves_its_reviews_to_single_calls(bench: OpenBench) -> None:
    async with bench() as desk:
        reviews = await desk.asked(JANE)
        batch = (await desk.batches())[0]
        await desk.advancing.give_up(batch.id, "Its worker died every time.")
        rows = await desk.batches()

        assert (rows[0].status, rows[0].fault) == (ModelBatchStatus.ENDED, "gave_up")
        assert await desk.answers(*reviews) == [SINGLE]


async def test_reviews_are_started_again_by_a_job_when_none_is_on_its_way(bench: OpenBench) -> None:
    async with bench() as desk:
        await desk.asked(JANE)
        await desk.execute(text("DELETE FROM procrastinate_jobs"))
        await desk.advance(2)

        assert await desk.jobs("resume_analysis.analyse") == 1


def test_short_waits_are_divided() -> None:
    assert BatchTimes.within(120).poll.total_seconds() == 60
    assert BatchTimes.within(1).gather.total_seconds() == 3


async def test_ended_batches_are_found_by_nobody(bench: OpenBench) -> None:
    async with bench() as desk:
        await desk.asked(JANE)
        assert len(await desk.advancing.unfinished(desk.later)) == 1
        await desk.advance(2)

        assert await desk.advancing.unfinished(desk.later) == []
        # A job that was rescued too late finds nothing to do.
        await desk.advancing.run((await desk.batches())[0].id)
        await desk.advancing.run(uuid.uuid4())
        assert len(desk.vendor.made) == 1
        assert len(await desk.scalars(select(ModelBatchItem.id))) == 2
