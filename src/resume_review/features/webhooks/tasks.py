"""The job that carries one message to its endpoint, attempt by attempt."""

import asyncio
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx2
import msgspec
import structlog

from resume_review.core.clock import utc_now
from resume_review.database.enums import ActivityAction, DeliveryStatus, EntityType
from resume_review.database.models import WebhookDelivery, WebhookEndpoint
from resume_review.features.audit import record_activity
from resume_review.features.webhooks.repository import WebhookRepository
from resume_review.features.webhooks.service import DELIVER_JOB, enqueue_delivery
from resume_review.features.webhooks.signing import signed_headers
from resume_review.infrastructure.maintenance import MaintenanceTask
from resume_review.infrastructure.outbound import GuardedTransport, Networks, RefusedAddressError
from resume_review.infrastructure.outbound import resolve as system_resolve
from resume_review.infrastructure.outbound.transport import Resolver
from resume_review.infrastructure.queue import JobDefinition, Lane
from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400))
"""Between the first attempt and the second, and so on: eight attempts in a little more than a day."""

JITTER = 0.1
ANSWER_SECONDS = 15.0
DISABLED_AFTER = timedelta(days=3)
KEEP_DELIVERED = timedelta(days=30)
KEEP_FAILED = timedelta(days=90)
GONE = 410


@dataclass(frozen=True)
class _Message:
    """All that is needed to send, read in one transaction."""

    id: uuid.UUID
    url: str
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class _Outcome:
    """How an attempt went; null `error` means that it was accepted."""

    code: int | None
    error: str | None

    @property
    def gone(self) -> bool:
        return self.code == GONE


