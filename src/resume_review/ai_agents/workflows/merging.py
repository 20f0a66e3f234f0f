"""One review out of the rubric's and the agents' answers: the rubric is the floor, the agents shade and add."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from msgspec.structs import asdict, replace

from resume_review.ai_agents.agents.asking import AgentOutcome
from resume_review.ai_agents.agents.judging import Located
from resume_review.ai_agents.guardrails.calibration import APPEAL_REACH, STRUCTURE_REACH, agreement, calibrate
from resume_review.ai_agents.prompts.model import AgentName, Locale, Prompt
from resume_review.documents import Document
from resume_review.rubric import (
    AgentReceipt,
    AppealScores,
    Category,
    Engine,
    Finding,
    FindingType,
    Review,
    StructureScores,
)
from resume_review.rubric.catalog import load_catalog
from resume_review.rubric.findings import boxes_of, page_of
from resume_review.rubric.reviewing import band_of
from resume_review.rubric.scoring import APPEAL_SHARE, LIMITS, STRUCTURE_SHARE, rounded
from resume_review.rubric.summary import write_summary

MODEL_CONFIDENCE = 0.7
"""How sure a comment of a model is (0-1) that two different readers would have made."""

CHECKS = {
    "grammar": ("LLM01", Category.TONE),
    "structure": ("LLM02", Category.ORGANIZATION),
    "scr_framework": ("LLM03", Category.CONTENT),
    "quantitative_impact": ("LLM04", Category.CONTENT),
    "appeal_point": ("LLM05", Category.APPEAL),
}
"""The check ids under which comments of models stand, by the category the agent gave."""

_STRENGTHS = {
    AgentName.STRUCTURE: ("LLM02", Category.ORGANIZATION),
    AgentName.APPEAL: ("LLM05", Category.APPEAL),
}
_TITLES = {
    Locale.ENGLISH: {
        "LLM01": "Wording",
        "LLM02": "Structure",
        "LLM03": "Situation, complication, resolution",
        "LLM04": "Measurable result",
        "LLM05": "Appeal to the industry",
    },
    Locale.JAPANESE: {
        "LLM01": "文章表現",
        "LLM02": "構成",
        "LLM03": "状況・課題・解決の流れ",
        "LLM04": "成果の数値化",
        "LLM05": "業界への訴求",
    },
}
_REACHES = {AgentName.STRUCTURE: STRUCTURE_REACH, AgentName.APPEAL: APPEAL_REACH}
_SAME_PLACE = 0.5


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one agent came to and the prompt it was asked with."""

    outcome: AgentOutcome
    prompt: Prompt


def merge(
    review: Review,
    answers: Mapping[AgentName, Answer],
    document: Document,
    *,
    industry: str,
    arm: str | None,
) -> Review:
    """The rubric's review with the agents' scores calibrated against it and their comments added.

    An agent without an answer leaves its part to the rubric, and the review says so. The summary is told anew, because
    it names the score; `industry` is what it calls the industry.
    """
    locale = Locale(review.receipt.language)
    structure, appeal = review.scores.structure, review.scores.appeal
    assert structure is not None
    assert appeal is not None
    new_structure, held_structure = _calibrated(
        asdict(structure), answers.get(AgentName.STRUCTURE), STRUCTURE_REACH
    )
    new_appeal, held_appeal = _calibrated(asdict(appeal), answers.get(AgentName.APPEAL), APPEAL_REACH)
    held = {AgentName.STRUCTURE: held_structure, AgentName.APPEAL: held_appeal}
    rubric_scores = {AgentName.STRUCTURE: asdict(structure), AgentName.APPEAL: asdict(appeal)}
    failed = {name: answer.outcome["fault"] for name, answer in answers.items() if answer.outcome["fault"]}
    judged = {name: answer for name, answer in answers.items() if answer.outcome["judgement"] is not None}
    overall = _overall(review, new_structure, new_appeal)
    agents = [
        _receipt(name, answer, held.get(name, {}), rubric_scores.get(name, {}))
        for name, answer in answers.items()
    ]
    answer = replace(
        review,
        engine=Engine.RUBRIC_LLM if judged else Engine.RUBRIC,
        degraded=bool(failed),
        degraded_reason=_reason(failed) if failed else None,
        scores=replace(
            review.scores,
            overall=overall,
            structure=StructureScores(**new_structure),
            appeal=AppealScores(**new_appeal),
        ),
        band=band_of(overall),
        strengths=[*review.strengths, *_new_strengths(judged, document, review, locale)],
        findings=_with_comments(review.findings, judged, document, locale),
        receipt=replace(
            review.receipt,
            prompts=[answer.prompt.label for answer in answers.values()],
            model=next((agent.model for agent in agents if agent.model), None),
            agents=agents,
            arm=arm,
            rubric_overall=review.scores.overall,
        ),
    )
    faults = {finding.check for finding in answer.findings}
    catalog = load_catalog(locale.value)
    return replace(answer, summary=write_summary(answer, catalog, industry=industry, faults=faults))


def degraded(review: Review, reason: str, *, arm: str | None) -> Review:
    """The rubric's review when no agent could be asked at all."""
    return replace(review, degraded=True, degraded_reason=reason, receipt=replace(review.receipt, arm=arm))


def total_cost(review: Review) -> Decimal | None:
    """US dollars for all calls of a review; null when a price is not known."""
    costs = [agent.cost_usd for agent in review.receipt.agents if agent.calls]
    if not costs or any(cost is None for cost in costs):
        return None
    return sum((Decimal(cost) for cost in costs if cost is not None), Decimal(0))


