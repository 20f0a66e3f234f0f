"""The body every failed request answers with, and its declaration for OpenAPI."""

from typing import Any

from pydantic import BaseModel, Field

from resume_review.core.errors import AppError


class FieldProblem(BaseModel):
    """What is wrong with one field of a request."""

    field: str
    message: str


class Problem(BaseModel):
    """The one shape of an error; `detail` is a sentence for people, `code` is stable for programs."""

    detail: str = Field(examples=["Not found. Check the id, or ask an administrator for access."])
    code: str = Field(examples=["not_found"])
    request_id: str
    errors: list[FieldProblem] | None = None


def problems(*errors: type[AppError]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that may answer with these errors."""
    declared: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        entry = declared.setdefault(error.status, {"model": Problem, "description": ""})
        entry["description"] = " · ".join(
            filter(None, [entry["description"], f"`{error.code}`: {error.message}"])
        )
    return declared
