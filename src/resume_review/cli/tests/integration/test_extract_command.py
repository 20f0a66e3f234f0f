import json
from importlib.resources import files
from pathlib import Path

import pytest

from resume_review.cli.app import main

pytestmark = pytest.mark.integration


def test_one_file_is_one_document(resume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["extract", str(resume)])

    document = json.loads(capsys.readouterr().out)
    assert code == 0
    assert document["schema"] == "document/1"
    assert document["source"]["filename"] == "maya.md"
    assert "Cut invoice handling" in document["text"]


def test_several_files_are_an_array_in_argument_order(
    resume: Path, refused: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["extract", str(refused), str(resume)])

    documents = json.loads(capsys.readouterr().out)
    assert code == 2
    assert [document["source"]["filename"] for document in documents] == ["letter.pdf", "maya.md"]
    assert documents[0]["status"] != "ok"


def test_jsonl_is_a_line_for_each_file(
    resume: Path, refused: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["extract", "--format", "jsonl", str(refused), str(resume)])

    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["source"]["filename"] for line in lines] == ["letter.pdf", "maya.md"]


def test_text_is_the_text(resume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["extract", "--format", "text", str(resume)])

    assert capsys.readouterr().out.startswith("Maya Okafor\n")


def test_refused_file_is_explained_on_one_line(refused: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["extract", str(refused)])

    complaint = capsys.readouterr().err
    assert code == 2
    assert complaint.startswith(f"resume-review: {refused}: ")
    assert complaint.count("\n") == 1


def test_missing_file_does_not_stop_the_others(resume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["extract", "--format", "jsonl", "gone.pdf", str(resume)])

    captured = capsys.readouterr()
    assert code == 2
    assert "gone.pdf: there is no such file" in captured.err
    assert len(captured.out.splitlines()) == 1


def test_output_is_written_to_the_file(
    resume: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.json"

    code = main(["extract", str(resume), "--output", str(target)])

    assert code == 0
    assert capsys.readouterr().out == ""
    assert json.loads(target.read_bytes())["status"] == "ok"


def test_nothing_is_written_when_nothing_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.json"

    code = main(["extract", str(tmp_path / "gone.pdf"), "--output", str(target)])

    assert code == 2
    assert not target.exists()
    assert "no such file" in capsys.readouterr().err


def test_html_shows_the_page_with_what_was_read(tmp_path: Path) -> None:
    sample = Path(str(files("resume_review.samples") / "strategy_consultant_en.pdf"))
    target = tmp_path / "view.html"

    code = main(["extract", "--format", "html", str(sample), "--output", str(target)])

    view = target.read_text()
    assert code == 0
    assert 'href="data:image/webp;base64,' in view
    assert '<g class="word' in view


def test_html_of_a_refused_file_says_why(refused: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["extract", "--format", "html", str(refused)])

    assert code == 2
    assert "letter.pdf" in capsys.readouterr().out
