"""From the body of a request to single files: streamed to disk, zips taken apart, one file in memory at a time."""

import hashlib
import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import BinaryIO

from fastapi import Request
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from resume_review.features.bulk_upload.errors import (
    NoFilesError,
    NotAFormError,
    TooManyFilesError,
    WishError,
)
from resume_review.features.bulk_upload.limits import MOST_BYTES, MOST_FILES
from resume_review.features.bulk_upload.schemas import ReviewWish
from resume_review.features.bulk_upload.zips import ZipRefusedError, entries
from resume_review.features.resume_upload import FileTooLargeError, UnreadableFileError, display_name

FIELDS = 10
PIECE = 256 * 1024
MOST_FIELD_BYTES = 16 * 1024
_YES = {"true", "1", "yes", "on"}


class _ToDisk(MultiPartParser):
    """Three hundred files of a megabyte each would all stay in memory with the library's own bound."""

    spool_max_size = 32 * 1024


@dataclass(frozen=True)
class Arrival:
    """One file: its bytes, or why it is not taken."""

    name: str
    data: bytes | None
    fault_code: str | None = None
    fault: str | None = None


@asynccontextmanager
async def received(request: Request) -> AsyncGenerator[FormData]:
    """The form of a request, its files on disk until the block ends.

    Raises:
        NotAFormError: It is none.
        TooManyFilesError: More than a bulk upload takes.
    """
    kind = request.headers.get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        raise NotAFormError
    parser = _ToDisk(
        request.headers,
        request.stream(),
        max_files=MOST_FILES,
        max_fields=FIELDS,
        max_part_size=MOST_FIELD_BYTES,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise (TooManyFilesError if error.message.startswith("Too many files") else NotAFormError) from None
    try:
        yield form
    finally:
        await form.close()


def wants_auto(form: FormData) -> bool:
    """Whether certain matches are attached without asking."""
    return str(form.get("auto", "")).strip().lower() in _YES


def wish_in(form: FormData) -> ReviewWish | None:
    """The review that is wanted for each file.

    Raises:
        WishError: It is not understood.
    """
    asked = form.get("review")
    if not isinstance(asked, str) or not asked.strip():
        return None
    try:
        return ReviewWish.model_validate(json.loads(asked))
    except (ValidationError, json.JSONDecodeError, RecursionError):
        raise WishError from None


def contents(form: FormData) -> list[str]:
    """All that the form says, with hashes in place of files; blocks while it reads."""
    said: list[str] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            said += [name, value.filename or "", _digest(value.file)]
        else:
            said += [name, value]
    return said


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def arrivals(form: FormData, *, most_each: int) -> Iterator[Arrival]:
    """All files, those in zips too, in order; blocks while it reads.

    Raises:
        NoFilesError: There is none.
        TooManyFilesError: More files or bytes than a bulk upload takes.
    """
    count, left = 0, MOST_BYTES
    for upload in (part for _, part in form.multi_items() if isinstance(part, UploadFile)):
        for arrival in _unpacked(upload, most_each, left):
            count, left = count + 1, left - len(arrival.data or b"")
            if count > MOST_FILES or left < 0:
                raise TooManyFilesError
            yield arrival
    if count == 0:
        raise NoFilesError


def _unpacked(upload: UploadFile, most_each: int, most_all: int) -> Iterator[Arrival]:
    name, file = display_name(upload.filename or "resume"), upload.file
    try:
        inside = entries(file, most_each=most_each, most_all=most_all)
    except ZipRefusedError as refusal:
        yield Arrival(name, None, FileTooLargeError.code, str(refusal))
        return
    if inside is not None:
        for entry in inside:
            code = None if entry.data is not None else UnreadableFileError.code
            yield Arrival(display_name(entry.name), entry.data, code, entry.fault or None)
    elif (upload.size or 0) > most_each:
        said = f"The file is larger than {most_each // 1_000_000} MB. Upload a smaller one."
        yield Arrival(name, None, FileTooLargeError.code, said)
    else:
        file.seek(0)
        yield Arrival(name, file.read())
