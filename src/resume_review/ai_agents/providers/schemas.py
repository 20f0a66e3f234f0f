"""Shapes of answers as vendors want them."""

import json
from functools import cache
from typing import Any

from pydantic import BaseModel


@cache
def strict_schema(shape: type[BaseModel]) -> dict[str, Any]:
    """JSON Schema in the subset that all vendors enforce: every key required, nothing beyond them, no titles."""
    return _bare(shape.model_json_schema())


def schema_in_words(shape: type[BaseModel]) -> str:
    """For servers that cannot be given a schema."""
    schema = json.dumps(strict_schema(shape), ensure_ascii=False, separators=(",", ":"))
    return f"Answer with one JSON object and nothing else. It must fit this JSON Schema: {schema}"


def _bare(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: _bare(value)
            for key, value in node.items()  # pyright: ignore[reportUnknownVariableType]
            if not (key in {"title", "description"} and isinstance(value, str))
        }
    if isinstance(node, list):
        return [_bare(value) for value in node]  # pyright: ignore[reportUnknownVariableType]
    return node
