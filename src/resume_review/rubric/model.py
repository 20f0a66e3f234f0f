"""The answer of a review: scores, findings with their evidence, and the receipt that explains them."""

from enum import StrEnum
from typing import Any, Literal

import msgspec

from resume_review.documents import Box, IntegrityMark, Span


class ReviewStatus(StrEnum):
    """Whether there is a score; every other value comes with a message that says what to do."""

    COMPLETED = "completed"
    INSUFFICIENT_TEXT = "insufficient_text"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    NOT_A_RESUME = "not_a_resume"


class Engine(StrEnum):
    """What judged the resume."""

    RUBRIC = "rubric"
    RUBRIC_LLM = "rubric+llm"


class FindingType(StrEnum):
    """What a finding is to the person who wrote the resume."""

    STRENGTH = "strength"
    WEAKNESS = "weakness"
    SUGGESTION = "suggestion"
    ERROR = "error"


class Category(StrEnum):
    """The family of a check; its letters start the check's id."""

    ATS = "ats"
    ORGANIZATION = "organization"
    FORMATTING = "formatting"
    CONTENT = "content"
    TONE = "tone"
    COMPLETENESS = "completeness"
    APPEAL = "appeal"
    INTEGRITY = "integrity"


class ReviewType(StrEnum):
    """How much of a review is shown; the scores that two types share are the same."""

    COMPREHENSIVE = "comprehensive"
    QUICK_SCAN = "quick_scan"
    ATS_CHECK = "ats_check"


class Tier(StrEnum):
    """Seniority on the market, read from evidence of experience, never from the score."""

    ENTRY = "entry"
    MID = "mid"
    SENIOR = "senior"
    EXECUTIVE = "executive"


class Band(StrEnum):
    """The score in words: from 80, 70, 60, 50 points, and below."""

    EXCELLENT = "excellent"
    STRONG = "strong"
    GOOD = "good"
    FAIR = "fair"
    NEEDS_IMPROVEMENT = "needs_improvement"


class Model(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every part of a Review: immutable, keyword-only, strict when decoded."""


class ReviewedDocument(Model, frozen=True, kw_only=True):
    """Which file was reviewed."""

    filename: str
    sha256: str
    kind: str | None
    pages: int
    words: int
    language: str | None


class StructureScores(Model, frozen=True, kw_only=True):
    """Integers 0-100."""

    format: int
    organization: int
    tone: int
    completeness: int


class AppealScores(Model, frozen=True, kw_only=True):
    """Integers 0-100."""

    achievement_relevance: int
    skills_alignment: int
    experience_fit: int
    competitive_positioning: int


class Scores(Model, frozen=True, kw_only=True):
    """Integers 0-100; all null unless the review is completed."""

    overall: int | None = None
    ats: int | None = None
    content: int | None = None
    formatting: int | None = None
    structure: StructureScores | None = None
    appeal: AppealScores | None = None


class Finding(Model, frozen=True, kw_only=True):
    """One observation with its evidence.

    `id` is stable over runs (check and span text). `Document.text[start:end] == quote`; a finding about
    something missing has no quote. Severity runs from 1 (information) to 5. Confidence is 0-1.
    """

    id: str
    check: str
    type: FindingType
    category: Category
    severity: int
    title: str
    message: str
    suggestion: str
    rewrite: str | None
    quote: str | None
    start: int | None
    end: int | None
    page: int | None
    boxes: list[Box]
    section: str | None
    confidence: float


class MarketTier(Model, frozen=True, kw_only=True):
    """The tier, the years of non-overlapping experience behind it and where they are stated."""

    value: Tier
    years: float
    confidence: float
    evidence: list[Span]


class Gate(Model, frozen=True, kw_only=True):
    """A limit that was applied to a score, and why."""

    id: str
    reason: str
    effect: str


class TopFix(Model, frozen=True, kw_only=True):
    """What mending every finding of a check would add to the overall score, recomputed."""

    check: str
    title: str
    gain: float


class ScoreLine(Model, frozen=True, kw_only=True):
    """What one check did to one dimension: weight, hits over opportunities, degree passed (0-1), points lost."""

    dimension: str
    check: str
    weight: float
    hits: float
    opportunities: float
    passed: float
    cost: float


class AgentReceipt(Model, frozen=True, kw_only=True):
    """What one agent asked, what answered, and what of it could be used.

    `model` is as the vendor reports it. `quotes` counts those offered, `dropped` those not found in the resume and
    `rewrites_dropped` those that claimed more than it says. `held_back` are points (signed) by which a dimension was kept
    nearer to the rubric than the model wanted. `batched`: an answer came with a vendor's batch, at the price of one.
    Without an answer `fault` says why, and the rubric's scores stand.
    """

    agent: str
    prompt: str
    vendor: str | None = None
    model: str | None = None
    temperature: float | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cached_input_tokens: int = 0
    cost_usd: str | None = None
    calls: int = 0
    latency_ms: int = 0
    quotes: int = 0
    dropped: int = 0
    rewrites_dropped: int = 0
    repaired: bool = False
    cleaned: bool = False
    held_back: dict[str, int] = {}
    agreement: float | None = None
    fault: str | None = None
    batched: bool = False


class Receipt(Model, frozen=True, kw_only=True):
    """All that is needed to get the same answer again.

    `settings` are the checks that were chosen, left out (with the reason) or weighed otherwise. `reused_from` is the id
    of the earlier review of the same text that this answer was taken from. `rubric_overall` is the overall score before a
    model had its say.
    """

    extractor: str
    rubric: str
    pack: str
    language: str
    review_date: str
    elapsed_ms: float
    prompts: list[str] = []
    model: str | None = None
    scores: list[ScoreLine] = []
    settings: list[str] = []
    agents: list[AgentReceipt] = []
    arm: str | None = None
    review_type: ReviewType = ReviewType.COMPREHENSIVE
    reused_from: str | None = None
    rubric_overall: int | None = None


class Review(Model, frozen=True, kw_only=True):
    """The whole answer, as the command line prints it and the API stores it."""

    document: ReviewedDocument
    status: ReviewStatus
    message: str
    industry: str
    engine: Engine
    degraded: bool
    degraded_reason: str | None
    scores: Scores
    confidence: float
    band: Band | None
    market_tier: MarketTier | None
    summary: str
    strengths: list[Finding]
    findings: list[Finding]
    gates: list[Gate]
    top_fixes: list[TopFix]
    integrity: list[IntegrityMark]
    receipt: Receipt
    job: dict[str, Any] | None = None
    schema: Literal["review/1"] = "review/1"
