"""Metrics on the server's own port, which the internet may reach: there only with a token."""

from typing import cast

from fastapi import APIRouter, Request, Response

from resume_review.core.settings import Settings
from resume_review.features.monitoring import Watch
from resume_review.infrastructure.monitoring.endpoint import PATH, answer_scrape, token_of

router = APIRouter(include_in_schema=False)


@router.get(PATH)
async def metrics(request: Request) -> Response:
    """For Prometheus; part of the app only where there is a token."""
    settings = cast("Settings", request.app.state.settings)
    watch = cast("Watch", request.app.state.watch)
    return await answer_scrape(request, watch.read, token=token_of(settings))
