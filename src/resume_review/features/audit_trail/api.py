"""Routes to read the audit log."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from resume_review.core.errors import ForbiddenError
from resume_review.core.problems import problems
from resume_review.database.enums import ApiKeyScope, UserRole
from resume_review.database.request import DbSession
from resume_review.database.session import Database
from resume_review.features.audit_trail.errors import InvalidCursorError
from resume_review.features.audit_trail.schemas import AuditFilter, AuditPage, AuditQuery
from resume_review.features.audit_trail.service import AuditService, csv_lines
from resume_review.features.auth import ACCESS_PROBLEMS, Identity, require_role, takes_keys
from resume_review.infrastructure.http import Client

router = APIRouter(
    prefix="/admin/audit",
    tags=["audit"],
    dependencies=[takes_keys(read=ApiKeyScope.ADMIN, write=ApiKeyScope.ADMIN)],
    responses=ACCESS_PROBLEMS | problems(ForbiddenError),
)


async def _service(
    session: DbSession,
    identity: Annotated[Identity, Depends(require_role(UserRole.ADMIN))],
    client: Client,
) -> AuditService:
    return AuditService(session, identity.user, client=client)


Audit = Annotated[AuditService, Depends(_service)]


@router.get("", responses=problems(InvalidCursorError), summary="Read the audit log")
async def read_audit_log(audit: Audit, query: Annotated[AuditQuery, Query()]) -> AuditPage:
    """Newest first; pass `next_cursor` on as `cursor` for what is older. Reading is logged too."""
    return await audit.page(query)


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: {"description": "The entries as CSV", "content": {"text/csv": {}}}},
    summary="Export the audit log",
)
async def export_audit_log(
    request: Request, audit: Audit, wanted: Annotated[AuditFilter, Query()]
) -> StreamingResponse:
    """Everything that matches, newest first; the export is logged too."""
    audit.note_export(wanted)
    lines = csv_lines(cast("Database", request.app.state.database), wanted)
    headers = {"content-disposition": 'attachment; filename="audit.csv"', "cache-control": "no-store"}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)
