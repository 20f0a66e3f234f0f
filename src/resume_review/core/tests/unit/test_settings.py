import pytest

from resume_review.core.errors import StartupError
from resume_review.core.settings import PREFIX, load_settings, reject_unknown_settings

pytestmark = pytest.mark.unit


def test_a_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}PORT", "8123")

    assert load_settings().port == 8123


def test_an_override_wins_and_null_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}PORT", "8123")

    assert load_settings(port=9000).port == 9000
    assert load_settings(port=None).port == 8123


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eight"),
        ("PORT", "70000"),
        ("DATABASE_URL", "sqlite:///x.db"),
        ("REDIS_URL", "http://localhost:6379"),
        ("STORAGE_URL", "ftp://files"),
        ("WEBHOOK_NETWORKS", "intranet"),
        ("WEBHOOK_NETWORKS", "10.0.0.1/8"),
        ("SECRET_KEY", "short"),
        ("ENGINE", "oracle"),
        ("WORKERS", "-1"),
        ("RATE_LIMITS", "perhaps"),
        ("LANGUAGE", "fr"),
        ("MAX_UPLOAD_MB", "0"),
        ("DATA_DIR", "relative/path"),
    ],
)
def test_a_wrong_value_names_the_setting_and_an_example(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(PREFIX + name, value)

    with pytest.raises(StartupError) as raised:
        load_settings()

    assert raised.value.detail.startswith(PREFIX + name)
    assert f"Example: {PREFIX}{name}=" in raised.value.detail
    assert "\n" not in raised.value.detail


def test_a_wrong_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}SECRET_KEY", "hunter2")

    with pytest.raises(StartupError) as raised:
        load_settings()

    assert "hunter2" not in raised.value.detail


def test_lists_are_split_at_commas() -> None:
    settings = load_settings(cors_origins="https://a.example, https://b.example")

    assert settings.cors_origins == ("https://a.example", "https://b.example")


def test_an_unknown_setting_is_refused_with_the_likely_name() -> None:
    with pytest.raises(StartupError, match="Did you mean RESUME_REVIEW_WORKERS"):
        reject_unknown_settings({"RESUME_REVIEW_WORKER": "2", "PATH": "/bin"})


def test_known_settings_are_accepted() -> None:
    reject_unknown_settings({"RESUME_REVIEW_WORKERS": "2", "PATH": "/bin"})
