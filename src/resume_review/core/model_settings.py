"""The settings of models that judge beside the rubric: which, at what price, how much and how fast."""

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode


class Engine(StrEnum):
    """What judges a resume beside the rubric, which alone needs no key and no network."""

    RUBRIC = "rubric"
    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    GOOGLE = "google"
    FAKE = "fake"


class Switch(StrEnum):
    """On or off, spelled out."""

    ON = "on"
    OFF = "off"


WITH_BATCHES = (Engine.OPENAI, Engine.ANTHROPIC)
VENDORS = tuple(engine for engine in Engine if engine is not Engine.RUBRIC)
FAKE_MODEL = "rubric"

# The vendors' own names, which carry no prefix of ours.
VENDOR_VARIABLES = {
    "openai_api_key": ("OPENAI_API_KEY",),
    "openai_base_url": ("OPENAI_BASE_URL",),
    "anthropic_api_key": ("ANTHROPIC_API_KEY",),
    "anthropic_base_url": ("ANTHROPIC_BASE_URL",),
    "google_api_key": ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
    "google_base_url": ("GOOGLE_GEMINI_BASE_URL",),
}

EXAMPLES = {
    "engine": "openai",
    "model": "the vendor's name of a model",
    "fallback": "anthropic:MODEL,openai:MODEL",
    "openai_api_key": "the key from your account",
    "openai_base_url": "http://localhost:11434/v1",
    "anthropic_api_key": "the key from your account",
    "anthropic_base_url": "https://gateway.example.com",
    "google_api_key": "the key from your account",
    "google_base_url": "https://gateway.example.com",
    "model_prices": "openai:MODEL=0.25/2.00",
    "model_calls_at_once": "8",
    "model_requests_per_minute": "500",
    "model_tokens_per_minute": "200000",
    "model_seconds": "120",
    "model_summary": "on",
    "batches": "on",
    "batch_wait_minutes": "120",
    "budget_review_tokens": "60000",
    "budget_review_usd": "0.50",
    "budget_user_day_tokens": "3000000",
    "budget_user_day_usd": "20",
    "budget_day_usd": "200",
    "redact_schools": "on",
    "redact_pronouns": "on",
    "ai_service_url": "http://models.internal:8100",
    "ai_service_secret": "the output of `openssl rand -hex 32`",
}


