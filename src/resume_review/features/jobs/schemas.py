"""Bodies of the job routes."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class JobState(StrEnum):
    """How a job stands; `failed` ones were given up and wait for a person."""

    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"


class JobQuery(BaseModel):
    """Which jobs to list; null means all."""

    state: JobState | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20


class JobItem(BaseModel):
    """One job; `subject` is the id of the row it works on, `runs` how often it was started in vain."""

    model_config = ConfigDict(from_attributes=True)

    id: Annotated[int, Field(examples=[4711])]
    job: Annotated[str, Field(examples=["resume_analysis.analyse"])]
    subject: str | None
    owner: str | None
    state: JobState
    runs: int
    waiting_since: datetime | None
    not_before: datetime | None
    failed_at: datetime | None
    reason: Annotated[str | None, Field(examples=["It failed 3 times. Last fault: TimeoutError."])]


class JobCounts(BaseModel):
    """How many jobs there are of each state; `oldest_waiting_seconds` is null when none is due."""

    waiting: int
    scheduled: int
    running: int
    failed: int
    oldest_waiting_seconds: float | None
    live_workers: int


class JobList(BaseModel):
    """One page of jobs, the newest first; `total_count` counts all pages, `counts` all states."""

    jobs: list[JobItem]
    total_count: int
    page: int
    page_size: int
    counts: JobCounts