class DeliverWebhook:
    """May be started any number of times for the same message; receivers know it again by its id."""

    def __init__(
        self,
        transactions: Transactions,
        networks: Networks,
        *,
        resolver: Resolver = system_resolve,
        answer_seconds: float = ANSWER_SECONDS,
        pauses: Sequence[timedelta] = PAUSES,
    ) -> None:
        self._transactions = transactions
        self._networks = networks
        self._resolver = resolver
        self._answer_seconds = answer_seconds
        self._pauses = pauses

    def definition(self) -> JobDefinition:
        """The job as workers register it."""
        return JobDefinition(
            name=DELIVER_JOB,
            run=self.run,
            give_up=self.give_up,
            unfinished=self.unfinished,
            lane=Lane.SERVICE,
        )

    def purge(self) -> MaintenanceTask:
        """The chore that forgets old messages."""
        return MaintenanceTask("webhooks.purge", timedelta(hours=6), self._forget)

    async def run(self, delivery_id: uuid.UUID) -> None:
        """Make the attempt that is due; a failed one sends the job of the next."""
        message = await self._prepare(delivery_id)
        if message is None:
            return
        outcome = await self._post(message)
        async with self._transactions.transaction() as session:
            webhooks = WebhookRepository(session)
            delivery = await webhooks.delivery(delivery_id)
            endpoint = None if delivery is None else await webhooks.endpoint(delivery.endpoint_id)
            if delivery is None or endpoint is None:
                return
            self._note(delivery, outcome)
            if outcome.error is None:
                endpoint.failures_in_a_row, endpoint.failing_since = 0, None
            else:
                disabled = _note_failure(endpoint, outcome)
                if disabled:
                    delivery.status, delivery.next_attempt_at = DeliveryStatus.FAILED, None
                    record_activity(
                        session,
                        ActivityAction.STOP,
                        entity=EntityType.WEBHOOK,
                        entity_id=endpoint.id,
                        user_id=None,
                        new={"reason": endpoint.disabled_reason},
                    )
            await session.flush()
            if delivery.status is DeliveryStatus.PENDING:
                await enqueue_delivery(session, delivery)
        log.info(
            "webhook_attempt",
            delivery=str(delivery_id),
            endpoint=str(endpoint.id),
            status=delivery.status.value,
            attempt=delivery.attempts,
            code=outcome.code,
        )

    async def give_up(self, delivery_id: uuid.UUID, reason: str) -> None:
        """Mark a message whose sending kept failing on our side."""
        async with self._transactions.transaction() as session:
            delivery = await WebhookRepository(session).delivery(delivery_id)
            if delivery is not None and delivery.status is DeliveryStatus.PENDING:
                delivery.status, delivery.next_attempt_at = DeliveryStatus.FAILED, None
                delivery.last_error = f"The message could not be sent. {reason}"

    async def unfinished(self, before: datetime) -> Sequence[uuid.UUID]:
        """Messages that should have been sent before this time."""
        async with self._transactions.transaction() as session:
            return await WebhookRepository(session).unsent(before)

    async def _prepare(self, delivery_id: uuid.UUID) -> _Message | None:
        now = utc_now()
        async with self._transactions.transaction() as session:
            webhooks = WebhookRepository(session)
            delivery = await webhooks.delivery(delivery_id)
            if delivery is None or delivery.status is not DeliveryStatus.PENDING:
                return None
            endpoint = await webhooks.endpoint(delivery.endpoint_id)
            if endpoint is None or not endpoint.is_active:
                delivery.status, delivery.next_attempt_at = DeliveryStatus.FAILED, None
                delivery.last_error = "The webhook was switched off before the message could be delivered."
                return None
            body = msgspec.json.encode(delivery.payload)
            headers = signed_headers(delivery.id, body, secrets_in_use=_secrets(endpoint, now), now=now)
            return _Message(delivery.id, endpoint.url, body, headers)

    async def _post(self, message: _Message) -> _Outcome:
        """One attempt; the answer's body is not read, and redirects are not followed."""
        headers = {
            "content-type": "application/json",
            "user-agent": "resume-review-webhooks",
            **message.headers,
        }
        transport = GuardedTransport(self._networks, resolver=self._resolver)
        try:
            async with (
                asyncio.timeout(self._answer_seconds),
                httpx2.AsyncClient(
                    transport=transport, trust_env=False, timeout=self._answer_seconds
                ) as client,
                client.stream("POST", message.url, content=message.body, headers=headers) as response,
            ):
                code = response.status_code
        except RefusedAddressError as refused:
            return _Outcome(None, refused.detail)
        except (TimeoutError, httpx2.TimeoutException):
            return _Outcome(None, f"No answer within {self._answer_seconds:g} seconds.")
        except (httpx2.HTTPError, OSError, ValueError) as error:
            return _Outcome(None, f"The connection failed ({type(error).__name__}).")
        if 200 <= code < 300:
            return _Outcome(code, None)
        if 300 <= code < 400:
            return _Outcome(code, "The address answered with a redirect, which is not followed.")
        return _Outcome(code, f"The address answered {code}.")

    def _note(self, delivery: WebhookDelivery, outcome: _Outcome) -> None:
        now = utc_now()
        delivery.attempts += 1
        delivery.last_attempt_at, delivery.next_attempt_at = now, None
        delivery.response_code, delivery.last_error = outcome.code, outcome.error
        if outcome.error is None:
            delivery.status = DeliveryStatus.DELIVERED
        elif outcome.gone or delivery.attempts > len(self._pauses):
            delivery.status = DeliveryStatus.FAILED
        else:
            pause = self._pauses[delivery.attempts - 1]
            # Not all at once when a receiver of many messages comes back.
            delivery.next_attempt_at = now + pause * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret

    async def _forget(self) -> None:
        now = utc_now()
        async with self._transactions.transaction() as session:
            await WebhookRepository(session).forget(
                delivered_before=now - KEEP_DELIVERED, failed_before=now - KEEP_FAILED
            )


def _secrets(endpoint: WebhookEndpoint, now: datetime) -> list[str]:
    previous, until = endpoint.previous_secret, endpoint.previous_secret_until
    both = previous is not None and until is not None and until > now
    return [endpoint.secret, previous] if both and previous is not None else [endpoint.secret]


def _note_failure(endpoint: WebhookEndpoint, outcome: _Outcome) -> bool:
    """Count the failure; switch the endpoint off when it has failed for days, or says that it is gone."""
    now = utc_now()
    endpoint.failures_in_a_row += 1
    since = endpoint.failing_since or now
    endpoint.failing_since = since
    if outcome.gone:
        endpoint.disabled_reason = "The address answered 410: it is gone for good."
    elif now - since >= DISABLED_AFTER:
        endpoint.disabled_reason = f"Every message has failed for {DISABLED_AFTER.days} days."
    else:
        return False
    endpoint.is_active = False
    log.warning("webhook_disabled", endpoint=str(endpoint.id), reason=endpoint.disabled_reason)
    return True
