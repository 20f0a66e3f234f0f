"""The job behind a trial: both prompts on one resume, at the same time."""

import asyncio
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from resume_review.ai_agents.interface import AnalysisRequest, Payer, PromptTester, from_data
from resume_review.documents import Document
from resume_review.features.prompt_trials.repository import Side, TrialRepository, Work
from resume_review.features.prompt_trials.service import TRIAL_JOB
from resume_review.infrastructure.queue import JobDefinition
from resume_review.infrastructure.transactions import Transactions

LONGEST_FAULT = 300


class TryPrompts:
    """May be started any number of times: a side that has answered is not asked again."""

    def __init__(self, transactions: Transactions, tester: PromptTester | None) -> None:
        """Without a tester no trial can be made; one that was asked for ends and says so."""
        self._transactions = transactions
        self._tester = tester

    def definition(self) -> JobDefinition:
        """The job as workers register it."""
        return JobDefinition(name=TRIAL_JOB, run=self.run, give_up=self.give_up, unfinished=self.unfinished)

    async def run(self, result_id: uuid.UUID) -> None:
        """Ask the sides that have not answered yet, and keep each answer as soon as it is there."""
        async with self._transactions.transaction() as session:
            work = await TrialRepository(session).work(result_id)
        if work is None:
            return
        if self._tester is None:
            await self.give_up(result_id, "The worker asks no model. Give it the settings of the server.")
            return
        missing = {
            Side.CURRENT: (work.result.current_answer, work.trial.current_prompt),
            Side.NEW: (work.result.new_answer, work.trial.new_prompt),
        }
        async with asyncio.TaskGroup() as sides:
            for side, (answer, prompt) in missing.items():
                if answer is None:
                    sides.create_task(self._ask(self._tester, work, side, prompt))
        async with self._transactions.transaction() as session:
            await TrialRepository(session).finish(result_id)

    async def give_up(self, result_id: uuid.UUID, reason: str) -> None:
        """Say why there is no answer after the last attempt."""
        async with self._transactions.transaction() as session:
            await TrialRepository(session).finish(result_id, fault=reason[:LONGEST_FAULT])

    async def unfinished(self, before: datetime) -> Sequence[uuid.UUID]:
        """Results of trials that began before this time and have not ended."""
        async with self._transactions.transaction() as session:
            return await TrialRepository(session).unfinished(before)

    async def _ask(self, tester: PromptTester, work: Work, side: Side, prompt: dict[str, Any]) -> None:
        trial, user = work.trial, str(work.trial.created_by_user_id or "")
        request = AnalysisRequest(
            document=msgspec.convert(work.document, Document),
            industry=trial.industry,
            language=trial.locale,
            review_date=trial.created_at.date(),
            user_id=user,
            known_names=work.names,
        )
        payer = Payer(review=f"trial:{work.result.id}", user=user)
        answer = await tester.judge(request, from_data(prompt), payer=payer)
        async with self._transactions.transaction() as session:
            await TrialRepository(session).answer(work.result.id, side, msgspec.to_builtins(answer))
