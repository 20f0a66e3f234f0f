"""The only place where errors become HTTP answers."""

from collections.abc import Mapping

import psycopg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from resume_review.core.errors import AppError, RateLimitedError, UnavailableError
from resume_review.core.problems import FieldProblem, Problem
from resume_review.infrastructure.monitoring.metrics import HTTP_ERRORS, RATE_LIMITED

log = structlog.get_logger(__name__)

DATABASE_FAULTS = (
    OperationalError,
    InterfaceError,
    PoolTimeoutError,
    # The queue's statements go to the driver itself.
    psycopg.OperationalError,
    psycopg.InterfaceError,
)

_HTTP_CODES = {
    400: ("bad_request", "The request cannot be read. Check its form."),
    404: ("not_found", "There is nothing at this address. Check the path."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("too_large", "The request is too large. Send a smaller file."),
    415: ("unsupported_media_type", "Send JSON, or multipart/form-data for a file."),
}


class DatabaseUnavailableError(UnavailableError):
    """The database does not answer."""

    code = "database.unavailable"
    message = "The database cannot be reached. Nothing was changed; try again shortly."


def _answer(
    request: Request,
    status: int,
    *,
    detail: str,
    code: str,
    errors: list[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    problem = Problem(detail=detail, code=code, request_id=request.state.request_id, errors=errors)
    return JSONResponse(problem.model_dump(exclude_none=True), status_code=status, headers=headers)


def _app_error(request: Request, error: AppError) -> JSONResponse:
    if isinstance(error, RateLimitedError):
        RATE_LIMITED.labels(error.limit).inc()
    if error.status >= 500:
        HTTP_ERRORS.labels(error.code).inc()
        log.error("request_failed", code=error.code, exc_info=error)
    headers = {} if error.retry_after is None else {"retry-after": str(error.retry_after)}
    if error.status == 401:
        headers["www-authenticate"] = "Bearer"
    return _answer(request, error.status, detail=error.detail, code=error.code, headers=headers)


def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    errors = [
        FieldProblem(
            field=".".join(str(part) for part in fault["loc"][1:]) or "body", message=str(fault["msg"])
        )
        for fault in error.errors()
    ]
    detail = "; ".join(f"{problem.field}: {problem.message}" for problem in errors[:3])
    return _answer(request, 422, detail=detail, code="validation.failed", errors=errors)


def http_problem(request: Request, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer to a request that never reached a route, or not whole."""
    code, detail = _HTTP_CODES.get(status, ("http_error", "The request cannot be served. Check its form."))
    return _answer(request, status, detail=detail, code=code, headers=headers)


def _http_error(request: Request, error: HTTPException) -> JSONResponse:
    return http_problem(request, error.status_code, error.headers)


def _database_error(request: Request, error: Exception) -> JSONResponse:
    log.error("database_unavailable", exc_info=error)
    return _app_error(request, DatabaseUnavailableError(retry_after=5))


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    HTTP_ERRORS.labels(AppError.code).inc()
    log.error("unexpected_error", exc_info=error)
    return _answer(request, AppError.status, detail=AppError.message, code=AppError.code)


def add_error_handlers(app: FastAPI) -> None:
    """Map every failure to `Problem`: a sentence, a stable code and the request id."""
    app.exception_handler(AppError)(_app_error)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http_error)
    for fault in DATABASE_FAULTS:
        app.exception_handler(fault)(_database_error)
    app.exception_handler(Exception)(_unexpected)
