"""Bodies of the API key routes."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from resume_review.core.fields import PRINTABLE
from resume_review.database.enums import ApiKeyScope

KeyName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=PRINTABLE)
]


class ApiKeyCreate(BaseModel):
    """A new key; without `expires_at` it is good until it is revoked."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Nightly import",
                    "scopes": ["candidates:write", "resumes:write"],
                    "expires_at": "2027-06-30T00:00:00Z",
                }
            ]
        }
    )

    name: KeyName
    scopes: Annotated[list[ApiKeyScope], Field(min_length=1, max_length=len(ApiKeyScope))]
    expires_at: AwareDatetime | None = None


class ApiKeyItem(BaseModel):
    """A key as lists show it: never the key, only how it begins."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    user_id: uuid.UUID
    name: str = Field(examples=["Nightly import"])
    hint: str = Field(examples=["rr_Zk3vQ"])
    scopes: list[ApiKeyScope]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class ApiKeyCreated(ApiKeyItem):
    """The only answer that holds the key itself."""

    key: str = Field(examples=["rr_Zk3vQ0nW2tqYb7cF5mXh1LsJ8dRgAeUo4pTiKz9yBxM"])


class ApiKeyList(BaseModel):
    """One's own keys, newest first, revoked ones included."""

    api_keys: list[ApiKeyItem]
    total_count: int


class OwnedApiKey(ApiKeyItem):
    """A key and whose it is."""

    user_email: str = Field(examples=["robin.sato@agency.example"])


class OwnedApiKeyList(BaseModel):
    """One page of everybody's keys, newest first; `total_count` counts all pages."""

    api_keys: list[OwnedApiKey]
    total_count: int
    page: int
    page_size: int
