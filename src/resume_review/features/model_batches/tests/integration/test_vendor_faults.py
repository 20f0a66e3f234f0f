"""What vendors' batches do wrong, step by step: every review is completed, and nothing is paid twice."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from resume_review.core.clock import utc_now
from resume_review.database.enums import ModelBatchItemStatus, ModelBatchStatus
from resume_review.database.models import ModelBatch, ModelSpend, PromptUsage
from resume_review.features.model_batches.tests.conftest import MODELS, Bench, OpenBench
from resume_review.testing.batches_kept import ARRIVES, Call, Line, Outcome
from resume_review.testing.model_server import Behaviour

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

JANE, JOHN = "Jane Doe", "John Smith"
BATCHED, SINGLE = ("rubric+llm", False, 2), ("rubric+llm", False, 0)
SINGLE_CALLS = {"openai": "/v1/chat/completions", "anthropic": "/v1/messages"}


def single_calls(desk: Bench) -> int:
    """How many questions were asked alone."""
    return sum(asked.path in SINGLE_CALLS.values() for asked in desk.vendor.models.asked)


async def spent(desk: Bench) -> tuple[int, int]:
    """Tokens of all that count against budgets, and those of the usage history."""
    ledger = await desk.scalars(select(ModelSpend.tokens).where(ModelSpend.payer == "all"))
    uses = await desk.scalars(select(PromptUsage.tokens_used))
    return sum(ledger), sum(uses)


@pytest.mark.parametrize("vendor", MODELS)
async def test_answers_in_another_order_find_their_questions(bench: OpenBench, vendor: str) -> None:
    async with bench(vendor) as desk:
        desk.vendor.in_order = False
        reviews = await desk.asked(JANE, JOHN)
        await desk.advance(2)

        assert await desk.answers(*reviews) == [BATCHED, BATCHED]
        assert single_calls(desk) == 0


@pytest.mark.parametrize("vendor", MODELS)
@pytest.mark.parametrize("line", [line for line in Line if line is not Line.NO_TEMPERATURE])
async def test_a_question_without_an_answer_is_asked_alone(bench: OpenBench, vendor: str, line: Line) -> None:
    async with bench(vendor) as desk:
        desk.vendor.lines = [line]
        reviews = await desk.asked(JANE)
        await desk.advance(2)
        items = await desk.items()

        assert await desk.answers(*reviews) == [("rubric+llm", False, 1)]
        assert Counter(item.status for item in items) == {"answered": 1, "failed": 1}
        assert single_calls(desk) == 1
        reserved, used = await spent(desk)
        assert reserved == used


@pytest.mark.parametrize("vendor", MODELS)
@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour.BAD_JSON,
        Behaviour.WRONG_SHAPE,
        Behaviour.EMPTY,
        Behaviour.TRUNCATED,
        Behaviour.REFUSAL,
        Behaviour.OTHER_MODEL,
    ],
)
async def test_an_answer_that_cannot_be_used_costs_one_single_call(
    bench: OpenBench, vendor: str, behaviour: Behaviour
) -> None:
    async with bench(vendor) as desk:
        desk.vendor.lines = [behaviour, behaviour]
        reviews = await desk.asked(JANE)
        await desk.advance(2)

        assert await desk.answers(*reviews) == [BATCHED]
        assert single_calls(desk) == 2
        # Those of the batch and the single ones, each once.
        assert len(await desk.scalars(select(PromptUsage.id))) == 4
        reserved, used = await spent(desk)
        assert reserved == used


async def test_invented_quotes_are_asked_for_once_more(bench: OpenBench) -> None:
    async with bench() as desk:
        desk.vendor.lines = [Behaviour.INVENTED_QUOTES, Behaviour.INVENTED_QUOTES]
        reviews = await desk.asked(JANE)
        await desk.advance(2)

        assert await desk.answers(*reviews) == [BATCHED]
        assert single_calls(desk) > 0


async def test_markup_and_links_of_a_batch_are_taken_out(bench: OpenBench) -> None:
    async with bench() as desk:
        desk.vendor.lines = [Behaviour.MARKUP, Behaviour.MARKUP]
        reviews = await desk.asked(JANE)
        await desk.advance(2)

        assert await desk.answers(*reviews) == [BATCHED]
        found = await desk.scalars(text("SELECT string_agg(feedback_text, ' ') FROM review_feedback_items"))
        assert "evil.example" not in found[0]


@pytest.mark.parametrize("vendor", MODELS)
@pytest.mark.parametrize("outcome", [Outcome.EXPIRED, Outcome.CANCELLED])
async def test_a_batch_that_ends_early_gives_what_it_has(
    bench: OpenBench, vendor: str, outcome: Outcome
) -> None:
    async with bench(vendor) as desk:
        desk.vendor.ends = outcome
        desk.vendor.lines = [Behaviour.GOOD, Behaviour.GOOD]
        reviews = await desk.asked(JANE, JOHN)
        await desk.advance(2)

        assert Counter(await desk.answers(*reviews)) == {BATCHED: 1, SINGLE: 1}
        assert single_calls(desk) == 2


async def test_a_batch_that_fails_validation_is_asked_alone(bench: OpenBench) -> None:
    async with bench() as desk:
        desk.vendor.ends = Outcome.INVALID
        reviews = await desk.asked(JANE)
        rows = await desk.advance(2)

        assert (rows[0].status, rows[0].fault) == (ModelBatchStatus.ENDED, "batch_failed")
        assert await desk.answers(*reviews) == [SINGLE]
        reserved, used = await spent(desk)
        assert reserved == used


@pytest.mark.parametrize("vendor", MODELS)
async def test_strange_lines_are_passed_over(bench: OpenBench, vendor: str) -> None:
    async with bench(vendor) as desk:
        desk.vendor.strange = [
            '{"custom_id": "not-one-of-ours", "response": null, "result": {"type": "expired"}}',
            '{"custom_id": "0199f3a5-0000-7000-8000-000000000001", "result": {"type": "expired"}}',
            "[1, 2]",
            "",
            '{"no": "id"}',
            "<html>Bad gateway</html>",
        ]
        reviews = await desk.asked(JANE)
        await desk.advance(2)

        assert await desk.answers(*reviews) == [BATCHED]


@pytest.mark.parametrize("vendor", MODELS)
@pytest.mark.parametrize("call", [Call.POLL, Call.COLLECT])
@pytest.mark.parametrize("status", [429, 500, 529, 401])
async def test_a_call_that_fails_is_made_again(
    bench: OpenBench, vendor: str, call: Call, status: int
) -> None:
    async with bench(vendor) as desk:
        desk.vendor.faults[call] = [status]
        reviews = await desk.asked(JANE)
        await desk.advance(3)

        assert await desk.answers(*reviews) == [BATCHED]
        assert (len(desk.vendor.made), single_calls(desk)) == (1, 0)


@pytest.mark.parametrize("status", [429, 500])
async def test_an_upload_that_fails_is_made_again(bench: OpenBench, status: int) -> None:
    async with bench() as desk:
        desk.vendor.faults[Call.UPLOAD] = [status]
        reviews = await desk.asked(JANE)
        await desk.advance(3)

        assert await desk.answers(*reviews) == [BATCHED]
        assert (len(desk.vendor.made), single_calls(desk)) == (1, 0)


@pytest.mark.parametrize("vendor", MODELS)
async def test_a_vendor_that_asks_for_patience_gets_the_batch_later(bench: OpenBench, vendor: str) -> None:
    async with bench(vendor) as desk:
        desk.vendor.faults[Call.SUBMIT] = [429]
        reviews = await desk.asked(JANE)
        await desk.advance(3)

        assert await desk.answers(*reviews) == [BATCHED]
        assert (len(desk.vendor.made), single_calls(desk)) == (1, 0)


@pytest.mark.parametrize("vendor", MODELS)
@pytest.mark.parametrize("status", [400, 401, 404])
async def test_a_batch_that_is_refused_is_asked_alone(bench: OpenBench, vendor: str, status: int) -> None:
    async with bench(vendor) as desk:
        desk.vendor.faults[Call.SUBMIT] = [status]
        reviews = await desk.asked(JANE)
        rows = await desk.advance()

        assert rows[0].status is ModelBatchStatus.ENDED
        assert await desk.answers(*reviews) == [SINGLE]
        assert desk.vendor.made == []
        reserved, used = await spent(desk)
        assert reserved == used


async def past_the_settling(desk: Bench) -> None:
    """As if the time had passed after which a request has arrived or never will."""
    long_ago = utc_now() - timedelta(minutes=5)
    await desk.execute(update(ModelBatch).values(submitted_at=long_ago))
    for batch in desk.vendor.made:
        batch.created_at = long_ago.timestamp()


@pytest.mark.parametrize("vendor", MODELS)
async def test_a_batch_whose_creation_was_not_answered_is_found_there(bench: OpenBench, vendor: str) -> None:
    async with bench(vendor) as desk:
        desk.vendor.faults[Call.SUBMIT] = [ARRIVES]
        reviews = await desk.asked(JANE)
        await desk.advance(3)
        assert len(desk.vendor.made) == 1
        assert Call.LIST not in desk.vendor.calls

        await past_the_settling(desk)
        rows = await desk.advance(2)

        assert rows[0].status is ModelBatchStatus.ENDED
        assert await desk.answers(*reviews) == [BATCHED]
        assert (len(desk.vendor.made), single_calls(desk)) == (1, 0)


@pytest.mark.parametrize("vendor", MODELS)
async def test_a_batch_that_never_arrived_is_sent_again(bench: OpenBench, vendor: str) -> None:
    async with bench(vendor) as desk:
        desk.vendor.faults[Call.SUBMIT] = [500]
        reviews = await desk.asked(JANE)
        await desk.advance()
        await past_the_settling(desk)
        await desk.advance(3)

        assert await desk.answers(*reviews) == [BATCHED]
        assert (len(desk.vendor.made), single_calls(desk)) == (1, 0)


async def test_a_batch_without_a_mark_is_waited_for_until_its_answers_prove_whose_it_is(
    bench: OpenBench,
) -> None:
    async with bench("anthropic") as desk:
        desk.vendor.ends = Outcome.RUNNING
        desk.vendor.faults[Call.SUBMIT] = [ARRIVES]
        reviews = await desk.asked(JANE)
        await desk.advance()
        desk.vendor.make("", [("foreign-1", {}), ("foreign-2", {})])
        await past_the_settling(desk)
        rows = await desk.advance(2)
        assert (rows[0].status, rows[0].vendor_id) == (ModelBatchStatus.SUBMITTING, None)

        ours, foreign = desk.vendor.made
        ours.outcome = Outcome.COMPLETED
        await desk.advance(2)

        assert await desk.answers(*reviews) == [BATCHED]
        assert (len(desk.vendor.made), foreign.removed, foreign.outcome) == (2, False, Outcome.RUNNING)


async def test_a_batch_that_the_vendor_lost_is_asked_alone(bench: OpenBench) -> None:
    async with bench() as desk:
        reviews = await desk.asked(JANE)
        await desk.advance()
        desk.vendor.made[0].removed = True
        rows = await desk.advance()

        assert (rows[0].status, rows[0].fault) == (ModelBatchStatus.ENDED, "batch_gone")
        assert await desk.answers(*reviews) == [SINGLE]


@pytest.mark.parametrize("vendor", MODELS)
async def test_a_parameter_the_vendor_does_not_know_is_left_out_of_the_next_batch(
    bench: OpenBench, vendor: str
) -> None:
    async with bench(vendor) as desk:
        desk.vendor.lines = [Line.NO_TEMPERATURE] * 2
        first = await desk.asked(JANE)
        await desk.advance(2)
        assert await desk.answers(*first) == [SINGLE]

        second = await desk.asked(JOHN)
        rows = await desk.advance(2)

        assert rows[1].left_out == ["temperature"]
        assert await desk.answers(*second) == [BATCHED]


@pytest.mark.parametrize("vendor", MODELS)
async def test_reviews_do_not_wait_for_ever_and_late_answers_are_paid_for(
    bench: OpenBench, vendor: str
) -> None:
    async with bench(vendor) as desk:
        desk.vendor.ends = Outcome.RUNNING
        reviews = await desk.asked(JANE)
        await desk.advance(2)
        assert (await desk.review(*reviews))[0]["step"] == "batch"
        await desk.execute(update(ModelBatch).values(gives_up_at=utc_now()))
        rows = await desk.advance()
        assert rows[0].status is ModelBatchStatus.STOPPING
        assert Call.CANCEL in desk.vendor.calls
        assert await desk.answers(*reviews) == [SINGLE]

        desk.vendor.lines = [Behaviour.GOOD, Line.EXPIRED]
        rows = await desk.advance()

        assert (rows[0].status, rows[0].fault) == (
            ModelBatchStatus.ENDED,
            "batch_cancelled" if vendor == "openai" else None,
        )
        assert {item.status for item in await desk.items()} == {ModelBatchItemStatus.FAILED}
        assert len(await desk.scalars(select(PromptUsage.id))) == 3
        reserved, used = await spent(desk)
        assert reserved == used
