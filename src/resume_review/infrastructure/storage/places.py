"""Where files are kept: a folder, or a bucket. Credentials and endpoints come from the vendors' own variables."""

import atexit
import os
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from obstore.exceptions import BaseError
from obstore.store import GCSStore, LocalStore, S3Store

from resume_review.core.errors import StartupError
from resume_review.core.settings import PREFIX

if TYPE_CHECKING:  # types that the library has for checkers only
    from obstore.store import ClientConfig, RetryConfig, S3Config

PATIENCE_SECONDS = 10.0
EXIT_SECONDS = 0.05
LONGEST_REQUEST = timedelta(minutes=5)


@dataclass(frozen=True)
class Place:
    """A store by its address; `directory` is set where it is a folder."""

    store: LocalStore | S3Store | GCSStore
    address: str
    directory: Path | None = None


def open_place(url: str, *, patience_seconds: float = PATIENCE_SECONDS) -> Place:
    """What the address stands for; a bucket is not asked anything yet, and later waited for no longer than that.

    Raises:
        StartupError: The folder cannot be made, or the vendor's variables do not fit.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return open_folder(Path(unquote(parts.path)))
    try:
        _wait_at_exit()
        store = _bucket(parts.scheme, parts.netloc, parts.path.strip("/"), patience_seconds)
    except (ValueError, OSError, BaseError) as error:
        vendor = "AWS_" if parts.scheme == "s3" else "GOOGLE_"
        raise StartupError(
            f"{PREFIX}STORAGE_URL: {url} cannot be opened ({type(error).__name__}). Check the variables that begin "
            f"with {vendor}: docs/operate/storage.md lists them."
        ) from None
    return Place(store, url)


def open_folder(directory: Path) -> Place:
    """The folder, made where it is missing.

    Raises:
        StartupError: It cannot be made.
    """
    try:
        _wait_at_exit()
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Place(LocalStore(str(directory)), str(directory), directory)
    except (OSError, BaseError):
        raise StartupError(
            f"{PREFIX}STORAGE_URL: cannot write to {directory}. "
            f"Choose a writable directory, for example {PREFIX}STORAGE_URL=file:///var/lib/resume-review/files"
        ) from None


@cache
def _wait_at_exit() -> None:
    """Let the library's threads hand over their last answer before the interpreter goes.

    A thread that is still in it then aborts the process, which a command that fails at once would end with
    (https://github.com/PyO3/pyo3-async-runtimes/issues/40).
    """
    atexit.register(time.sleep, EXIT_SECONDS)


def _bucket(scheme: str, bucket: str, prefix: str, patience_seconds: float) -> S3Store | GCSStore:
    patience = timedelta(seconds=patience_seconds)
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""
    client_options: ClientConfig = {
        "connect_timeout": patience / 4,
        "read_timeout": patience,
        "timeout": LONGEST_REQUEST,
        # Only towards a store of one's own that was named so.
        "allow_http": scheme == "s3" and endpoint.startswith("http://"),
    }
    retry_config: RetryConfig = {
        "max_retries": 2,
        "retry_timeout": patience,
        "backoff": {"init_backoff": patience / 100, "max_backoff": patience / 10, "base": 2},
    }
    if scheme == "gs":
        return GCSStore(
            bucket, prefix=prefix or None, client_options=client_options, retry_config=retry_config
        )
    # The store compares what arrives with this hash, so that nothing damaged on the way is kept.
    config: S3Config = {"checksum_algorithm": os.environ.get("AWS_CHECKSUM_ALGORITHM", "SHA256")}
    return S3Store(
        bucket,
        prefix=prefix or None,
        config=config,
        client_options=client_options,
        retry_config=retry_config,
    )
