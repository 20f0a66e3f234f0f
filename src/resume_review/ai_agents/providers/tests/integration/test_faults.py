"""What a user of the models gets when a vendor misbehaves, over real sockets."""

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from resume_review.ai_agents.agents.asking import prepare_call
from resume_review.ai_agents.interface import Payer
from resume_review.ai_agents.prompts.loader import bundled
from resume_review.ai_agents.prompts.model import Locale
from resume_review.ai_agents.providers.base import (
    BadKeyError,
    BadRequestError,
    BudgetError,
    Call,
    LLMProvider,
    MalformedError,
    OverloadedError,
    ProviderError,
    RateLimitedError,
    RefusedError,
    TimedOutError,
    UnreachableError,
    Vendor,
    WrongModelError,
)
from resume_review.ai_agents.providers.exchange import ExchangeError, ModelClient
from resume_review.ai_agents.providers.factory import create_provider, parse_choice
from resume_review.ai_agents.providers.ledger import MemoryLedger
from resume_review.ai_agents.providers.pacing import LocalPacer
from resume_review.ai_agents.providers.policy import Budget, Policy, RetryPolicy
from resume_review.ai_agents.providers.prices import Price, PriceList
from resume_review.testing.model_server import Behaviour, ModelServer, model_server
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration

MODELS = {Vendor.OPENAI: "gpt-test", Vendor.ANTHROPIC: "claude-test", Vendor.GOOGLE: "gemini-test"}
KEYS = dict.fromkeys(Vendor, "sk-secret-key-of-this-test")
PAYER = Payer(review="r1", user="u1")


_OPENED: list[LLMProvider] = []


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    with model_server() as running:
        yield running
        while _OPENED:
            await _OPENED.pop().close()


def opened(choice: str, base: str) -> LLMProvider:
    made = create_provider(parse_choice(choice, base_urls=dict.fromkeys(Vendor, base)), KEYS)
    _OPENED.append(made)
    return made


def provider(server: ModelServer, vendor: Vendor) -> LLMProvider:
    return opened(f"{vendor}:{MODELS[vendor]}", f"{server.url}/v1" if vendor is Vendor.OPENAI else server.url)


def client(
    *chain: LLMProvider, budget: Budget | None = None, deadline_s: float = 10, attempts: int = 3
) -> ModelClient:
    policy = Policy(
        deadline_s=deadline_s, retry=RetryPolicy(attempts=attempts, base_s=0.01), budget=budget or Budget()
    )
    prices = PriceList({str(one.choice): Price(input=Decimal(1), output=Decimal(2)) for one in chain})
    return ModelClient(
        chain, policy=policy, ledger=MemoryLedger(), pacer=LocalPacer(policy.pace), prices=prices
    )


def question(*, timeout_s: float = 5) -> Call:
    prompt = bundled()["structure_analysis", Locale.ENGLISH]
    values = {"document_language": "en", "tier": "mid", "known_findings": None, "resume_text": MARKDOWN}
    call = prepare_call(prompt, values, temperature=0.2)
    return Call(
        agent=call.agent,
        system=call.system,
        user=call.user,
        schema=call.schema,
        temperature=call.temperature,
        max_output_tokens=call.max_output_tokens,
        timeout_s=timeout_s,
    )


ALL = pytest.mark.parametrize("vendor", list(MODELS))


@ALL
async def test_good_answer_comes_with_its_tokens_and_price(server: ModelServer, vendor: Vendor) -> None:
    exchange = await client(provider(server, vendor)).ask(question(), payer=PAYER)

    assert exchange.spent.calls == 1
    assert exchange.spent.usage.input_tokens == 1000
    assert exchange.spent.usage.cached_input_tokens == 200
    assert exchange.spent.cost_usd == (1000 + 2 * exchange.spent.usage.output_tokens) / Decimal(1_000_000)


@ALL
@pytest.mark.parametrize(
    ("behaviours", "calls"),
    [
        ([Behaviour.RATE_LIMITED, Behaviour.RATE_LIMITED], 3),
        ([Behaviour.SERVER_ERROR, Behaviour.OVERLOADED], 3),
        ([Behaviour.CUT_STREAM], 2),
        ([Behaviour.BAD_JSON], 2),
        ([Behaviour.WRONG_SHAPE], 2),
        ([Behaviour.EMPTY], 2),
        ([Behaviour.TRUNCATED], 2),
    ],
)
async def test_passing_fault_is_absorbed(
    server: ModelServer, vendor: Vendor, behaviours: list[Behaviour], calls: int
) -> None:
    server.then(*behaviours)

    exchange = await client(provider(server, vendor)).ask(question(), payer=PAYER)

    assert len(server.asked) == calls
    assert exchange.report.model_dump()["scores"]


