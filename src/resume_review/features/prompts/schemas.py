"""Bodies of the prompt routes."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from resume_review.ai_agents.interface import AgentName, Locale
from resume_review.core.fields import PRINTABLE
from resume_review.database.enums import UsagePurpose

Name = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]{2,60}(?::[a-z][a-z0-9_]{1,30})?$"),
    Field(examples=["appeal_analysis"]),
]
Version = Annotated[
    str,
    StringConstraints(pattern=r"^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$"),
    Field(examples=["1.1.0"]),
]
Note = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=500, pattern=PRINTABLE),
    Field(examples=["Asks for results in yen."]),
]
LONGEST_YAML = 60_000


class Source(StrEnum):
    """Where a prompt in use comes from."""

    FILE = "file"
    DATABASE = "database"


class Label(StrEnum):
    """What a version is used for."""

    PRODUCTION = "production"
    CANARY = "canary"


class PromptItem(BaseModel):
    """What is in use under one label; an industry's own prompt has its code after the colon of its name."""

    name: Name
    agent: AgentName
    industry: str | None = Field(description="null: for all industries without one of their own")
    locale: Locale
    label: Label
    version: Version
    content_hash: str
    source: Source
    versions: int = Field(description="How many are kept in the database")


class PromptList(BaseModel):
    """Every prompt in use."""

    prompts: list[PromptItem]
    total_count: int


class VersionItem(BaseModel):
    """One version, without its words."""

    version: Version
    content_hash: str
    source: Source
    labels: list[Label]
    author: str | None
    note: str | None
    created_at: datetime | None


class PromptDetail(BaseModel):
    """The versions of a prompt, latest first, and the words of one of them."""

    name: Name
    locale: Locale
    shown: Version
    body: dict[str, Any] = Field(description="The prompt as its file would hold it")
    yaml: str
    versions: list[VersionItem]


class PromptText(BaseModel):
    """A prompt as YAML or as JSON, one of both."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"yaml": "schema: 1\nmetadata: {...}\n"}]})

    yaml: Annotated[str, StringConstraints(max_length=LONGEST_YAML)] | None = None
    body: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.yaml is None) == (self.body is None):
            raise ValueError("send the prompt as yaml or as body, one of both")
        return self


class VersionCreate(PromptText):
    """A new version; its name, language and number stand in its own metadata."""

    note: Note | None = None


class Validity(BaseModel):
    """Whether a prompt would work, and what is wrong with it."""

    valid: bool
    fault: str | None
    name: str | None
    version: str | None
    content_hash: str | None


class PromptDiff(BaseModel):
    """What changed from one version to another, as unified diffs."""

    old: Version
    new: Version
    system: str
    user: str
    variables_added: list[str]
    variables_removed: list[str]
    settings: str


class Publish(BaseModel):
    """Move a label to a version; `expected` is where it stands as far as you know."""

    version: Version
    label: Label = Label.PRODUCTION
    expected: Version | None = None
    note: Note | None = None


class RollBack(BaseModel):
    """Move a label back to where it stood before."""

    label: Label = Label.PRODUCTION
    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500, pattern=PRINTABLE)
    ] = Field(examples=["More quotes could not be found."])


class CopyToIndustry(BaseModel):
    """Make an industry's own prompt from the one in use."""

    industry: str = Field(examples=["ma_finance"])
    note: Note | None = None


class UsageItem(BaseModel):
    """One call of a model; a cost that is not known is null."""

    model_config = ConfigDict(from_attributes=True)

    agent_name: str
    prompt_name: str
    prompt_version: str
    provider: str | None
    model: str | None
    input_tokens: int
    output_tokens: int
    cached_input_tokens: int
    cost_usd: Decimal | None
    latency_ms: int | None
    error_code: str | None
    experiment_key: str | None
    arm: str | None
    purpose: UsagePurpose
    used_at: datetime


class UsageList(BaseModel):
    """Calls, newest first, and what all that fit the filters came to."""

    usage: list[UsageItem]
    total_count: int
    page: int
    page_size: int
    tokens: int
    cost_usd: Decimal
    calls_without_price: int
    failed: int
