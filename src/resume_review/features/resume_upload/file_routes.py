"""Routes that give out stored files and pictures of their pages."""

import uuid
from typing import Annotated, Any, cast

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from resume_review.core.clock import utc_now
from resume_review.core.problems import problems
from resume_review.database.models import Resume
from resume_review.database.request import DbSession
from resume_review.database.session import release
from resume_review.features.auth import CurrentUser
from resume_review.features.resume_upload.dependencies import Files, LinkedResumes, Resumes
from resume_review.features.resume_upload.downloads import (
    FAMILY,
    Part,
    asked_part,
    headers_of,
    is_known,
    media_type,
)
from resume_review.features.resume_upload.errors import (
    LinkExpiredError,
    NoPagesError,
    PageNotDrawnError,
    PageNotFoundError,
    QuarantinedError,
    RangeError,
    ResumeNotFoundError,
)
from resume_review.features.resume_upload.links import DIRECT_LIFETIME, LINK_LIFETIME, FileLinks
from resume_review.features.resume_upload.pictures import (
    KEPT_FOR,
    NARROWEST,
    USUAL,
    WIDEST,
    PagePainter,
)
from resume_review.features.resume_upload.schemas import FileLink
from resume_review.features.stored_files import pictures_prefix
from resume_review.infrastructure.http import Client
from resume_review.infrastructure.storage import (
    FileDamagedError,
    FileMissingError,
    FileStore,
    StorageError,
    StorageKeyError,
)
from resume_review.infrastructure.stores import Stores

router = APIRouter()

_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file as it was uploaded", "content": {"*/*": _BINARY}},
    206: {"description": "A part of it", "content": {"*/*": _BINARY}},
    304: {"description": "You have it already"},
}
_PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The page as a picture", "content": {"image/webp": _BINARY}},
    304: {"description": "You have it already"},
}
_GIVING_OUT = (
    ResumeNotFoundError,
    QuarantinedError,
    FileMissingError,
    FileDamagedError,
    StorageKeyError,
    StorageError,
)
DRAWABLE = {"application/pdf", FAMILY}


@router.get(
    "/{resume_id}/file",
    response_class=StreamingResponse,
    responses=_FILE | problems(*_GIVING_OUT, RangeError),
    summary="Download the file",
)
async def download_resume(
    resume_id: uuid.UUID,
    resumes: Resumes,
    files: Files,
    client: Client,
    *,
    asked: Annotated[str | None, Header(alias="range", max_length=100)] = None,
    if_range: Annotated[str | None, Header(max_length=200)] = None,
    if_none_match: Annotated[str | None, Header(max_length=1000)] = None,
) -> Response:
    """The file as it was uploaded, always as an attachment; every download is logged."""
    resume = await resumes.get_file(resume_id)
    etag = f'"{resume.file_hash}"'
    if is_known(etag, if_none_match):
        return Response(status_code=304, headers={"etag": etag})
    size = resume.file_size
    part = asked_part(asked, size) if if_range in {None, etag} else Part(0, size, size)
    answer = await _streamed(resume, part, files)
    await resumes.note_download(resume, client=client)
    return answer


@router.get(
    "/{resume_id}/file/link",
    responses=problems(ResumeNotFoundError, QuarantinedError),
    summary="Get a link that downloads the file",
)
async def link_to_file(
    request: Request, resume_id: uuid.UUID, resumes: Resumes, identity: CurrentUser
) -> FileLink:
    """For a few minutes whoever has the link may download the file in your name; every download is logged."""
    resume = await resumes.get_file(resume_id)
    expires_at = utc_now() + LINK_LIFETIME
    links = cast("FileLinks", request.app.state.file_links)
    token = links.sign(resume.id, identity.user.id, expires_at=expires_at)
    # A path alone: what a request says about its host must not decide where a link leads.
    path = request.app.url_path_for(open_file_link.__name__, resume_id=resume.id)
    return FileLink(url=f"{request.scope.get('root_path', '')}{path}?token={token}", expires_at=expires_at)


@router.get("/{resume_id}/file/open", include_in_schema=False)
async def open_file_link(
    resume_id: uuid.UUID,
    resumes: LinkedResumes,
    files: Files,
    client: Client,
    asked: Annotated[str | None, Header(alias="range", max_length=100)] = None,
) -> Response:
    """What a link leads to: the file from here, or from the bucket that holds it."""
    try:
        resume = await resumes.get_file(resume_id)
    except ResumeNotFoundError:
        raise LinkExpiredError from None
    part = asked_part(asked, resume.file_size)
    direct = await files.direct_link(resume.stored_filename, lasts=DIRECT_LIFETIME)
    if direct is None:
        answer = await _streamed(resume, part, files)
    else:
        answer = RedirectResponse(direct, headers={"referrer-policy": "no-referrer"})
    answer.headers["cache-control"] = "private, no-store"
    await resumes.note_download(resume, client=client, by_link=True)
    return answer


async def _streamed(resume: Resume, part: Part, files: FileStore) -> Response:
    pieces = await files.stream(
        resume.stored_filename, start=part.start, end=part.end, sha256=resume.file_hash
    )
    return StreamingResponse(
        pieces,
        status_code=200 if part.whole else 206,
        headers=headers_of(resume, part, f'"{resume.file_hash}"'),
        media_type=media_type(resume),
    )


@router.get(
    "/{resume_id}/pages/{page}.webp",
    response_class=Response,
    responses=_PICTURE
    | problems(
        *_GIVING_OUT,
        NoPagesError,
        PageNotFoundError,
        PageNotDrawnError,
    ),
    summary="Show a page as a picture",
)
async def draw_page(
    request: Request,
    session: DbSession,
    *,
    resume_id: uuid.UUID,
    page: Annotated[int, Path(ge=1, le=10_000)],
    resumes: Resumes,
    files: Files,
    width: Annotated[int, Query(ge=NARROWEST, le=WIDEST, description="In pixels")] = USUAL,
    if_none_match: Annotated[str | None, Header(max_length=1000)] = None,
) -> Response:
    """One page of a PDF or of an uploaded picture as WEBP; other formats have no pages."""
    resume = await resumes.get_file(resume_id)
    if resume.mime_type not in DRAWABLE:
        raise NoPagesError
    if resume.page_count is not None and page > resume.page_count:
        raise PageNotFoundError
    headers = {"etag": f'"{resume.file_hash}-{page}-{width}"', "cache-control": "private, no-cache"}
    if is_known(headers["etag"], if_none_match):
        return Response(status_code=304, headers=headers)
    await release(session)
    cache = cast("Stores", request.app.state.stores).cache
    kept_as = f"{pictures_prefix(resume.stored_filename)}{page}:{width}"
    drawn = await cache.get(kept_as)
    if drawn is None:
        painter = cast("PagePainter", request.app.state.page_painter)
        data = await files.get(resume.stored_filename, sha256=resume.file_hash)
        drawn = await painter.paint(data, page=page, width=width)
        if drawn is None:
            raise PageNotDrawnError
        await cache.set(kept_as, drawn, ttl=KEPT_FOR)
    return Response(drawn, media_type="image/webp", headers=headers)
