"""Bodies of the routes about the platform itself."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MOST_DAYS = 90

Cost = Annotated[
    Decimal | None,
    Field(description="US dollars for the calls whose price is known; null when none of them is"),
]


class UsageSums(BaseModel):
    """What calls of models came to."""

    model_config = ConfigDict(from_attributes=True)

    calls: int
    failed: int
    tokens: int
    cost_usd: Cost
    calls_without_price: int


class DayUsage(UsageSums):
    """One day (UTC), with the reviews that ended on it; a degraded one had to do without a model."""

    day: date
    reviews: int
    degraded: int


class ModelUsage(UsageSums):
    """One model, as its vendor reported it."""

    provider: str | None
    model: str | None
    latency_ms: int | None = Field(description="Mean of a call")


class UserUsage(UsageSums):
    """One user's reviews; null for what nobody asked for by name: shadows of rollouts and trials of prompts."""

    user_id: uuid.UUID | None


class Usage(BaseModel):
    """Sums over the last days; the calls of erased reviews are not among them."""

    since: date
    total: UsageSums
    reviews: int
    degraded: int
    days: list[DayUsage]
    models: list[ModelUsage]
    users: list[UserUsage]


class ModelState(StrEnum):
    """How the workers fared with a model in the last minutes."""

    OK = "ok"
    FAILING = "failing"
    UNUSED = "unused"


class ModelHealth(BaseModel):
    """A model of the chain; `failing` after several failures in a row, as its breaker counts them."""

    model: str = Field(examples=["openai:gpt-5-mini"])
    state: ModelState
    calls: int = Field(description="In the last five minutes")
    failed: int
    last_fault: str | None


class LaneHealth(BaseModel):
    """The jobs of one lane."""

    lane: str
    waiting: int
    scheduled: int
    running: int
    failed: int
    oldest_waiting_seconds: float | None


class Storage(BaseModel):
    """Bytes of the database and of the files of all resumes."""

    database_bytes: int
    files: int
    file_bytes: int


class Chore(BaseModel):
    """A chore whose last run failed."""

    name: str
    started_at: datetime
    fault: str


class System(BaseModel):
    """How the platform stands."""

    version: str
    time: datetime
    engine: str = Field(examples=["rubric+llm"])
    models: list[ModelHealth]
    rate_limits: bool
    live_workers: int = Field(
        description="Heartbeats of the last seconds, one for each lane of each worker process"
    )
    lanes: list[LaneHealth]
    storage: Storage
    failed_chores: list[Chore]
