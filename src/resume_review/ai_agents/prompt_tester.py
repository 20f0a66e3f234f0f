"""One prompt tried on one resume, with nothing left out for whoever judges the prompt."""

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from msgspec.structs import asdict

from resume_review.ai_agents.agents.asking import AgentOutcome, Asked, ask_agent, ask_summary
from resume_review.ai_agents.agents.judging import (
    LONGEST_SENTENCE,
    Located,
    Resume,
    locate_finding,
    locate_strength,
    words_of,
)
from resume_review.ai_agents.guardrails.calibration import APPEAL_REACH, STRUCTURE_REACH, calibrate
from resume_review.ai_agents.interface import (
    AIAnalyzer,
    AnalysisRequest,
    Payer,
    Purpose,
    TrialAnswer,
    TrialComment,
    UsageSink,
)
from resume_review.ai_agents.model_analyzer import AgentSettings
from resume_review.ai_agents.prompts.loader import PromptVariableError
from resume_review.ai_agents.prompts.model import AgentName, Prompt
from resume_review.ai_agents.providers.exchange import ModelClient
from resume_review.ai_agents.providers.prices import PriceList
from resume_review.ai_agents.reports import AppealReport, StructureReport
from resume_review.ai_agents.workflows.materials import Materials
from resume_review.ai_agents.workflows.uses import Uses
from resume_review.rubric import Review, ReviewStatus


class ModelPromptTester:
    """Asks the configured chain with a prompt of any version; nothing of it becomes part of a review."""

    def __init__(
        self,
        rubric: AIAnalyzer,
        client: ModelClient,
        *,
        usage: UsageSink,
        prices: PriceList,
        settings: AgentSettings,
    ) -> None:
        self._rubric = rubric
        self._client = client
        self._usage = usage
        self._prices = prices
        self._settings = settings

    async def judge(self, request: AnalysisRequest, prompt: Prompt, *, payer: Payer) -> TrialAnswer:
        """See `PromptTester.judge`."""
        review = await self._rubric.analyze(request)
        if review.status is not ReviewStatus.COMPLETED:
            return _unanswered(f"review.{review.status.value}")
        materials = await asyncio.to_thread(
            Materials.of, request, options=self._settings.redaction, temperature=self._settings.temperature
        )
        try:
            answer, asked = await self._ask(prompt, materials, review, payer)
        except PromptVariableError as error:
            return _unanswered(f"{type(error).__name__}: {error}")
        await self._record(request, prompt, asked)
        return answer

    async def _ask(
        self, prompt: Prompt, materials: Materials, review: Review, payer: Payer
    ) -> tuple[TrialAnswer, Asked]:
        if prompt.metadata.agent is AgentName.SUMMARY:
            call = materials.summary_call(prompt, review)
            said, outcome, asked = await ask_summary(self._client, call, payer=payer)
            return _answer(outcome, summary=materials.summary_words(said, call)), asked
        call = materials.call(prompt, review)
        outcome, asked = await ask_agent(
            self._client, call, materials.resume, payer=payer, cleaned=materials.cleaned
        )
        return _judged(prompt.metadata.agent, outcome, asked, materials.resume, review), asked

    async def _record(self, request: AnalysisRequest, prompt: Prompt, asked: Asked) -> None:
        uses = Uses(
            prompt=prompt,
            prices=self._prices,
            variables={},
            variant=None,
            purpose=Purpose.TRIAL,
            keeps_answers=False,
        )
        await self._usage.record(request, uses.of(asked))


def _judged(
    agent: AgentName, outcome: AgentOutcome, asked: Asked, resume: Resume, review: Review
) -> TrialAnswer:
    """Also of an answer that is not believed, so that it can be seen why."""
    if not asked.exchanges:
        return _answer(outcome)
    report = cast("StructureReport | AppealReport", asked.exchanges[-1].report)
    steps = cast("dict[str, int]", report.scores.model_dump())
    part, reach = (
        (review.scores.structure, STRUCTURE_REACH)
        if agent is AgentName.STRUCTURE
        else (review.scores.appeal, APPEAL_REACH)
    )
    rubric = asdict(part) if part and outcome["judgement"] is not None else {}
    points = {name: calibrate(steps[name], value, reach=reach).value for name, value in rubric.items()}
    return _answer(outcome, steps=steps, points=points, comments=_comments(report, resume))


def _comments(report: StructureReport | AppealReport, resume: Resume) -> Sequence[TrialComment]:
    """Findings, then strengths; those with an invented quote too."""
    found = [
        _comment(
            locate_finding(one, resume),
            (one.quote, one.issue, one.suggestion),
            resume,
            about=(one.category.value, one.severity),
        )
        for one in report.findings
    ]
    praised = [
        _comment(locate_strength(one, resume), (one.quote, one.reason, ""), resume, about=None)
        for one in report.strengths
    ]
    return found + praised


def _comment(
    located: Located | None, said: tuple[str, str, str], resume: Resume, *, about: tuple[str, int] | None
) -> TrialComment:
    quote, issue, suggestion = (words_of(text, resume) for text in said)
    category, severity = about or (None, None)
    return TrialComment(
        category=category,
        severity=severity,
        quote=resume.text[located["start"] : located["end"]][:LONGEST_SENTENCE] if located else quote,
        start=located["start"] if located else None,
        end=located["end"] if located else None,
        issue=issue,
        suggestion=suggestion,
        rewrite=located["rewrite"] if located else None,
    )


def _answer(
    outcome: AgentOutcome,
    *,
    steps: dict[str, int] | None = None,
    points: dict[str, int] | None = None,
    comments: Sequence[TrialComment] = (),
    summary: str | None = None,
) -> TrialAnswer:
    judgement, cost = outcome["judgement"], outcome["cost_usd"]
    return TrialAnswer(
        fault=outcome["fault"],
        steps=steps or {},
        points=points or {},
        comments=comments,
        summary=summary,
        quotes=len(comments),
        dropped=sum(comment.start is None for comment in comments),
        rewrites_dropped=judgement["rewrites_dropped"] if judgement else 0,
        model=outcome["model"],
        input_tokens=outcome["input_tokens"],
        output_tokens=outcome["output_tokens"],
        cost_usd=None if cost is None else Decimal(cost),
        calls=outcome["calls"],
        latency_ms=outcome["latency_ms"],
        repaired=outcome["repaired"],
    )


def _unanswered(fault: str) -> TrialAnswer:
    return TrialAnswer(
        fault=fault,
        steps={},
        points={},
        comments=(),
        summary=None,
        quotes=0,
        dropped=0,
        rewrites_dropped=0,
        model=None,
        input_tokens=0,
        output_tokens=0,
        cost_usd=None,
        calls=0,
        latency_ms=0,
        repaired=False,
    )
