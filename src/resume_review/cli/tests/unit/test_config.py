"""Which checks an agency leaves out is read from files, and a wrong file says what is wrong."""

from pathlib import Path

import pytest

from resume_review.cli.config import SETTING, load_config
from resume_review.cli.parsing import CommandError

pytestmark = pytest.mark.unit


def written(folder: Path, text: str) -> dict[str, str]:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return {SETTING: str(path)}


def test_no_file_is_fine(tmp_path: Path) -> None:
    config = load_config({"XDG_CONFIG_HOME": str(tmp_path)})

    assert not config.ignore
    assert not config.severity


def test_reasons_and_severities_are_read(tmp_path: Path) -> None:
    text = '[ignore]\nton08 = "both spellings"\n[severity]\nCON02 = "high"\n'

    config = load_config(written(tmp_path, text))

    assert config.ignore == {"TON08": "both spellings"}
    assert config.severity == {"CON02": 5}


def test_own_file_is_found_without_a_setting(tmp_path: Path) -> None:
    folder = tmp_path / "resume-review"
    folder.mkdir()
    (folder / "config.toml").write_text('[ignore]\nTON01 = "why not"\n')

    assert load_config({"XDG_CONFIG_HOME": str(tmp_path)}).ignore == {"TON01": "why not"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[ignore]\nTON08 = ""\n', "TON08 needs a reason"),
        ("[ignore]\nTON08 = true\n", "TON08 needs a reason"),
        ('[severity]\nCON02 = "grave"\n', "not one of: info, low, medium, high"),
        ("[colour]\n", r"no table \[colour\]"),
        ("ignore = 3\n", r"\[ignore\] is a table"),
        ("[ignore\n", "not readable as TOML"),
    ],
)
def test_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    environment = written(tmp_path, text)

    with pytest.raises(CommandError, match=complaint):
        load_config(environment)


def test_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such file"):
        load_config({SETTING: str(tmp_path / "gone.toml")})
