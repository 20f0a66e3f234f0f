"""Counting the statements that a piece of code sends, so that a list never costs one query per row."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

# Requests are counted against their limits apart, and in production many at a time.
_LIMITS = ("INSERT INTO rate_limits",)
_TRANSACTION_CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@dataclass
class Queries:
    """What was sent, in order, without savepoints (which only tests need) and without rate limits."""

    statements: list[str] = field(default_factory=list[str])

    @property
    def count(self) -> int:
        return len(self.statements)


class QueryCounter:
    """Counts the statements of one engine while a block runs: `with query_counter() as queries: ...`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @contextmanager
    def __call__(self) -> Generator[Queries]:
        queries = Queries()

        def record(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if not statement.lstrip().startswith(_TRANSACTION_CONTROL + _LIMITS):
                queries.statements.append(statement)

        event.listen(self._engine, "before_cursor_execute", record)
        try:
            yield queries
        finally:
            event.remove(self._engine, "before_cursor_execute", record)
