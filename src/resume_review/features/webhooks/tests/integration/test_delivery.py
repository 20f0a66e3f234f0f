"""Messages on real connections, from the end of a review to the receiver."""

import base64
import hashlib
import hmac
import ipaddress
import json
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import text

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import DeliveryStatus, ReviewRequestStatus, WebhookEvent
from resume_review.database.models import WebhookDelivery, WebhookEndpoint
from resume_review.database.session import Database
from resume_review.features.webhooks import announce_review_end
from resume_review.features.webhooks.repository import WebhookRepository
from resume_review.features.webhooks.signing import new_secret
from resume_review.features.webhooks.tasks import DISABLED_AFTER, DeliverWebhook
from resume_review.infrastructure.outbound import Networks
from resume_review.infrastructure.queue import JobWorker
from resume_review.testing.factories import (
    make_candidate,
    make_resume,
    make_review_request,
    make_review_result,
    make_user,
)
from resume_review.testing.receiver import Receiver

pytestmark = pytest.mark.integration

LOCAL = Networks([ipaddress.ip_network("127.0.0.0/8")])
SOON = [timedelta(0), timedelta(0)]


async def add_endpoint(database: Database, url: str, *events: WebhookEvent) -> WebhookEndpoint:
    endpoint = WebhookEndpoint(
        url=url, events=[event.value for event in events or list(WebhookEvent)], secret=new_secret()
    )
    async with database.transaction() as session:
        await WebhookRepository(session).add(endpoint)
    return endpoint


async def add_delivery(database: Database, endpoint: WebhookEndpoint) -> uuid.UUID:
    delivery = WebhookDelivery(endpoint_id=endpoint.id, event=WebhookEvent.PING, payload={"type": "ping"})
    async with database.transaction() as session:
        await WebhookRepository(session).add(delivery)
    return delivery.id


async def end_review(database: Database, status: ReviewRequestStatus) -> uuid.UUID:
    user = make_user()
    candidate = make_candidate(user, first_name="Marguerite", last_name="Duras")
    resume = make_resume(candidate, user, text="Marguerite Duras wrote novels")
    request = make_review_request(resume, user)
    request.status, request.completed_at = status, utc_now()
    if status is ReviewRequestStatus.FAILED:
        request.error_code, request.error_message = "review.gave_up", "It failed 3 times."
    async with database.transaction() as session:
        for row in (user, candidate, resume, request):
            session.add(row)
            await session.flush()
        if status is ReviewRequestStatus.COMPLETED:
            session.add(make_review_result(request, score=81))
            await session.flush()
        await announce_review_end(session, request.id)
    return request.id


async def state(database: Database, delivery_id: uuid.UUID) -> WebhookDelivery:
    async with database.transaction() as session:
        found = await WebhookRepository(session).delivery(delivery_id)
    assert found is not None
    return found


async def deliveries(database: Database) -> int:
    async with database.transaction() as session:
        return (await session.execute(text("SELECT count(*) FROM webhook_deliveries"))).scalar_one()


