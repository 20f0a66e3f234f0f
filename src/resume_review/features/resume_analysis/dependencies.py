"""What the review routes ask for."""

from typing import Annotated, cast

from fastapi import Depends, Request

from resume_review.ai_agents.interface import EngineFacts, PromptSource
from resume_review.database.request import DbSession
from resume_review.features.auth import CurrentUser
from resume_review.features.resume_analysis.service import ReviewService
from resume_review.infrastructure.queue import JobQueue


async def _service(request: Request, session: DbSession, identity: CurrentUser) -> ReviewService:
    state = request.app.state
    return ReviewService(
        session,
        identity.user,
        queue=cast("JobQueue", state.job_queue),
        engine=cast("EngineFacts", state.engine).fingerprint,
        prompts=cast("PromptSource", state.prompts),
    )


Reviews = Annotated[ReviewService, Depends(_service)]
"""The reviews of the signed-in user, in the transaction of the request."""
