"""A prompt as data: what it is for, what goes into it, what it says."""

import hashlib
import re
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from resume_review.ai_agents.reports import REPORTS

_SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
LONGEST_TEMPLATE = 20_000


class AgentName(StrEnum):
    """Who speaks with the prompt."""

    STRUCTURE = "structure"
    APPEAL = "appeal"
    SUMMARY = "summary"


_ABOUT_A_RESUME = frozenset(
    {
        "document_language",
        "tier",
        "known_findings",
        "industry",
        "appeal_points",
        "target_role",
        "resume_text",
    }
)
GIVEN = {
    AgentName.STRUCTURE: _ABOUT_A_RESUME,
    AgentName.APPEAL: _ABOUT_A_RESUME,
    AgentName.SUMMARY: frozenset({"industry", "band", "findings"}),
}
"""What the platform knows to fill in, by agent."""

FROM_RESUME = frozenset({"resume_text", "findings"})
"""What holds words of the resume, which may give orders to a machine."""


class Locale(StrEnum):
    """Languages prompts are written in; the answer is in the same."""

    ENGLISH = "en"
    JAPANESE = "ja"


class Tier(StrEnum):
    """How strong a model the prompt wants."""

    FAST = "fast"
    STANDARD = "standard"
    STRONG = "strong"


class VariableType(StrEnum):
    """What a variable holds."""

    TEXT = "text"
    ENUM = "enum"
    NUMBER = "number"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Metadata(_Part):
    """What the prompt is; `output` names the shape of the answer and its version.

    A name such as `appeal_analysis:ma_finance` is the prompt of one industry, used there in place of the general one.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{2,60}(?::[a-z][a-z0-9_]{1,30})?$")]
    version: str
    agent: AgentName
    locale: Locale
    description: Annotated[str, Field(min_length=10, max_length=500)]
    output: str

    @field_validator("version")
    @classmethod
    def _semver(cls, value: str) -> str:
        if not _SEMVER.fullmatch(value):
            raise ValueError("must be a version such as 1.0.0")
        return value

    @field_validator("output")
    @classmethod
    def _known_output(cls, value: str) -> str:
        if value not in REPORTS:
            raise ValueError(f"must be one of {', '.join(sorted(REPORTS))}")
        return value


class ModelHints(_Part):
    """What suits the prompt; the settings of the platform win. Seconds for the timeout, null temperature for the model's own."""

    tier: Tier = Tier.STANDARD
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    max_output_tokens: Annotated[int, Field(ge=100, le=32_000)] = 4_000
    timeout_s: Annotated[int, Field(ge=5, le=600)] = 60


class Variable(_Part):
    """One value that is filled in; untrusted ones come from the resume and stand inside the fence alone."""

    type: VariableType = VariableType.TEXT
    required: bool = True
    untrusted: bool = False
    values: tuple[str, ...] = ()
    max_chars: Annotated[int, Field(ge=1, le=200_000)] = 200

    @model_validator(mode="after")
    def _enum_has_values(self) -> Self:
        if (self.type is VariableType.ENUM) != bool(self.values):
            raise ValueError("an enum needs its values, and nothing else has them")
        return self


class Texts(_Part):
    """The two roles, kept apart from the file to the vendor's call."""

    system: Annotated[str, StringConstraints(min_length=20, max_length=LONGEST_TEMPLATE)]
    user: Annotated[str, StringConstraints(min_length=20, max_length=LONGEST_TEMPLATE)]


class Example(_Part):
    """Values and an answer that fits them, for readers and for checks; never sent to a model."""

    description: Annotated[str, Field(min_length=5, max_length=200)]
    variables: dict[str, Any]
    answer: dict[str, Any]


class Prompt(_Part):
    """A whole prompt, one version in one language."""

    schema_version: Annotated[Literal[1], Field(alias="schema")] = 1
    metadata: Metadata
    model: ModelHints = ModelHints()
    variables: dict[str, Variable]
    prompts: Texts
    examples: Annotated[tuple[Example, ...], Field(max_length=5)] = ()

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) of the canonical JSON without examples: two prompts with one hash ask the same."""
        data = self.as_data(examples=False)
        return hashlib.sha256(msgspec.json.encode(data, order="deterministic")).hexdigest()

    @property
    def label(self) -> str:
        """Name, version and start of the hash, as receipts show it."""
        return f"{self.metadata.name}@{self.metadata.version}+{self.content_hash[:12]}"

    def as_data(self, *, examples: bool = True) -> dict[str, Any]:
        """The prompt as plain data, as files and rows hold it."""
        left_out = None if examples and self.examples else {"examples"}
        return self.model_dump(mode="json", by_alias=True, exclude=left_out)


def version_key(version: str) -> tuple[int, int, int]:
    """A version as numbers, so that 1.10.0 follows 1.9.0."""
    major, minor, patch = (int(part) for part in version.split("."))
    return major, minor, patch
