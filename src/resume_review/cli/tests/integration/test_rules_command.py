"""`rules` and `packs`: what is looked for, and whether an own pack is sound."""

import json
from pathlib import Path

import pytest

from resume_review.cli.app import main
from resume_review.rubric import INDUSTRIES
from resume_review.rubric.registry import all_checks

pytestmark = pytest.mark.integration


def test_rules_lists_every_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0

    listed = capsys.readouterr().out
    assert all(f"  {check.id}  " in listed for check in all_checks())


@pytest.mark.parametrize(("language", "word"), [("en", "Why: "), ("ja", "理由: ")])
def test_rule_is_explained(capsys: pytest.CaptureFixture[str], language: str, word: str) -> None:
    assert main(["rules", "con01", "--language", language]) == 0

    shown = capsys.readouterr().out
    assert shown.startswith("CON01  ")
    assert word in shown


def test_rules_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "TON", "--format", "json"]) == 0

    entries = json.loads(capsys.readouterr().out)
    assert {entry["category"] for entry in entries} == {"tone"}


def test_unknown_rule_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "CON99"]) == 2

    assert "Did you mean CON" in capsys.readouterr().err


def test_packs_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "list"]) == 0

    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(INDUSTRIES)


def test_pack_shown_as_yaml_is_sound_and_usable(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, resume: Path
) -> None:
    main(["packs", "show", "ma_finance", "--format", "yaml"])
    own = tmp_path / "ours.yaml"
    own.write_text(capsys.readouterr().out, encoding="utf-8")

    assert main(["packs", "check", str(own)]) == 0
    capsys.readouterr()
    assert main(["review", str(resume), "--pack", str(own), "--format", "json"]) == 0
    assert "sha256:" in json.loads(capsys.readouterr().out)["receipt"]["pack"]


def test_faults_of_a_pack_are_named_with_their_lines(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text("industry: x\nversion: 1\ncolour: red\n", encoding="utf-8")

    assert main(["packs", "check", str(own)]) == 2

    complaint = capsys.readouterr().err
    assert f"{own}, line 2: " in complaint
    assert f"{own}, line 3: `colour` is not known" in complaint


def test_pack_without_a_name_says_what_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "show"]) == 2

    assert "packs show NAME" in capsys.readouterr().err


def test_broken_pack_stops_a_review(capsys: pytest.CaptureFixture[str], tmp_path: Path, resume: Path) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text("industry: [", encoding="utf-8")

    assert main(["review", str(resume), "--pack", str(own)]) == 2

    assert "not readable as YAML" in capsys.readouterr().err


def test_configuration_is_followed_and_shown_in_the_receipt(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, resume: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[ignore]\nCON = "only structure today"\n[severity]\nAPL01 = "high"\n')
    monkeypatch.setenv("RESUME_REVIEW_CONFIG", str(config))

    assert main(["review", str(resume), "--format", "json"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert not [finding for finding in answer["findings"] if finding["check"].startswith("CON")]
    assert answer["receipt"]["settings"] == ["ignore CON: only structure today", "severity APL01 = 5"]


def test_unknown_check_in_the_configuration_is_an_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, resume: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[severity]\nABC01 = "high"\n')
    monkeypatch.setenv("RESUME_REVIEW_CONFIG", str(config))

    assert main(["review", str(resume)]) == 2

    assert "No check is called 'ABC01'" in capsys.readouterr().err


def test_explain_names_what_each_check_cost(capsys: pytest.CaptureFixture[str], resume: Path) -> None:
    assert main(["review", str(resume), "--explain"]) == 0

    assert "How the scores came about" in capsys.readouterr().out


def test_sarif_is_written(capsys: pytest.CaptureFixture[str], resume: Path) -> None:
    assert main(["review", str(resume), "--format", "sarif"]) == 0

    assert json.loads(capsys.readouterr().out)["version"] == "2.1.0"


def test_html_report_of_a_pdf_holds_its_pages(sample_pdf: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"

    assert main(["review", str(sample_pdf), "--output", str(target)]) == 0

    page = target.read_text(encoding="utf-8")
    assert page.count('<figure class="sheet"') == 2
    assert 'src="data:image/' in page
    assert 'class="mark ' in page


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_job_advert_is_compared_in_every_report(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, sample_pdf: Path, form: str
) -> None:
    advert = tmp_path / "advert.txt"
    advert.write_text(
        "Requirements:\n- SQL\n- Haskell programming in production\n- operating model design\n" * 2
    )

    assert main(["review", str(sample_pdf), "--job", str(advert), "--format", form]) == 0

    assert "Against the job advert" in capsys.readouterr().out


def test_job_advert_that_is_missing_stops_the_review(
    capsys: pytest.CaptureFixture[str], resume: Path
) -> None:
    assert main(["review", str(resume), "--job", "gone.txt"]) == 2

    assert "gone.txt: there is no such file" in capsys.readouterr().err
