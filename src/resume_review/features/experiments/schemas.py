"""Bodies of the experiment and rollout routes."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from resume_review.core.fields import PRINTABLE
from resume_review.database.enums import ExperimentStatus, ExperimentUnit, RolloutMode, RolloutStatus

Key = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_.-]*$", max_length=100),
    Field(examples=["appeal-prompt-2"]),
]
ArmName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.-]*$", max_length=64)]
Description = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=1000, pattern=PRINTABLE),
    Field(examples=["Does the shorter appeal prompt lead to more accepted findings?"]),
]
STAGES = (0, 10, 25, 50, 100)
"""Per cent of units."""

Percentage = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]


class Metric(StrEnum):
    """What an experiment is decided by."""

    ERROR_RATE = "error_rate"
    QUOTE_VERIFIED_RATE = "quote_verified_rate"
    ACCEPTANCE_RATE = "acceptance_rate"
    COST = "cost"
    LATENCY = "latency"
    DRIFT = "drift"


class ChangeBody(BaseModel):
    """What a review gets instead of the prompts and models in use."""

    model_config = ConfigDict(extra="forbid")

    label: Annotated[
        str,
        StringConstraints(pattern=r"^[a-z][a-z0-9_.-]*$", max_length=64),
        Field(description="Label of the prompts", examples=["canary"]),
    ] = "production"
    model: Annotated[
        str | None,
        Field(
            pattern=r"^[a-z]+:\S+$",
            max_length=200,
            description="`vendor:model`; one of those the platform is set up with",
            examples=["openai:gpt-5-mini"],
        ),
    ] = None
    rubric_only: Annotated[bool, Field(description="Ask no model at all")] = False

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if self.rubric_only and self.model is not None:
            raise ValueError("A change that asks no model cannot name one.")
        return self

    @property
    def changes_nothing(self) -> bool:
        """Whether it is what everybody gets."""
        return self.label == "production" and self.model is None and not self.rubric_only


class ArmBody(ChangeBody):
    """One side of an experiment; weights count relative to each other."""

    name: ArmName
    weight: Annotated[int, Field(ge=1, le=10_000)]


class ExperimentDraft(BaseModel):
    """What an experiment compares; it can be changed until it is started."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "key": "appeal-prompt-2",
                    "description": "Does the shorter appeal prompt lead to more accepted findings?",
                    "unit": "candidate",
                    "metric": "acceptance_rate",
                    "traffic": 50,
                    "arms": [
                        {"name": "control", "weight": 50},
                        {"name": "short", "weight": 50, "label": "canary"},
                    ],
                }
            ]
        }
    )

    key: Key
    description: Description = ""
    unit: ExperimentUnit = ExperimentUnit.CANDIDATE
    metric: Metric = Metric.ACCEPTANCE_RATE
    traffic: Annotated[Percentage, Field(gt=0, description="Percentage of units that take part")] = Decimal(
        100
    )
    arms: Annotated[
        list[ArmBody], Field(min_length=2, max_length=8, description="The first one is the control")
    ]

    @model_validator(mode="after")
    def _arms_differ(self) -> Self:
        if len({arm.name for arm in self.arms}) < len(self.arms):
            raise ValueError("Every arm needs a name of its own.")
        return self


class ExperimentItem(BaseModel):
    """An experiment and how it stands; `stop_reason` is there when the guard stopped it."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    key: str
    description: str | None
    unit: ExperimentUnit
    metric: str
    traffic: float
    arms: list[dict[str, Any]]
    status: ExperimentStatus
    stop_reason: str | None
    created_at: datetime
    started_at: datetime | None
    stopped_at: datetime | None


class ExperimentList(BaseModel):
    """One page of experiments, newest first; `total_count` counts all pages."""

    experiments: list[ExperimentItem]
    total_count: int
    page: int
    page_size: int


class ExperimentQuery(BaseModel):
    """Which experiments to list; null means all."""

    status: ExperimentStatus | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20


class Share(BaseModel):
    """A share (0-1) of `n`, and where the true one lies with 95 % confidence; null without any."""

    value: float | None
    low: float
    high: float
    n: int


class ArmResults(BaseModel):
    """What came of one arm.

    `quote_verified_rate` is over the quotes that models gave, `acceptance_rate` over the findings that were decided,
    `cost_usd` a mean over the `priced` reviews, `drift` the mean overall score less the rubric's.
    """

    arm: str
    units: int
    reviews: int
    error_rate: Share
    quote_verified_rate: Share
    acceptance_rate: Share
    cost_usd: Decimal | None
    priced: int
    latency_p50_ms: float | None
    latency_p95_ms: float | None
    drift: float | None


class ExperimentResults(BaseModel):
    """The arms side by side, the control first; `sample_ratio_p` is the chance of such unequal arms."""

    key: str
    metric: str
    status: ExperimentStatus
    sample_ratio_p: float
    arms: list[ArmResults]


class RolloutCreate(BaseModel):
    """A change to bring in step by step; it starts at 0 %."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "key": "gpt-5-mini",
                    "description": "The cheaper model for everybody",
                    "unit": "user",
                    "mode": "live",
                    "change": {"model": "openai:gpt-5-mini"},
                }
            ]
        }
    )

    key: Key
    description: Description = ""
    unit: ExperimentUnit = ExperimentUnit.USER
    mode: RolloutMode = RolloutMode.LIVE
    change: ChangeBody
    shadow_per_day: Annotated[int, Field(ge=0, le=100_000, description="Shadow reviews a day at most")] = 100
    shadow_usd_per_day: Annotated[
        Decimal, Field(ge=0, le=10_000, decimal_places=6, description="US dollars for them a day at most")
    ] = Decimal(1)

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.change.changes_nothing:
            raise ValueError("A rollout needs a change: another label, a model, or the rubric alone.")
        return self


class Stage(BaseModel):
    """How many per cent of units get the change: 0, 10, 25, 50 or 100."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"percentage": 10}]})

    percentage: Annotated[int, Field(ge=0, le=100)]

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.percentage not in STAGES:
            raise ValueError("The stages are 0, 10, 25, 50 and 100.")
        return self


class RolloutItem(BaseModel):
    """A rollout and how it stands; one that was rolled back says why."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    key: str
    description: str | None
    unit: ExperimentUnit
    mode: RolloutMode
    change: dict[str, Any]
    percentage: float
    status: RolloutStatus
    rolled_back_at: datetime | None
    rollback_reason: str | None
    restarted_at: datetime | None
    shadow_per_day: int
    shadow_usd_per_day: Decimal
    created_at: datetime
    updated_at: datetime


class RolloutList(BaseModel):
    """One page of rollouts, newest first; `total_count` counts all pages."""

    rollouts: list[RolloutItem]
    total_count: int
    page: int
    page_size: int


class RolloutQuery(BaseModel):
    """Which rollouts to list; null means all."""

    status: RolloutStatus | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20


class RolloutResults(BaseModel):
    """Reviews with and without the change, or beside it."""

    key: str
    mode: RolloutMode
    arms: list[ArmResults]


class StoppedAll(BaseModel):
    """What was running and is no more, by key."""

    experiments: list[str]
    rollouts: list[str]
