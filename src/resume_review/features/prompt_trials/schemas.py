"""Bodies of the trial routes."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from resume_review.ai_agents.interface import Locale
from resume_review.features.prompts import LONGEST_YAML, Name, Version

MOST_RESUMES = 20


class TrialState(StrEnum):
    """How a trial, or one resume of it, stands."""

    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class TrialStart(BaseModel):
    """What to compare: one of `version`, `yaml` and `body` against a version, by default the one in production."""

    name: Name
    locale: Locale
    industry: Annotated[str, StringConstraints(max_length=50)] = Field(examples=["strategy_consulting"])
    resume_ids: Annotated[list[uuid.UUID], Field(min_length=1, max_length=MOST_RESUMES)]
    version: Version | None = Field(default=None, description="A stored version")
    yaml: Annotated[str, StringConstraints(max_length=LONGEST_YAML)] | None = Field(
        default=None, description="A draft that is not stored"
    )
    body: dict[str, Any] | None = Field(default=None, description="The same as JSON")
    against: Version | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if sum(given is not None for given in (self.version, self.yaml, self.body)) != 1:
            raise ValueError("name the new prompt as version, yaml or body, one of these")
        if len(set(self.resume_ids)) < len(self.resume_ids):
            raise ValueError("name every resume once")
        return self


class TriedPrompt(BaseModel):
    """A side of a trial."""

    version: Version
    content_hash: str


class SideFigures(BaseModel):
    """What one side came to over all resumes; a cost is null when a price is not known."""

    answered: int
    failed: int
    quotes: int
    dropped: int
    tokens: int
    cost_usd: Decimal | None
    latency_ms: int | None = Field(description="Mean of an answer, retries included")


class TrialItem(BaseModel):
    """A trial and how far it has come."""

    id: uuid.UUID
    name: Name
    locale: Locale
    industry: str
    current: TriedPrompt
    new: TriedPrompt
    state: TrialState
    done: int
    total: int
    created_at: datetime


class TrialDetail(TrialItem):
    """With its figures so far; `steps` and `points` are mean differences, new less current, by dimension."""

    current_figures: SideFigures
    new_figures: SideFigures
    steps: dict[str, float]
    points: dict[str, float]


class TrialList(BaseModel):
    """Trials, newest first."""

    trials: list[TrialItem]
    total_count: int
    page: int
    page_size: int


class Comment(BaseModel):
    """One comment; `verified` says whether its quote is in the resume. A strength has no category."""

    model_config = ConfigDict(from_attributes=True)

    category: str | None
    severity: int | None
    quote: str
    verified: bool
    issue: str
    suggestion: str
    rewrite: str | None


class SideAnswer(BaseModel):
    """What one prompt came to on one resume; `steps` are the model's 0-5, `points` what a review would make of them."""

    fault: str | None
    steps: dict[str, int]
    points: dict[str, int]
    comments: list[Comment]
    summary: str | None
    quotes: int
    dropped: int
    rewrites_dropped: int
    model: str | None
    input_tokens: int
    output_tokens: int
    cost_usd: Decimal | None
    calls: int
    latency_ms: int
    repaired: bool


class Difference(BaseModel):
    """New less current; `only_` are the quotes of comments that one side alone has, `both` how many are the same."""

    steps: dict[str, int]
    points: dict[str, int]
    only_current: list[str]
    only_new: list[str]
    both: int
    dropped: int
    tokens: int
    cost_usd: Decimal | None
    latency_ms: int


class ResumeResult(BaseModel):
    """Both sides on one resume; a side is null until it has answered."""

    resume_id: uuid.UUID
    state: TrialState
    fault: str | None
    current: SideAnswer | None
    new: SideAnswer | None
    difference: Difference | None


class TrialResults(BaseModel):
    """All resumes of a trial, in the order in which they were named."""

    results: list[ResumeResult]
