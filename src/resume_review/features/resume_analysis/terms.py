"""What a resume is to be judged for, and when two judgements must come out the same."""

import hashlib
from dataclasses import dataclass
from datetime import date

import msgspec

from resume_review.database.enums import ExperienceLevel
from resume_review.rubric import Review, ReviewType
from resume_review.rubric.packs import load_pack
from resume_review.rubric.registry import rubric_version


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
        engine: The name of the analyzer.
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
    """Whether the same question has the same answer: not where a model had a say or could not have it."""
    return not review.degraded and not review.receipt.prompts and review.receipt.model is None


def document_fingerprint(document: dict[str, object]) -> str:
    """Names what was read from a file, whatever the file is called and however long the reading took."""
    source = msgspec.convert(document.get("source", {}), dict[str, object])
    content = {name: value for name, value in document.items() if name not in {"source", "elapsed_ms"}}
    content["sha256"] = source.get("sha256")
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()
