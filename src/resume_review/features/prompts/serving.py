"""The prompts that workers get."""

import time
from collections.abc import Mapping, Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

from resume_review.ai_agents.interface import (
    NAMES,
    PRODUCTION,
    AgentName,
    Locale,
    Prompt,
    PromptError,
    bundled,
    from_data,
    names_for,
)
from resume_review.features.prompts.repository import Labelled, PromptRepository
from resume_review.infrastructure.transactions import Transactions

log = structlog.get_logger(__name__)

STALE_SECONDS = 5.0
"""How long a moved label may go unseen by a worker."""


class DatabasePrompts:
    """The prompts that labels point to, for workers; a missing or broken one is replaced by the bundled file."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._read_at = float("-inf")
        self._labelled: Mapping[tuple[str, str, str], Prompt] = {}

    async def get(self, agent: AgentName, *, industry: str, locale: Locale, label: str) -> Prompt:
        """See `PromptSource.get`; a label that points nowhere means production."""
        await self._refresh()
        for wanted in dict.fromkeys((label, PRODUCTION)):
            for name in names_for(agent, industry):
                if (name, locale.value, wanted) in self._labelled:
                    return self._labelled[name, locale.value, wanted]
        for name in names_for(agent, industry):
            if (name, locale) in bundled():
                return bundled()[name, locale]
        raise PromptError(f"There is no prompt {NAMES[agent]} in {locale}.")

    async def _refresh(self) -> None:
        """Read the labels again when they may have moved; a database that is away leaves the last ones in use."""
        if time.monotonic() - self._read_at < STALE_SECONDS:
            return
        try:
            async with self._transactions.transaction() as session:
                rows = await PromptRepository(session).labels()
        except (SQLAlchemyError, OSError):
            log.warning("prompts_not_read")
        else:
            self._labelled = _usable(rows)
        self._read_at = time.monotonic()


def _usable(rows: Sequence[Labelled]) -> dict[tuple[str, str, str], Prompt]:
    prompts: dict[tuple[str, str, str], Prompt] = {}
    for row in rows:
        try:
            prompts[row.name, row.locale, row.label] = from_data(row.version.body)
        except PromptError as error:
            log.warning("prompt_broken", name=row.name, version=row.version.version, fault=str(error))
    return prompts
