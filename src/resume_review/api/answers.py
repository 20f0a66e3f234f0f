"""The shapes of the whole Document and the whole review in the API's description.

They are msgspec structures, which FastAPI does not know; their schemas come from msgspec itself.
"""

import json
import re
from typing import Any

import msgspec
from fastapi import FastAPI

from resume_review.documents import Document
from resume_review.rubric import Review

_REF = "#/components/schemas/"
ANSWERS = {
    "/analysis/analysis/{analysis_id}/review": Review,
    "/resume_upload/{resume_id}/document": Document,
}


def describe_answers(app: FastAPI, *, prefix: str) -> None:
    """Let the app's description name these shapes; parts carry the name of the whole in front."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            described = plain()
            for path, answer in ANSWERS.items():
                schema, parts = _schemas(answer)
                described["components"]["schemas"].update(parts)
                ok = described["paths"][prefix + path]["get"]["responses"]["200"]
                ok["content"] = {"application/json": {"schema": schema}}
        return plain()

    app.openapi = openapi


def _schemas(answer: type[msgspec.Struct]) -> tuple[dict[str, Any], dict[str, Any]]:
    whole = answer.__name__
    (schema,), parts = msgspec.json.schema_components([answer], ref_template=_REF + "{name}")
    named = {name: name if name == whole else f"{whole}{name}" for name in parts}

    def renamed(part: Any) -> Any:
        return json.loads(re.sub(rf"{_REF}(\w+)", lambda ref: _REF + named[ref[1]], json.dumps(part)))

    return renamed(schema), {named[name]: renamed(part) for name, part in parts.items()}
