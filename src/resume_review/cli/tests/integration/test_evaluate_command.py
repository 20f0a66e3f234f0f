import json
from collections.abc import Sequence

import pytest

from resume_review.cli.app import main
from resume_review.testing.model_server import model_server

pytestmark = pytest.mark.integration

SMALL = ("--subset", "2", "--repeats", "2")


def evaluate(*arguments: str) -> int:
    return main(["evaluate", *arguments])


def test_fit_model_ends_with_zero_and_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    code = evaluate("--model", "fake:rubric", *SMALL)

    shown = capsys.readouterr()
    assert code == 0
    assert "fit: every bar is taken" in shown.out
    assert "largest spread (SD)" in shown.out
    assert "cost: about $0.00" in shown.err


def test_unfit_model_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    code = evaluate("--model", "fake:rubric!waver", *SMALL)

    assert code == 1
    assert "FAILED" in capsys.readouterr().out


def test_json_holds_gates_and_nothing_else_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    evaluate("--model", "fake:rubric", "--format", "json", *SMALL)

    answer = json.loads(capsys.readouterr().out)
    assert answer["passed"] is True
    assert all(gate["passed"] for gate in answer["gates"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--model", "gpt-5"], "vendor:model"),
        (["--model", "fake:rubric", "--repeats", "1"], "from 2 to 50"),
        (["--model", "fake:rubric!bad_key", *SMALL], "gave no answer"),
        (["--model", "fake:rubric", "--price", "cheap"], "0.25/2.00"),
    ],
)
def test_what_cannot_be_tried_ends_with_two_and_one_line(
    arguments: Sequence[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = evaluate(*arguments)

    assert code == 2
    assert says in capsys.readouterr().err.splitlines()[-1]


def test_nothing_is_spent_without_a_yes(capsys: pytest.CaptureFixture[str]) -> None:
    code = evaluate("--model", "fake:rubric", "--price", "1/4", *SMALL)

    assert code == 2
    assert "--yes" in capsys.readouterr().err


def test_server_of_ones_own_is_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with model_server() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
        code = evaluate("--model", "openai:model-test", "--yes", "--subset", "1", "--repeats", "2")

    assert code in {0, 1}
    assert len(server.asked) > 50
    assert "100% answered by the model" in capsys.readouterr().out
