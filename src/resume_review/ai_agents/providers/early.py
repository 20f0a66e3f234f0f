"""Answers that came in a batch before anybody asked again: used where they can be, mended by a single call else."""

from dataclasses import replace

from resume_review.ai_agents.interface import Payer
from resume_review.ai_agents.providers.base import Call, Completion, MalformedError, ProviderError
from resume_review.ai_agents.providers.exchange import (
    Attempt,
    Exchange,
    ModelClient,
    noted,
    read_report,
    repair_call,
)


async def ask_after(early: Completion, client: ModelClient, call: Call, payer: Payer) -> Exchange:
    """The answer of the client's first model out of a batch, or of a single call when it cannot be used.

    Raises:
        ExchangeError: The single call gave none either.
    """
    attempts: list[Attempt] = []
    repaired = False
    try:
        completion = noted(call, client.first, early, attempts, batched=True)
        report = read_report(completion, call.schema)
    except MalformedError as fault:
        repaired, call = True, repair_call(call, early, fault)
    except ProviderError:
        pass
    else:
        return Exchange(
            report=report,
            text=early.text,
            spent=client.spent_on(early, attempts),
            attempts=tuple(attempts),
            repaired=False,
        )
    exchange = await client.ask(call, payer=payer, earlier=attempts)
    return replace(exchange, repaired=exchange.repaired or repaired)
