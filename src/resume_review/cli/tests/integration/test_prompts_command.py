"""`prompts`: what models are told, and whether a prompt of one's own would work."""

from pathlib import Path

import pytest
import yaml

from resume_review.ai_agents.prompts.loader import bundled, parse
from resume_review.ai_agents.prompts.model import Locale
from resume_review.ai_agents.prompts.writing import as_yaml
from resume_review.cli.app import main

pytestmark = pytest.mark.integration


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A later version of a bundled prompt."""
    data = bundled()["appeal_analysis", Locale.ENGLISH].as_data()
    data["metadata"]["version"] = "1.1.0"
    data["prompts"]["user"] += "\nMind the figures."
    path = tmp_path / "ours.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def test_prompts_are_listed_with_their_versions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prompts", "list"]) == 0

    rows = [line.split()[:4] for line in capsys.readouterr().out.splitlines()]
    assert {(name, locale) for name, locale, _, _ in rows} == set(bundled())
    assert {digest for *_, digest in rows} == {prompt.content_hash[:12] for prompt in bundled().values()}


@pytest.mark.parametrize("language", Locale)
def test_prompt_is_shown_in_its_language(capsys: pytest.CaptureFixture[str], language: Locale) -> None:
    assert main(["prompts", "show", "structure_analysis", "--language", language]) == 0

    shown = capsys.readouterr().out
    assert bundled()["structure_analysis", language].prompts.system.rstrip() in shown
    assert "resume_text: text; needed; fenced" in shown


def test_exported_prompt_is_the_same_prompt(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["prompts", "export", "appeal_analysis", "--language", "ja"]) == 0
    path = tmp_path / "same.yaml"
    path.write_text(capsys.readouterr().out, encoding="utf-8")

    assert main(["prompts", "check", str(path)]) == 0
    assert main(["prompts", "diff", str(path)]) == 0
    assert parse(path.read_text("utf-8")) == bundled()["appeal_analysis", Locale.JAPANESE]


def test_own_prompt_is_checked(capsys: pytest.CaptureFixture[str], own: Path) -> None:
    assert main(["prompts", "check", str(own)]) == 0

    assert "sound; appeal_analysis 1.1.0 (en)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("version: 1.1.0", "version: 1.0.0", "raise its version"),
        ("version: 1.1.0", "version: one", "must be a version"),
        ("Mind the figures.", "{{ mood }}", "not declared: mood"),
        ("Mind the figures.", "{{ resume_text }}", "write it once"),
        ("severity: 4", "severity: 9", "examples.1.answer.findings.0.severity"),
        ("schema: 1", "schema: [", "no YAML"),
    ],
)
def test_faults_are_named_with_the_file(
    capsys: pytest.CaptureFixture[str], own: Path, before: str, after: str, fault: str
) -> None:
    words = own.read_text("utf-8")
    assert before in words
    own.write_text(words.replace(before, after), encoding="utf-8")

    assert main(["prompts", "check", str(own)]) == 2

    said = capsys.readouterr().err
    assert str(own) in said
    assert fault in said


def test_one_faulty_file_of_several_decides(own: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("- list\n")

    assert main(["prompts", "check", str(tmp_path / "bad.yaml"), str(own)]) == 2


def test_difference_to_the_released_one_is_shown_alone(capsys: pytest.CaptureFixture[str], own: Path) -> None:
    assert main(["prompts", "diff", str(own)]) == 1

    shown = capsys.readouterr().out
    assert "+Mind the figures." in shown
    assert "system\n" not in shown
    assert "settings\n" not in shown


def test_prompts_of_an_industry_are_compared_with_the_general_one(
    capsys: pytest.CaptureFixture[str], own: Path
) -> None:
    words = own.read_text("utf-8").replace("name: appeal_analysis", "name: appeal_analysis:ma_finance")
    own.write_text(words, encoding="utf-8")

    assert main(["prompts", "diff", str(own)]) == 1
    assert "+Mind the figures." in capsys.readouterr().out


def test_all_prompts_are_written_as_prompty(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["prompts", "export", "--output", str(tmp_path), "--prompty"]) == 0

    written = capsys.readouterr().out.split()
    assert len(written) == len(bundled())
    for path in map(Path, written):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        head = yaml.safe_load(front)
        names = {one["name"] for one in head["inputs"]}
        assert head["template"]["format"]["kind"] == "jinja2"
        assert body.startswith("system:\n")
        assert "\n\nuser:\n" in body
        assert "fence." not in body
        untrusted = "findings" if "summary" in path.name else "resume_text"
        assert {"fence_opening", "fence_closing", untrusted} <= names
        assert f"{{{{ fence_opening }}}}\n{{{{ {untrusted} }}}}\n{{{{ fence_closing }}}}" in body


def test_yaml_of_every_prompt_reads_as_the_same(tmp_path: Path) -> None:
    assert main(["prompts", "export", "--output", str(tmp_path)]) == 0

    for prompt in bundled().values():
        assert parse(as_yaml(prompt)) == prompt
    assert len(list(tmp_path.glob("*.yaml"))) == len(bundled())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "prompts check FILE"),
        (["show", "poem"], "the prompts are appeal_analysis"),
        (["export"], "--output DIRECTORY"),
        (["export", "--output", "no/such/folder"], "not a directory"),
        (["diff", "a", "b", "c"], "one prompt or two"),
        (["sing"], "not one of: list, show, check, diff, export"),
    ],
)
def test_wrong_use_says_what_to_do(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["prompts", *arguments]) == 2

    assert words in capsys.readouterr().err
