"""The settings of the platform: read once at the edge, frozen, passed down."""

import difflib
import os
import re
import secrets
from collections.abc import Mapping
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import unquote, urlsplit

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from resume_review.core.addresses import SocketAddress
from resume_review.core.errors import StartupError
from resume_review.core.model_settings import EXAMPLES as MODEL_EXAMPLES
from resume_review.core.model_settings import (
    VENDOR_VARIABLES,
    ModelSettings,
    Switch,
    contradiction,
    split_commas,
)

PREFIX = "RESUME_REVIEW_"
MIN_SECRET_BYTES = 32
MIN_TOKEN_LENGTH = 16
STORAGE_KEY_BYTES = 32
_KEY = re.compile(rf"[0-9A-Fa-f]{{{STORAGE_KEY_BYTES * 2}}}")

_EXAMPLES = {
    "data_dir": "/var/lib/resume-review",
    "database_url": "postgresql://user:password@db.internal/resume_review",
    "redis_url": "redis://localhost:6379/0",
    "storage_url": "file:///var/lib/resume-review/files",
    "storage_key": "the output of `openssl rand -hex 32`",
    "clamd": "/run/clamav/clamd.ctl",
    "scan_required": "true",
    "host": "127.0.0.1",
    "port": "8000",
    "cors_origins": "https://app.example.com,https://admin.example.com",
    "trusted_proxies": "10.0.0.0/8,127.0.0.1",
    "secret_key": "the output of `openssl rand -hex 32`",
    "admin_email": "admin@example.com",
    "admin_password": "a phrase of 15 characters or more",
    "workers": "2",
    "metrics_port": "9464",
    "metrics_host": "127.0.0.1",
    "backups_dir": "/var/backups/resume-review",
    "metrics_token": "the output of `openssl rand -hex 32`",
    "rate_limits": "on",
    "webhook_networks": "10.20.0.0/16,192.168.7.9/32",
    "language": "en",
    "max_upload_mb": "10",
    "retention_days": "730",
    **MODEL_EXAMPLES,
}


class FeedbackLanguage(StrEnum):
    """The languages in which findings are written."""

    ENGLISH = "en"
    JAPANESE = "ja"


def _default_data_dir() -> Path:
    return Path(platformdirs.user_data_dir("resume-review", appauthor=False))