def _calibrated(
    rubric: Mapping[str, int], answer: Answer | None, reach: int
) -> tuple[dict[str, int], dict[str, int]]:
    judgement = answer.outcome["judgement"] if answer else None
    if judgement is None:
        return dict(rubric), {}
    results = {
        name: calibrate(judgement["scores"][name], value, reach=reach) for name, value in rubric.items()
    }
    held = {name: result.held_back for name, result in results.items() if result.held_back}
    return {name: result.value for name, result in results.items()}, held


def _overall(review: Review, structure: Mapping[str, int], appeal: Mapping[str, int]) -> int:
    """The rubric's formula and its limits over other values."""
    structure_values = dict(structure)
    faults = {finding.check for finding in review.findings}
    applied = [limit for limit in LIMITS if faults & set(limit.checks)]
    for limit in applied:
        if limit.dimension is not None and limit.dimension.value in structure_values:
            structure_values[limit.dimension.value] = min(
                structure_values[limit.dimension.value], int(limit.ceiling)
            )
    overall = STRUCTURE_SHARE * sum(structure_values.values()) / len(structure_values)
    overall += APPEAL_SHARE * sum(appeal.values()) / len(appeal)
    for limit in applied:
        if limit.dimension is None:
            overall = min(overall, limit.ceiling)
    return rounded(overall)


def _reason(failed: Mapping[AgentName, str | None]) -> str:
    return "; ".join(f"{name}: {fault}" for name, fault in sorted(failed.items()))


def _receipt(
    name: AgentName, answer: Answer, held: Mapping[str, int], rubric: Mapping[str, int]
) -> AgentReceipt:
    outcome = answer.outcome
    judgement = outcome["judgement"]
    told = {key: value for key, value in outcome.items() if key != "judgement"}
    counts: dict[str, Any] = {}
    if judgement is not None:
        counts = {key: judgement[key] for key in ("quotes", "dropped", "rewrites_dropped")}
        pairs = [(judgement["scores"][key], value) for key, value in rubric.items()]
        counts["agreement"] = agreement(pairs, reach=_REACHES[name])
    return AgentReceipt(agent=name.value, prompt=answer.prompt.label, held_back=dict(held), **told, **counts)  # pyright: ignore[reportArgumentType]


def _with_comments(
    findings: Iterable[Finding], judged: Mapping[AgentName, Answer], document: Document, locale: Locale
) -> list[Finding]:
    """Comments of agents among the rubric's findings, worst first; one that says what a check says already is left out."""
    known = list(findings)
    added: list[Finding] = []
    for answer in judged.values():
        judgement = answer.outcome["judgement"]
        for one in judgement["findings"] if judgement else []:
            check, category = CHECKS[one["category"]]
            if not _said_already(one, category, [*known, *added]):
                added.append(_finding(one, check, category, document, locale, confidence=_sureness(answer)))
    return sorted([*known, *added], key=lambda finding: -finding.severity)


def _new_strengths(
    judged: Mapping[AgentName, Answer], document: Document, review: Review, locale: Locale
) -> list[Finding]:
    strengths: list[Finding] = []
    for name, answer in judged.items():
        judgement = answer.outcome["judgement"]
        check, category = _STRENGTHS[name]
        for one in judgement["strengths"] if judgement else []:
            if not any(_overlap(one, other) > _SAME_PLACE for other in [*review.strengths, *strengths]):
                strengths.append(
                    _finding(
                        one, check, category, document, locale, confidence=_sureness(answer), praise=True
                    )
                )
    return strengths


def _finding(
    one: Located,
    check: str,
    category: Category,
    document: Document,
    locale: Locale,
    *,
    confidence: float,
    praise: bool = False,
) -> Finding:
    quote = document.text[one["start"] : one["end"]]
    digest = hashlib.sha256(f"{check}\n{'+' if praise else ''}\n{quote}".encode()).hexdigest()[:16]
    return Finding(
        id=digest,
        check=check,
        type=FindingType.STRENGTH if praise else _type(one["severity"]),
        category=category,
        severity=one["severity"],
        title=_TITLES[locale][check],
        message=one["issue"],
        suggestion=one["suggestion"],
        rewrite=one["rewrite"],
        quote=quote,
        start=one["start"],
        end=one["end"],
        page=page_of(document, one["start"]),
        boxes=boxes_of(document, one["start"], one["end"]),
        section=_section(document, one["start"]),
        confidence=confidence,
    )


def _section(document: Document, place: int) -> str | None:
    return next((part.type.value for part in document.sections if part.start <= place < part.end), None)


def _type(severity: int) -> FindingType:
    if severity >= 5:
        return FindingType.ERROR
    return FindingType.WEAKNESS if severity >= 3 else FindingType.SUGGESTION


def _sureness(answer: Answer) -> float:
    """Less sure, the more quotes the agent invented beside these."""
    judgement = answer.outcome["judgement"]
    if judgement is None or not judgement["quotes"]:
        return MODEL_CONFIDENCE
    return round(MODEL_CONFIDENCE * (1 - judgement["dropped"] / judgement["quotes"]), 2)


def _said_already(one: Located, category: Category, findings: Iterable[Finding]) -> bool:
    return any(finding.category is category and _overlap(one, finding) > _SAME_PLACE for finding in findings)


def _overlap(one: Located, other: Finding) -> float:
    """Share (0-1) of the shorter of two places that both cover."""
    if other.start is None or other.end is None:
        return 0.0
    shared = min(one["end"], other.end) - max(one["start"], other.start)
    shorter = min(one["end"] - one["start"], other.end - other.start)
    return max(0, shared) / shorter if shorter else 0.0
