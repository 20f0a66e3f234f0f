"""`backup` and `restore` as an operator types them, on the embedded database."""

from collections.abc import Callable
from pathlib import Path

import pytest

from resume_review.cli.app import main

pytestmark = [pytest.mark.integration, pytest.mark.slow]

NOWHERE = "postgresql://nobody@127.0.0.1:1/none"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line; its exit code and what it said."""

    def run(data_dir: Path, *arguments: str, url: str = "") -> tuple[int, str, str]:
        monkeypatch.setenv("RESUME_REVIEW_DATA_DIR", str(data_dir))
        if url:
            monkeypatch.setenv("RESUME_REVIEW_DATABASE_URL", url)
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.timeout(300)
def test_from_one_machine_to_another(ran: Run, tmp_path: Path) -> None:
    old, new, archive = tmp_path / "old", tmp_path / "new", str(tmp_path / "backup.zip")
    assert ran(old, "admin", "create-user", "robin@agency.example")[0] == 0
    (old / "secret.key").write_text("5" * 64)

    saved = ran(old, "backup", "--to", archive)
    verified = ran(new, "backup", "--verify", archive)
    code, said, complaint = ran(new, "restore", archive)
    again = ran(new, "restore", archive)

    assert (saved[0], saved[2]) == (0, "")
    assert verified == saved
    assert (code, complaint) == (0, "")
    assert "Erasures after" in said
    assert "The generated secret was put back." in said
    assert (new / "secret.key").read_text() == "5" * 64
    assert ran(new, "admin", "reset-password", "robin@agency.example")[0] == 0
    assert (again[0], "--replace" in again[2]) == (2, True)
    assert ran(new, "restore", "--only-erasures")[1] == "Erased again: 0 people.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["backup"], "ne of the arguments --to --verify is required"),
        (["restore"], "ne of the arguments archive --only-erasures is required"),
        (["backup", "--verify", "/nowhere.zip"], "cannot be read (No such file or directory)"),
        (["restore", "/nowhere.zip"], "cannot be read (No such file or directory)"),
    ],
)
def test_what_is_wrong_is_one_line(ran: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    code, _, complaint = ran(tmp_path, *arguments, url=NOWHERE)

    assert (code, len(complaint.splitlines())) == (2, 1)
    assert said in complaint


def test_a_database_that_is_away_is_one_line(ran: Run, tmp_path: Path) -> None:
    code, _, complaint = ran(tmp_path, "backup", "--to", str(tmp_path), url=NOWHERE)

    assert (code, len(complaint.splitlines())) == (2, 1)
    assert "RESUME_REVIEW_DATABASE_URL: the database does not answer" in complaint
    assert list(tmp_path.glob("*.zip")) == []
