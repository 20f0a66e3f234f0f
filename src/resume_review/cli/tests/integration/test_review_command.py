import json
from pathlib import Path

import msgspec
import pytest

from resume_review.cli.app import main
from resume_review.rubric.model import Review
from resume_review.testing.resumes import MARKDOWN

pytestmark = pytest.mark.integration


def test_one_file_is_one_review(resume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["review", str(resume), "--format", "json", "--industry", "strategy_consulting"])

    review = msgspec.json.decode(capsys.readouterr().out, type=Review)
    assert code == 0
    assert review.industry == "strategy_consulting"
    assert review.scores.overall is not None


def test_several_files_are_an_array_and_refused_ones_have_their_entry(
    resume: Path, refused: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["review", str(refused), str(resume), "--format", "json"])

    reviews = json.loads(capsys.readouterr().out)
    assert code == 2
    assert [review["document"]["filename"] for review in reviews] == ["letter.pdf", "maya.md"]
    assert reviews[0]["scores"]["overall"] is None


def test_jsonl_is_a_line_for_each_file(
    resume: Path, refused: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["review", str(refused), str(resume), "--format", "jsonl"])

    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["document"]["filename"] for line in lines] == ["letter.pdf", "maya.md"]


def test_text_shows_the_quoted_line(resume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["review", str(resume), "--all"])

    text = capsys.readouterr().out
    assert code == 0
    assert "«Responsible for»" in text


def test_several_reports_end_with_an_overview(resume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["review", str(resume), str(resume)])

    text = capsys.readouterr().out
    assert text.count("Resume review") == 2
    assert "Overview" in text


def test_japanese_labels(resume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["review", str(resume), "--language", "ja"])

    assert "職務経歴書レビュー" in capsys.readouterr().out


def test_language_setting_is_the_default(
    resume: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESUME_REVIEW_LANGUAGE", "ja")

    main(["review", str(resume), "--format", "json"])

    assert json.loads(capsys.readouterr().out)["receipt"]["language"] == "ja"


def test_wrong_language_setting_is_named(
    resume: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESUME_REVIEW_LANGUAGE", "fr")

    code = main(["review", str(resume)])

    assert code == 2
    assert "RESUME_REVIEW_LANGUAGE='fr' is not en or ja" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "start"), [("r.html", "<!doctype html>"), ("r.md", "# maya.md"), ("r.json", "{"), ("r.txt", "╭")]
)
def test_ending_of_the_output_chooses_the_format(resume: Path, tmp_path: Path, name: str, start: str) -> None:
    code = main(["review", str(resume), "--output", str(tmp_path / name)])

    assert code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize(("bar", "code"), [("0", 0), ("100", 1)])
def test_bar_decides_the_exit_code(
    resume: Path, capsys: pytest.CaptureFixture[str], *, bar: str, code: int
) -> None:
    assert main(["review", str(resume), "--format", "json", "--fail-under", bar]) == code
    assert (f"under the bar of {bar}" in capsys.readouterr().err) is bool(code)


def test_unreadable_weighs_more_than_the_bar(resume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["review", str(resume), "gone.pdf", "--fail-under", "100"])

    assert code == 2
    assert capsys.readouterr().err.count("\n") == 2


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--industry", "bakery"], "strategy_consulting"),
        (["--select", "XYZ99"], "XYZ99"),
        (["--review-date", "soon"], "2026-11-21"),
    ],
)
def test_wrong_choice_is_named_before_anything_is_written(
    resume: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, arguments: list[str], complaint: str
) -> None:
    target = tmp_path / "out.html"

    code = main(["review", str(resume), "--output", str(target), *arguments])

    error = capsys.readouterr().err
    assert code == 2
    assert complaint in error
    assert error.count("\n") == 1
    assert not target.exists()


def test_ignored_check_is_not_reported(resume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["review", str(resume), "--format", "json", "--ignore", "CON01,TON"])

    checks = {finding["check"] for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert not {check for check in checks if check == "CON01" or check.startswith("TON")}


def test_same_date_gives_the_same_review(resume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["review", str(resume), "--format", "json", "--review-date", "2026-01-31"]
    main(arguments)
    first = json.loads(capsys.readouterr().out)
    main(arguments)

    second = json.loads(capsys.readouterr().out)

    assert first["receipt"]["review_date"] == "2026-01-31"
    for answer in (first, second):
        del answer["receipt"]["elapsed_ms"]
    assert first == second


@pytest.mark.parametrize("form", ["text", "md", "html", "json", "jsonl", "sarif"])
@pytest.mark.parametrize("kind", ["comprehensive", "quick_scan", "ats_check"])
def test_every_type_of_review_can_be_printed_in_every_format(
    resume: Path, capsys: pytest.CaptureFixture[str], *, kind: str, form: str
) -> None:
    assert main(["review", str(resume), str(resume), "--type", kind, "--format", form]) == 0
    assert capsys.readouterr().out


def test_a_check_for_tracking_systems_has_their_score_alone(
    resume: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["review", str(resume), "--type", "ats_check", "--format", "json"])

    scores = json.loads(capsys.readouterr().out)["scores"]
    assert (scores["ats"] > 0, scores["overall"]) == (True, None)


def test_a_check_for_tracking_systems_is_headed_by_their_score(
    resume: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["review", str(resume), "--type", "ats_check", "--format", "md"])

    assert " out of 100 · ATS parse**" in capsys.readouterr().out


def test_the_bar_of_a_check_for_tracking_systems_is_on_their_score(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "damaged.md"
    damaged.write_text(
        MARKDOWN.replace("Northbridge", "North\ufffdbridge\ufffd\ufffd\ufffd"), encoding="utf-8"
    )
    arguments = ["review", str(damaged), "--type", "ats_check", "--format", "json", "--fail-under"]

    codes = [main([*arguments, bar]) for bar in ("0", "100")]

    assert codes == [0, 1]
    assert "under the bar of 100" in capsys.readouterr().err
