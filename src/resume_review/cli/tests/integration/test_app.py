import importlib.util
from pathlib import Path

import pytest

from resume_review.cli.app import COMMANDS, main

pytestmark = pytest.mark.integration


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--help"])

    text = capsys.readouterr().out
    assert code == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in text] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_its_module(name: str) -> None:
    assert importlib.util.find_spec(COMMANDS[name].module) is not None


@pytest.mark.parametrize("name", ["extract", "review", "version"])
def test_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([name, "--help"])

    assert code == 0
    assert f"usage: resume-review {name}" in capsys.readouterr().out


def test_no_command_shows_the_help_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    code = main([])

    assert code == 2
    assert "commands:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["reviw"], "did you mean 'review'?"),
        (["frobnicate"], "the commands are review, extract"),
        (["extract"], "FILE"),
        (["extract", "--format", "pdf", "x"], "'pdf' is not one of: json, jsonl, text, jsonresume"),
        (["extract", "--colour", "x"], "--colour"),
        (["review", "--fail-under", "200", "x"], "from 0 to 100"),
        (["review", "--language", "fr", "x"], "'fr' is not one of: en, ja"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(arguments)

    captured = capsys.readouterr()
    assert code == 2
    assert complaint in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_file_given_as_command_is_understood(resume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(resume)])

    assert f"to review the file: resume-review review {resume}" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--version"])

    assert capsys.readouterr().out.startswith("resume-review 0.")