def split_commas(value: object) -> object:
    """The parts of a comma list; anything else as it is."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _off_is_none(value: object) -> object:
    return None if value == "off" else value


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


def _model_name(value: str) -> str:
    vendor, separator, model = value.partition(":")
    if vendor not in set(VENDORS) or not separator or not model:
        raise ValueError(f"{value!r} must be vendor:model with one of {', '.join(VENDORS)}")
    return value


def _price(value: str) -> str:
    model, separator, price = value.rpartition("=")
    try:
        amounts = [Decimal(amount) for amount in price.split("/")]
    except InvalidOperation:
        amounts = []
    if (
        not separator
        or len(amounts) != 2
        or not all(amount.is_finite() and amount >= 0 for amount in amounts)
    ):
        raise ValueError(f"{value!r} must be vendor:model=INPUT/OUTPUT in US dollars for a million tokens")
    _model_name(model)
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must begin with http:// or https://")
    return value.rstrip("/")


def _long_enough(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < 16:
        raise ValueError("needs at least 16 characters")
    return value


_Address = Annotated[str, AfterValidator(_web_address)]
_Key = Annotated[SecretStr | None, BeforeValidator(_empty_is_none)]
_Tokens = Annotated[Annotated[int, Field(ge=0)] | None, BeforeValidator(_off_is_none)]
_Dollars = Annotated[Annotated[Decimal, Field(ge=0)] | None, BeforeValidator(_off_is_none)]
_PerMinute = Annotated[Annotated[int, Field(ge=1)] | None, BeforeValidator(_off_is_none)]
_Names = Annotated[
    tuple[Annotated[str, AfterValidator(_model_name)], ...], NoDecode, BeforeValidator(split_commas)
]
_Prices = Annotated[
    tuple[Annotated[str, AfterValidator(_price)], ...], NoDecode, BeforeValidator(split_commas)
]


def _own_name(name: str) -> AliasChoices:
    return AliasChoices(name, *VENDOR_VARIABLES[name])


class ModelSettings(BaseSettings):
    """Budgets and paces hold for all workers together; `off` lifts one.

    Attributes:
        model: The vendor's name of the model; with `fake` it may be left out.
        fallback: `vendor:model`, asked in this order when the first gives no answer.
        model_prices: US dollars for a million tokens, in and out, of models whose price is not listed.
        model_seconds: For one agent's answer, retries, repair and fallback included.
        model_summary: A model writes the summary too, for one more call a review.
        batches: Reviews of bulk uploads go through the vendor's batches, at its lower price.
        batch_wait_minutes: So long such a review waits for its batch before it goes on with single calls.
        ai_service_url: Where `resume-review ai serve` answers; it judges in place of this machine's workers.
    """

    engine: Engine = Engine.RUBRIC
    model: Annotated[str | None, BeforeValidator(_empty_is_none)] = None
    fallback: _Names = ()
    openai_api_key: _Key = Field(default=None, validation_alias=_own_name("openai_api_key"))
    openai_base_url: _Address | None = Field(default=None, validation_alias=_own_name("openai_base_url"))
    anthropic_api_key: _Key = Field(default=None, validation_alias=_own_name("anthropic_api_key"))
    anthropic_base_url: _Address | None = Field(
        default=None, validation_alias=_own_name("anthropic_base_url")
    )
    google_api_key: _Key = Field(default=None, validation_alias=_own_name("google_api_key"))
    google_base_url: _Address | None = Field(default=None, validation_alias=_own_name("google_base_url"))
    model_prices: _Prices = ()
    model_calls_at_once: Annotated[int, Field(ge=1, le=1000)] = 8
    model_requests_per_minute: _PerMinute = None
    model_tokens_per_minute: _PerMinute = None
    model_seconds: Annotated[float, Field(gt=0, le=900)] = 120
    model_summary: Switch = Switch.OFF
    batches: Switch = Switch.OFF
    batch_wait_minutes: Annotated[float, Field(gt=0, le=1440)] = 120
    budget_review_tokens: _Tokens = 60_000
    budget_review_usd: _Dollars = Decimal("0.50")
    budget_user_day_tokens: _Tokens = 3_000_000
    budget_user_day_usd: _Dollars = Decimal(20)
    budget_day_usd: _Dollars = Decimal(200)
    redact_schools: Switch = Switch.ON
    redact_pronouns: Switch = Switch.ON
    ai_service_url: _Address | None = None
    ai_service_secret: Annotated[SecretStr, AfterValidator(_long_enough)] | None = None

    @property
    def models(self) -> tuple[str, ...]:
        """`vendor:model` in the order in which they are asked; empty where the rubric judges alone."""
        if self.engine is Engine.RUBRIC:
            return ()
        return (f"{self.engine}:{self.model or FAKE_MODEL}", *self.fallback)

    @property
    def prices(self) -> dict[str, tuple[Decimal, Decimal]]:
        """The configured prices by `vendor:model`."""
        split = (entry.rpartition("=") for entry in self.model_prices)
        amounts = ((model, price.partition("/")) for model, _, price in split)
        return {model: (Decimal(price[0]), Decimal(price[2])) for model, price in amounts}


def contradiction(settings: ModelSettings) -> tuple[str, str] | None:
    """The setting that does not fit the others and why; null when all fit."""
    if settings.ai_service_url is not None:
        if settings.engine is not Engine.RUBRIC:
            return "engine", "with AI_SERVICE_URL the service chooses the engine: set it there, unset it here"
        if settings.ai_service_secret is None:
            return "ai_service_secret", "the service at AI_SERVICE_URL wants the secret that it was given"
    if settings.batches is Switch.ON and settings.engine not in WITH_BATCHES:
        return (
            "batches",
            f"goes with the engines {' and '.join(WITH_BATCHES)} only, on the machine that asks them",
        )
    if settings.engine is Engine.RUBRIC:
        return ("fallback", "is asked after MODEL: set ENGINE and MODEL too") if settings.fallback else None
    if settings.model is None and settings.engine is not Engine.FAKE:
        return "model", f"engine {settings.engine} needs the name of a model"
    return None
