"""What a resume is to be judged for, and when two judgements must come out the same."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from resume_review.ai_agents.interface import PRODUCTION, AgentName, Locale, PromptSource
from resume_review.database.enums import ExperienceLevel
from resume_review.rubric import Review, ReviewType
from resume_review.rubric.packs import load_pack
from resume_review.rubric.registry import rubric_version

ANALYSE_JOB = "resume_analysis.analyse"


@dataclass(frozen=True, kw_only=True)
class ReviewTerms:
    """What somebody asks for; `industry` is a code of the rubric, `language` that of the feedback."""

    industry: str
    language: str
    target_role: str | None = None
    experience_level: ExperienceLevel | None = None
    review_type: ReviewType = ReviewType.COMPREHENSIVE


def reuse_key(terms: ReviewTerms, *, file_hash: str, day: date, engine: str) -> str:
    """Names everything that shapes an answer but the text that was read.

    Args:
        terms: What was asked for; the industry is one that has a pack.
        file_hash: SHA-256 of the uploaded file.
        day: The day the review speaks of.
        engine: The fingerprint of the workers' engine: its models, prompts and redaction.
    """
    parts = [
        file_hash,
        engine,
        rubric_version(),
        load_pack(terms.industry).version,
        terms.industry,
        terms.language,
        terms.target_role,
        terms.experience_level,
        terms.review_type,
        day.isoformat(),
    ]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def may_be_reused(review: Review) -> bool:
    """Whether the same question may have the same answer: not where a model should have had a say, nor in a trial."""
    return not review.degraded and review.receipt.arm is None


async def in_use(labels: Sequence[str], prompts: PromptSource | None, terms: ReviewTerms) -> bool:
    """Whether an answer's prompts, as its receipt labels them, are those that would be asked with today."""
    if not labels:
        return True
    if prompts is None:
        return False
    today = {
        (
            await prompts.get(agent, industry=terms.industry, locale=Locale(terms.language), label=PRODUCTION)
        ).label
        for agent in AgentName
    }
    return set(labels) <= today


def document_fingerprint(document: dict[str, object]) -> str:
    """Names what was read from a file, whatever the file is called and however long the reading took."""
    source = msgspec.convert(document.get("source", {}), dict[str, object])
    content = {name: value for name, value in document.items() if name not in {"source", "elapsed_ms"}}
    content["sha256"] = source.get("sha256")
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()
