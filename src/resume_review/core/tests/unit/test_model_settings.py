from decimal import Decimal

import pytest

from resume_review.core.errors import StartupError
from resume_review.core.settings import PREFIX, load_settings, reject_unknown_settings

pytestmark = pytest.mark.unit


def test_models_are_asked_in_the_order_of_model_and_fallback() -> None:
    settings = load_settings(engine="openai", model="gpt", fallback="anthropic:claude, fake:rubric")

    assert settings.models == ("openai:gpt", "anthropic:claude", "fake:rubric")


def test_the_rubric_asks_no_model() -> None:
    assert load_settings().models == ()


def test_keys_come_under_the_vendors_own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-one")
    monkeypatch.setenv("GEMINI_API_KEY", "two")
    settings = load_settings()

    assert settings.openai_api_key is not None
    assert settings.google_api_key is not None
    assert settings.openai_api_key.get_secret_value() == "sk-one"
    assert settings.google_api_key.get_secret_value() == "two"


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-one")

    assert "sk-one" not in repr(load_settings())


def test_a_key_under_our_prefix_is_refused() -> None:
    with pytest.raises(StartupError, match="no such setting"):
        reject_unknown_settings({f"{PREFIX}OPENAI_API_KEY": "sk-one"})


def test_prices_are_read_by_model_whose_name_may_hold_signs() -> None:
    settings = load_settings(model_prices="openai:org/m:7b=0.25/2.00,google:g=1/0")

    assert settings.prices == {
        "openai:org/m:7b": (Decimal("0.25"), Decimal("2.00")),
        "google:g": (Decimal(1), Decimal(0)),
    }


@pytest.mark.parametrize("name", ["BUDGET_DAY_USD", "BUDGET_REVIEW_TOKENS", "MODEL_REQUESTS_PER_MINUTE"])
def test_a_ceiling_can_be_lifted(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(PREFIX + name, "off")

    assert getattr(load_settings(), name.lower()) is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        (f"{PREFIX}FALLBACK", "gpt-5"),
        (f"{PREFIX}MODEL_PRICES", "openai:m=cheap"),
        (f"{PREFIX}MODEL_PRICES", "openai:m=1"),
        (f"{PREFIX}MODEL_PRICES", "openai:m=-1/2"),
        (f"{PREFIX}MODEL_CALLS_AT_ONCE", "0"),
        (f"{PREFIX}MODEL_REQUESTS_PER_MINUTE", "0"),
        (f"{PREFIX}MODEL_SECONDS", "0"),
        (f"{PREFIX}MODEL_SUMMARY", "yes"),
        (f"{PREFIX}BUDGET_DAY_USD", "-1"),
        (f"{PREFIX}BUDGET_USER_DAY_TOKENS", "many"),
        (f"{PREFIX}REDACT_SCHOOLS", "perhaps"),
        (f"{PREFIX}AI_SERVICE_URL", "models.internal"),
        (f"{PREFIX}AI_SERVICE_SECRET", "short"),
        ("OPENAI_BASE_URL", "localhost"),
        ("GOOGLE_GEMINI_BASE_URL", "ftp://x"),
    ],
)
def test_a_wrong_value_names_the_setting_and_an_example(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(StartupError) as raised:
        load_settings()

    assert raised.value.detail.startswith(f"{variable}: ")
    assert f"Example: {variable}=" in raised.value.detail


@pytest.mark.parametrize(
    ("given", "wish"),
    [
        ({"engine": "openai"}, "RESUME_REVIEW_MODEL: engine openai needs"),
        ({"fallback": "openai:m"}, "RESUME_REVIEW_FALLBACK: is asked after MODEL"),
        ({"ai_service_url": "http://x"}, "RESUME_REVIEW_AI_SERVICE_SECRET: the service"),
        (
            {"ai_service_url": "http://x", "ai_service_secret": "x" * 16, "engine": "fake"},
            "RESUME_REVIEW_ENGINE: with AI_SERVICE_URL",
        ),
    ],
)
def test_settings_that_contradict_each_other_are_told(given: dict[str, str], wish: str) -> None:
    with pytest.raises(StartupError, match=wish):
        load_settings(**given)
