"""`replay`: a stored review once more, with the versions of its receipt, and why the answer differs."""

import argparse
import asyncio
import sys
import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from resume_review.ai_agents.config import AnalyzerConfig
from resume_review.ai_agents.interface import AgentName, Locale, Prompt
from resume_review.ai_agents.prompts.source import NAMES, BundledPrompts
from resume_review.ai_agents.providers.factory import ModelSetupError
from resume_review.cli.differences import differences
from resume_review.cli.models import open_alone, told
from resume_review.cli.output import warn
from resume_review.cli.parsing import CommandError, Parser
from resume_review.core.errors import StartupError
from resume_review.core.settings import Settings, load_settings
from resume_review.database.embedded import Mode
from resume_review.database.startup import open_database
from resume_review.documents.refusals import EXTRACTOR
from resume_review.features.resume_analysis import StoredReview, stored_review
from resume_review.infrastructure.monitoring import configure_logging
from resume_review.rubric import Review
from resume_review.worker import analyzer_config

_DESCRIPTION = """Judge the text of a stored review again, as of its day. The models of its receipt are asked with its
prompts, as far as this installation still has them; every difference is told. Nothing is stored. Exit code: 0 the same
answer, 1 another one, 2 it could not be repeated."""


def run(arguments: Sequence[str]) -> int:
    """Repeat one review; 1 when the answer differs."""
    parser = Parser("resume-review replay", description=_DESCRIPTION)
    parser.add_argument("review_id", type=uuid.UUID, metavar="REVIEW_ID", help="id of a completed review")
    parser.add_argument("--rubric-only", action="store_true", help="ask no model, which costs nothing")
    given = parser.parse_args(arguments)
    configure_logging(level="CRITICAL")
    try:
        found = asyncio.run(_replay(load_settings(), given))
    except StartupError as error:
        raise CommandError(error.detail) from None
    except ModelSetupError as error:
        raise CommandError(f"{error} Or repeat the rubric's part alone: --rubric-only") from None
    sys.stdout.write("\n".join(found or ["The same answer."]) + "\n")
    return 1 if found else 0


async def _replay(settings: Settings, given: argparse.Namespace) -> list[str]:
    async with (
        open_database(settings, mode=Mode.SHARE) as opened,
        opened.database.transaction() as session,
    ):
        stored = await stored_review(session, given.review_id)
    if stored is None:
        raise CommandError(f"{given.review_id} is no completed review with a text")
    config = replace(analyzer_config(settings), models=(), service_url=None)
    if not given.rubric_only:
        summarised = any(
            label.startswith(NAMES[AgentName.SUMMARY]) for label in stored.review.receipt.prompts
        )
        config = replace(config, models=_models(stored.review), summarise=summarised)
    if config.models:
        warn(told(config))
    pinned = PinnedPrompts(stored)
    async with open_alone(config, prompts=pinned) as analyzer:
        review = await analyzer.analyzer.analyze(replace(stored.request, review_id=None))
    return [*_notes(stored, config), *pinned.missing, *differences(stored.review, review)]


def _models(review: Review) -> tuple[str, ...]:
    """The models as the vendors named them, which is more exact than what was asked for."""
    return tuple(
        dict.fromkeys(f"{agent.vendor}:{agent.model}" for agent in review.receipt.agents if agent.model)
    )


def _notes(stored: StoredReview, config: AnalyzerConfig) -> list[str]:
    read_by = stored.request.document.extractor
    notes: list[str] = []
    if read_by.version.partition("+")[0] != EXTRACTOR.version.partition("+")[0]:
        notes.append(
            f"note: the text was read by {read_by.name} {read_by.version}; upload it again to read it anew"
        )
    if stored.review.receipt.reused_from:
        notes.append(f"note: the answer was taken over from {stored.review.receipt.reused_from}")
    if stored.review.receipt.arm:
        notes.append(f"note: it was part of a trial, {stored.review.receipt.arm}")
    if stored.review.receipt.agents and not config.models:
        notes.append("note: no model was asked this time")
    return notes


class PinnedPrompts:
    """The prompts that a receipt names; where one is not kept any more, the one in use, and a line that says so."""

    def __init__(self, stored: StoredReview) -> None:
        self._wanted = stored.review.receipt.prompts
        self._kept = {prompt.label: prompt for prompt in stored.prompts}
        self._bundled = BundledPrompts()
        self.missing: list[str] = []

    async def get(self, agent: AgentName, *, industry: str, locale: Locale, label: str) -> Prompt:
        """See `PromptSource.get`."""
        usual = partial(self._bundled.get, agent, industry=industry, locale=locale, label=label)
        prompt = await usual()
        kept = [self._kept[wanted] for wanted in self._wanted if wanted in self._kept]
        for one in [prompt, *kept]:
            if one.metadata.agent is agent and one.label in self._wanted:
                return one
        self.missing.append(f"note: the receipt's prompt for {agent} is not kept; {prompt.label} was used")
        return prompt
