"""The unit of work of an HTTP request."""

from collections.abc import AsyncIterator
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.errors import AppError
from resume_review.database.session import Database


async def _request_session(request: Request) -> AsyncIterator[AsyncSession]:
    database = cast("Database", request.app.state.database)
    refusal: AppError | None = None
    async with database.transaction() as session:
        try:
            yield session
        except AppError as error:
            if not error.keeps_changes:
                raise
            refusal = error
    if refusal is not None:
        raise refusal


# Scope "function": the transaction ends before the answer leaves, so that no client sees a success that
# the database then refuses.
DbSession = Annotated[AsyncSession, Depends(_request_session, scope="function")]
