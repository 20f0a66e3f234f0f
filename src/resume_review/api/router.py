"""All routes; a new feature adds one line."""

from fastapi import APIRouter

from resume_review.features.admin.api import router as admin_router
from resume_review.features.auth.api import profile_router
from resume_review.features.auth.api import router as auth_router
from resume_review.features.candidates.api import router as candidates_router
from resume_review.features.resume_analysis.api import router as analysis_router
from resume_review.features.resume_upload.api import router as upload_router

PREFIX = "/api/v1"


def create_router() -> APIRouter:
    """Everything under the API's prefix."""
    router = APIRouter(prefix=PREFIX)
    for feature in (
        auth_router,
        profile_router,
        candidates_router,
        upload_router,
        analysis_router,
        admin_router,
    ):
        router.include_router(feature)
    return router