class Settings(ModelSettings):
    """Every setting, by its name without the `RESUME_REVIEW_` prefix, which the vendors' own ones do not have.

    Attributes:
        data_dir: Embedded database, files and the generated secret live here.
        database_url: Any Postgres; null means the embedded one.
        redis_url: Redis or Valkey for limits and cache; null means Postgres.
        storage_url: `file://`, `s3://` or `gs://` address of the stored files; null means `files` in `data_dir`.
        storage_key: Keys that files are sealed with, as a comma list of 64 hex digits each; the first one writes.
        clamd: Socket path, or host and port, of the virus scanner; null means that files are not scanned.
        scan_required: Without a scanner the platform does not start.
        secret_key: Signs tokens; null means one generated on first start and kept in `data_dir`, mode 0600.
        workers: Jobs at once in this process; 0 means that separate workers do them.
        metrics_port: Port of this process for metrics alone, 0 a free one; null opens none.
        metrics_host: Where that port listens; a scraper on another machine needs another address.
        metrics_token: What a scraper must show, on either port; without one the server's own port shows no metrics.
        backups_dir: Folder that `resume-review backup --to` fills, whose newest archive's age metrics tell.
        webhook_networks: Private networks that webhooks may reach, over plain HTTP too; all others are refused.
        max_upload_mb: Largest accepted file in megabytes (10^6 bytes).
        retention_days: Age at which resumes go, with their reviews; null means never.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    data_dir: Path = Field(default_factory=_default_data_dir)
    database_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    storage_url: str | None = None
    storage_key: SecretStr | None = None
    clamd: str | None = None
    scan_required: bool = False
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ("http://localhost:3000",)
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    secret_key: SecretStr | None = None
    admin_email: str = "admin@example.com"
    admin_password: SecretStr | None = None
    workers: Annotated[int, Field(ge=0, le=64)] = 2
    metrics_port: Annotated[int, Field(ge=0, le=65535)] | None = None
    metrics_host: str = "127.0.0.1"
    metrics_token: Annotated[SecretStr, Field(min_length=MIN_TOKEN_LENGTH)] | None = None
    backups_dir: Path | None = None
    rate_limits: Switch = Switch.ON
    webhook_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()
    language: FeedbackLanguage = FeedbackLanguage.ENGLISH
    max_upload_mb: Annotated[int, Field(ge=1, le=200)] = 10
    retention_days: Annotated[int, Field(ge=1, le=36_500)] | None = None

    @field_validator("cors_origins", "trusted_proxies", "webhook_networks", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return split_commas(value)

    @field_validator("database_url")
    @classmethod
    def _postgres_only(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and urlsplit(value.get_secret_value()).scheme not in {"postgresql", "postgres"}:
            raise ValueError("only Postgres is supported")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis_only(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and urlsplit(value.get_secret_value()).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("must begin with redis://, rediss:// or unix://")
        return value

    @field_validator("storage_url")
    @classmethod
    def _known_store(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.query or parts.fragment or "@" in parts.netloc:
            raise ValueError("holds an address only; keys come from the vendor's own variables")
        if not (value.startswith("file:///") or (parts.scheme in {"s3", "gs"} and parts.netloc)):
            raise ValueError("must be file:///folder, s3://bucket/prefix or gs://bucket/prefix")
        return value

    @field_validator("storage_key")
    @classmethod
    def _whole_keys(cls, value: SecretStr | None) -> SecretStr | None:
        keys = value.get_secret_value() if value is not None else ""
        if keys and not all(_KEY.fullmatch(key.strip()) for key in keys.split(",")):
            raise ValueError(f"each key needs {STORAGE_KEY_BYTES * 2} hex digits")
        return value if keys else None

    @field_validator("clamd")
    @classmethod
    def _reachable(cls, value: str | None) -> str | None:
        if value:
            SocketAddress.parse(value)
        return value or None

    @field_validator("retention_days", mode="before")
    @classmethod
    def _empty_means_never(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value().encode()) < MIN_SECRET_BYTES:
            raise ValueError(f"needs at least {MIN_SECRET_BYTES} bytes")
        return value

    @model_validator(mode="after")
    def _absolute_data_dir(self) -> Self:
        if not self.data_dir.is_absolute():
            raise ValueError("data_dir must be an absolute path")
        return self

    @property
    def max_upload_bytes(self) -> int:
        return self.max_upload_mb * 1_000_000

    @property
    def files_url(self) -> str:
        """The address of the stored files, whether it was set or not."""
        return self.storage_url or (self.data_dir / "files").as_uri()

    @property
    def files_dir(self) -> Path:
        """Where uploaded files are kept, as long as that is a folder."""
        return Path(unquote(urlsplit(self.files_url).path))

    @property
    def storage_keys(self) -> tuple[bytes, ...]:
        """What files are sealed with, the one that writes first; empty where they are not sealed."""
        keys = self.storage_key.get_secret_value() if self.storage_key else ""
        return tuple(bytes.fromhex(key.strip()) for key in keys.split(",") if key)


def load_settings(**overrides: Any) -> Settings:
    """Read the settings from the environment; keyword arguments (not null) win.

    Raises:
        StartupError: One line that names the setting, the fault of its value and an example.
    """
    try:
        settings = Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        raise StartupError(_first_fault(error)) from None
    if settings.scan_required and settings.clamd is None:
        raise StartupError(_told("clamd", "SCAN_REQUIRED wants a virus scanner and there is none"))
    if fault := contradiction(settings):
        raise StartupError(_told(*fault))
    return settings


def variables(name: str) -> tuple[str, ...]:
    """The environment variables that a setting is read from, the preferred one first."""
    return VENDOR_VARIABLES.get(name, (PREFIX + name.upper(),))


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_context=False)[0]
    reason = str(fault["msg"]).removeprefix("Value error, ")
    return _told(str(fault["loc"][0]) if fault["loc"] else "data_dir", f"{reason[0].lower()}{reason[1:]}")


def _told(name: str, reason: str) -> str:
    known = {alias.lower(): field for field, aliases in VENDOR_VARIABLES.items() for alias in aliases}
    name = known.get(name.lower(), name)
    variable = variables(name)[0]
    return f"{variable}: {reason}. Example: {variable}={_EXAMPLES[name]}"


def reject_unknown_settings(environ: Mapping[str, str] | None = None) -> None:
    """Refuse names with our prefix that mean nothing, so that neither a slip nor a missing part goes unseen.

    Raises:
        StartupError: One line that names the setting and, where there is one, the name that was meant.
    """
    known = {variable for name in Settings.model_fields for variable in variables(name)}
    for name in sorted(os.environ if environ is None else environ):
        if name.startswith(PREFIX) and name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise StartupError(f"{name}: this version has no such setting; unset it.{hint}")


def signing_key(settings: Settings) -> bytes:
    """The key that signs tokens: the configured one, or one generated on first use and kept.

    Raises:
        StartupError: The kept key is too short or cannot be written.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    path = settings.data_dir / "secret.key"
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".secret.{os.getpid()}")
        if not path.exists():
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(MIN_SECRET_BYTES))
            try:
                os.link(fresh, path)  # atomic, and the first of several processes wins
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        key = path.read_text().strip().encode()
    except OSError as error:
        raise StartupError(
            f"{PREFIX}DATA_DIR: cannot keep the generated secret in {settings.data_dir} ({error.strerror}). "
            f"Choose a writable directory, for example {PREFIX}DATA_DIR={_EXAMPLES['data_dir']}"
        ) from None
    if len(key) < MIN_SECRET_BYTES:
        raise StartupError(
            f"{path} is damaged. Restore it from a backup or delete it (everybody signs in again)."
        )
    return key