async def test_a_completed_review_reaches_the_receiver_signed_and_without_personal_data(
    committed_database: Database, committed_database_url: str, receiver: Receiver
) -> None:
    endpoint = await add_endpoint(committed_database, receiver.url)
    review_id = await end_review(committed_database, ReviewRequestStatus.COMPLETED)
    conninfo = committed_database_url.replace("+psycopg", "")

    job = DeliverWebhook(committed_database, LOCAL).definition()
    async with JobWorker(conninfo, [job], concurrency=1).running():
        (request,) = await receiver.got(1)

    message = json.loads(request.body)
    assert message["type"] == "review.completed"
    assert message["data"]["analysis_id"] == str(review_id)
    assert (message["data"]["status"], message["data"]["overall_score"]) == ("completed", 81)
    assert b"Marguerite" not in request.body
    signed = (
        f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode() + request.body
    )
    key = base64.b64decode(endpoint.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert request.headers["webhook-signature"] == f"v1,{expected}"


async def test_only_what_was_asked_for_is_sent(committed_database: Database, receiver: Receiver) -> None:
    await add_endpoint(committed_database, receiver.url, WebhookEvent.REVIEW_FAILED)

    await end_review(committed_database, ReviewRequestStatus.COMPLETED)
    await end_review(committed_database, ReviewRequestStatus.CANCELLED)
    before = await deliveries(committed_database)
    await end_review(committed_database, ReviewRequestStatus.FAILED)

    assert (before, await deliveries(committed_database)) == (0, 1)


@pytest.mark.parametrize("status", [302, 400, 429, 500])
async def test_a_refused_message_is_tried_again_later(
    committed_database: Database, receiver: Receiver, status: int
) -> None:
    delivery_id = await add_delivery(committed_database, await add_endpoint(committed_database, receiver.url))
    receiver.answers(status, location="http://127.0.0.1:1/elsewhere")

    await DeliverWebhook(committed_database, LOCAL).run(delivery_id)

    found = await state(committed_database, delivery_id)
    assert (found.status, found.attempts, found.response_code) == (DeliveryStatus.PENDING, 1, status)
    assert found.next_attempt_at is not None
    assert found.next_attempt_at > utc_now()
    assert len(receiver.requests) == 1


async def test_the_same_id_is_used_at_every_attempt_until_the_last(
    committed_database: Database, committed_database_url: str, receiver: Receiver
) -> None:
    delivery_id = await add_delivery(committed_database, await add_endpoint(committed_database, receiver.url))
    receiver.answers(503)
    job = DeliverWebhook(committed_database, LOCAL, pauses=SOON)
    conninfo = committed_database_url.replace("+psycopg", "")

    await job.run(delivery_id)
    async with JobWorker(conninfo, [job.definition()], concurrency=1).running():
        requests = await receiver.got(3)

    found = await state(committed_database, delivery_id)
    assert {request.headers["webhook-id"] for request in requests} == {str(delivery_id)}
    assert (found.status, found.attempts, found.next_attempt_at) == (DeliveryStatus.FAILED, 3, None)
    assert found.last_error == "The address answered 503."


async def test_a_receiver_that_never_answers_does_not_hold_the_worker(
    committed_database: Database, receiver: Receiver
) -> None:
    delivery_id = await add_delivery(committed_database, await add_endpoint(committed_database, receiver.url))
    receiver.answer = b""

    await DeliverWebhook(committed_database, LOCAL, answer_seconds=0.2).run(delivery_id)

    assert (await state(committed_database, delivery_id)).last_error == "No answer within 0.2 seconds."


async def test_an_endless_answer_is_not_read(committed_database: Database, receiver: Receiver) -> None:
    delivery_id = await add_delivery(committed_database, await add_endpoint(committed_database, receiver.url))
    receiver.answer = b"HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n" + b"x" * 100_000

    await DeliverWebhook(committed_database, LOCAL).run(delivery_id)

    assert (await state(committed_database, delivery_id)).status is DeliveryStatus.DELIVERED


async def test_46_a_private_address_is_not_called(committed_database: Database, receiver: Receiver) -> None:
    endpoint = await add_endpoint(committed_database, f"https://127.0.0.1:{receiver.port}/")
    delivery_id = await add_delivery(committed_database, endpoint)

    await DeliverWebhook(committed_database, Networks()).run(delivery_id)

    found = await state(committed_database, delivery_id)
    assert "cannot be called" in (found.last_error or "")
    assert not receiver.requests


async def test_a_delivered_message_is_not_sent_twice_by_a_job_that_runs_again(
    committed_database: Database, receiver: Receiver
) -> None:
    delivery_id = await add_delivery(committed_database, await add_endpoint(committed_database, receiver.url))
    job = DeliverWebhook(committed_database, LOCAL)

    await job.run(delivery_id)
    await job.run(delivery_id)

    assert len(receiver.requests) == 1


async def test_an_endpoint_that_fails_for_days_is_switched_off(
    committed_database: Database, receiver: Receiver
) -> None:
    endpoint = await add_endpoint(committed_database, receiver.url)
    async with committed_database.transaction() as session:
        stored = await WebhookRepository(session).endpoint(endpoint.id)
        assert stored is not None
        stored.failing_since = utc_now() - DISABLED_AFTER
    delivery_id = await add_delivery(committed_database, endpoint)
    receiver.answers(500)

    await DeliverWebhook(committed_database, LOCAL).run(delivery_id)

    async with committed_database.transaction() as session:
        stored = await WebhookRepository(session).endpoint(endpoint.id)
    assert stored is not None
    assert (stored.is_active, stored.disabled_reason) == (False, "Every message has failed for 3 days.")
    assert (await state(committed_database, delivery_id)).status is DeliveryStatus.FAILED


async def test_an_endpoint_that_says_it_is_gone_is_switched_off_at_once(
    committed_database: Database, receiver: Receiver
) -> None:
    endpoint = await add_endpoint(committed_database, receiver.url)
    delivery_id = await add_delivery(committed_database, endpoint)
    receiver.answers(410)

    await DeliverWebhook(committed_database, LOCAL).run(delivery_id)

    async with committed_database.transaction() as session:
        assert not await WebhookRepository(session).listening(WebhookEvent.PING)


async def test_51_a_message_whose_job_was_lost_is_found(committed_database: Database) -> None:
    endpoint = await add_endpoint(committed_database, "https://example.com/")
    delivery_id = await add_delivery(committed_database, endpoint)
    job = DeliverWebhook(committed_database, LOCAL)

    assert await job.unfinished(utc_now() - timedelta(minutes=1)) == []
    assert await job.unfinished(utc_now() + timedelta(minutes=1)) == [delivery_id]


async def test_a_deleted_message_is_left_alone(committed_database: Database) -> None:
    job = DeliverWebhook(committed_database, LOCAL)

    await job.run(new_id())
    await job.give_up(new_id(), "Its worker died every time.")

    assert await deliveries(committed_database) == 0
