"""All routes; a new feature adds one line."""

from typing import Any

from fastapi import APIRouter, Depends

from resume_review.core.errors import RateLimitedError, UnavailableError
from resume_review.core.problems import Problem, problems
from resume_review.features.admin.api import router as admin_router
from resume_review.features.api_keys.api import admin_router as all_api_keys_router
from resume_review.features.api_keys.api import router as api_keys_router
from resume_review.features.audit_trail.api import router as audit_router
from resume_review.features.auth.api import profile_router
from resume_review.features.auth.api import router as auth_router
from resume_review.features.browser_session.api import router as browser_router
from resume_review.features.bulk_upload.api import router as bulk_router
from resume_review.features.candidates.api import router as candidates_router
from resume_review.features.experiments.api import rollout_router
from resume_review.features.experiments.api import router as experiments_router
from resume_review.features.invitations.api import public_router as registration_router
from resume_review.features.invitations.api import router as invitations_router
from resume_review.features.jobs.api import router as jobs_router
from resume_review.features.prompt_trials.api import router as prompt_trials_router
from resume_review.features.prompts.api import router as prompts_router
from resume_review.features.resume_analysis.api import router as analysis_router
from resume_review.features.resume_upload.api import candidate_router as versions_router
from resume_review.features.resume_upload.api import router as upload_router
from resume_review.features.system.api import router as system_router
from resume_review.features.webhooks.api import router as webhooks_router
from resume_review.infrastructure.rate_limit import within_address_limit

PREFIX = "/api/v1"
EVERYWHERE: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "`bad_request`: The body cannot be read as JSON or as a form."},
    422: {
        "model": Problem,
        "description": "`validation.failed`: A value is missing or not allowed; `errors` names it.",
    },
}
"""What any route may answer, whatever it does."""


def create_router() -> APIRouter:
    """Everything under the API's prefix."""
    router = APIRouter(
        prefix=PREFIX,
        dependencies=[Depends(within_address_limit)],
        responses=EVERYWHERE | problems(RateLimitedError, UnavailableError),
    )
    for feature in (
        # Routes are tried one after the other, so those asked for most come first.
        analysis_router,
        candidates_router,
        versions_router,
        bulk_router,
        upload_router,
        auth_router,
        browser_router,
        registration_router,
        profile_router,
        api_keys_router,
        admin_router,
        invitations_router,
        all_api_keys_router,
        audit_router,
        jobs_router,
        prompts_router,
        prompt_trials_router,
        system_router,
        webhooks_router,
        experiments_router,
        rollout_router,
    ):
        router.include_router(feature)
    return router
