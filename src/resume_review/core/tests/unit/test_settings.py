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
        ("STORAGE_URL", "file://relative/files"),
        ("STORAGE_URL", "s3:///no-bucket"),
        ("STORAGE_URL", "s3://key:secret@bucket"),
        ("STORAGE_KEY", "11" * 31),
        ("STORAGE_KEY", "11" * 32 + ",short"),
        ("STORAGE_KEY", "zz" * 32),
        ("CLAMD", "localhost"),
        ("SCAN_REQUIRED", "perhaps"),
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


def test_a_wrong_storage_key_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}STORAGE_KEY", "hunter2")

    with pytest.raises(StartupError) as raised:
        load_settings()

    assert "hunter2" not in raised.value.detail


def test_a_scan_that_is_required_needs_a_scanner() -> None:
    with pytest.raises(StartupError, match=r"RESUME_REVIEW_CLAMD: SCAN_REQUIRED wants .*Example: ") as raised:
        load_settings(scan_required=True)

    assert "\n" not in raised.value.detail
    assert load_settings(scan_required=True, clamd="/run/clamd.sock").clamd == "/run/clamd.sock"


def test_storage_keys_keep_their_order() -> None:
    settings = load_settings(storage_key=f"{'11' * 32}, {'22' * 32}")

    assert settings.storage_keys == (b"\x11" * 32, b"\x22" * 32)


def test_a_folder_with_a_blank_in_its_name_is_found_by_its_address() -> None:
    assert load_settings(storage_url="file:///srv/our%20files").files_dir.name == "our files"


def test_lists_are_split_at_commas() -> None:
    settings = load_settings(cors_origins="https://a.example, https://b.example")

    assert settings.cors_origins == ("https://a.example", "https://b.example")


def test_an_unknown_setting_is_refused_with_the_likely_name() -> None:
    with pytest.raises(StartupError, match="Did you mean RESUME_REVIEW_WORKERS"):
        reject_unknown_settings({"RESUME_REVIEW_WORKER": "2", "PATH": "/bin"})


def test_known_settings_are_accepted() -> None:
    reject_unknown_settings({"RESUME_REVIEW_WORKERS": "2", "PATH": "/bin"})