@ALL
@pytest.mark.parametrize(
    ("behaviour", "fault", "calls"),
    [
        (Behaviour.RATE_LIMITED, RateLimitedError, 3),
        (Behaviour.LONG_WAIT, RateLimitedError, 1),
        (Behaviour.SERVER_ERROR, OverloadedError, 3),
        (Behaviour.OVERLOADED, OverloadedError, 3),
        (Behaviour.CUT_STREAM, ProviderError, 3),
        (Behaviour.BAD_JSON, MalformedError, 2),
        (Behaviour.WRONG_SHAPE, MalformedError, 2),
        (Behaviour.EMPTY, MalformedError, 2),
        (Behaviour.TRUNCATED, MalformedError, 2),
        (Behaviour.REFUSAL, RefusedError, 1),
        (Behaviour.OTHER_MODEL, WrongModelError, 1),
        (Behaviour.BAD_KEY, BadKeyError, 1),
        (Behaviour.UNKNOWN_MODEL, BadRequestError, 1),
    ],
)
async def test_lasting_fault_is_named_after_bounded_calls(
    server: ModelServer, vendor: Vendor, behaviour: Behaviour, fault: type[ProviderError], calls: int
) -> None:
    server.always = behaviour

    with pytest.raises(ExchangeError) as raised:
        await client(provider(server, vendor)).ask(question(), payer=PAYER)

    assert isinstance(raised.value.last, fault)
    assert len(server.asked) == calls
    assert "secret" not in str(raised.value)


@ALL
async def test_silence_ends_with_the_deadline(server: ModelServer, vendor: Vendor) -> None:
    server.always = Behaviour.HANG

    with pytest.raises(ExchangeError) as raised:
        await client(provider(server, vendor), deadline_s=0.5, attempts=2).ask(
            question(timeout_s=0.3), payer=PAYER
        )

    assert isinstance(raised.value.last, TimedOutError)


async def test_server_that_speaks_something_else_is_malformed(server: ModelServer) -> None:
    server.always = Behaviour.NOT_THE_PROTOCOL

    with pytest.raises(ExchangeError) as raised:
        await client(provider(server, Vendor.OPENAI)).ask(question(), payer=PAYER)

    assert isinstance(raised.value.last, MalformedError)


@ALL
async def test_next_model_answers_when_the_first_cannot(server: ModelServer, vendor: Vendor) -> None:
    first = opened(f"{vendor}:gone", "http://127.0.0.1:9")

    exchange = await client(first, provider(server, Vendor.OPENAI)).ask(question(), payer=PAYER)

    assert exchange.spent.vendor is Vendor.OPENAI
    assert exchange.attempts[0].fault == UnreachableError.__name__


@pytest.mark.parametrize("vendor", [Vendor.OPENAI, Vendor.ANTHROPIC])
@pytest.mark.parametrize("behaviour", [Behaviour.NO_SCHEMAS, Behaviour.NO_TEMPERATURE])
async def test_parameter_a_server_does_not_know_is_left_out_from_then_on(
    server: ModelServer, vendor: Vendor, behaviour: Behaviour
) -> None:
    server.always = behaviour
    asking = client(provider(server, vendor))

    await asking.ask(question(), payer=PAYER)
    first = len(server.asked)
    await asking.ask(question(), payer=PAYER)

    assert len(server.asked) - first == 1


@pytest.mark.parametrize("vendor", [Vendor.OPENAI, Vendor.ANTHROPIC])
@pytest.mark.parametrize("behaviour", [Behaviour.NO_SCHEMAS, Behaviour.NO_TEMPERATURE])
async def test_two_calls_at_once_both_learn_what_a_server_does_not_know(
    server: ModelServer, vendor: Vendor, behaviour: Behaviour
) -> None:
    server.always = behaviour
    server.latency_s = 0.05
    asking = client(provider(server, vendor))

    exchanges = await asyncio.gather(*(asking.ask(question(), payer=PAYER) for _ in range(2)))

    assert [exchange.spent.calls for exchange in exchanges] == [1, 1]


async def test_key_is_sent_to_the_vendor_and_stands_in_no_body(server: ModelServer) -> None:
    await client(provider(server, Vendor.OPENAI)).ask(question(), payer=PAYER)

    assert "sk-secret-key-of-this-test" in server.asked[0].headers["authorization"]
    assert "sk-secret-key-of-this-test" not in server.asked[0].body


@pytest.mark.parametrize(
    "budget",
    [
        Budget(review_tokens=100),
        Budget(review_usd=Decimal("0.000001")),
        Budget(user_day_tokens=100),
        Budget(user_day_usd=Decimal("0.000001")),
        Budget(day_usd=Decimal("0.000001")),
    ],
)
async def test_ceiling_stops_before_the_call(server: ModelServer, budget: Budget) -> None:
    with pytest.raises(ExchangeError) as raised:
        await client(provider(server, Vendor.OPENAI), budget=budget).ask(question(), payer=PAYER)

    assert isinstance(raised.value.last, BudgetError)
    assert server.asked == []


async def test_what_was_spent_counts_against_the_next_call(server: ModelServer) -> None:
    asking = client(provider(server, Vendor.OPENAI), budget=Budget(review_tokens=8_000))
    await asking.ask(question(), payer=PAYER)

    with pytest.raises(ExchangeError):
        for _ in range(9):
            await asking.ask(question(), payer=PAYER)

    assert 1 <= len(server.asked) < 9


async def test_vendor_that_keeps_failing_is_left_alone_for_a_while(server: ModelServer) -> None:
    server.always = Behaviour.SERVER_ERROR
    asking = client(provider(server, Vendor.OPENAI))
    for _ in range(2):
        with pytest.raises(ExchangeError):
            await asking.ask(question(), payer=PAYER)
    before = len(server.asked)

    with pytest.raises(ExchangeError):
        await asking.ask(question(), payer=PAYER)

    assert len(server.asked) == before
