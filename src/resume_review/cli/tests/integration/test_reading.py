import os
import signal
import sys
from pathlib import Path

import msgspec
import pytest

from resume_review.cli.reading import read_files
from resume_review.documents import Document, Status
from resume_review.documents.limits import Limits

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(sys.platform == "win32", reason="children are forked where there is fork"),
]

LIMITS = Limits(seconds=0.5, memory_bytes=256 << 20)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    names = ["first.txt", "bad.txt", "last.txt"]
    for name in names:
        (tmp_path / name).write_text(name)
    return [tmp_path / name for name in names]


def test_documents_come_back_whole_and_in_order(files: list[Path], document: Document) -> None:
    def read(_data: bytes, name: str) -> Document:
        return msgspec.structs.replace(document, text=name)

    outcomes = list(read_files(files, read=read))

    assert [outcome.document for outcome in outcomes] == [
        msgspec.structs.replace(document, text=path.name) for path in files
    ]


def test_crash_costs_one_file(files: list[Path], document: Document) -> None:
    def read(_data: bytes, name: str) -> Document:
        if name == "bad.txt":
            os.kill(os.getpid(), signal.SIGSEGV)
        return document

    outcomes = list(read_files(files, limits=LIMITS, read=read))

    assert [outcome.document and outcome.document.status for outcome in outcomes] == ["ok", "malformed", "ok"]


def test_hang_costs_one_file_and_its_time(files: list[Path], document: Document) -> None:
    def read(_data: bytes, name: str) -> Document:
        while name == "bad.txt":
            signal.pause()
        return document

    outcomes = list(read_files(files, limits=LIMITS, read=read))

    assert [outcome.document and outcome.document.status for outcome in outcomes] == ["ok", "timeout", "ok"]


def test_memory_is_bounded(files: list[Path], document: Document) -> None:
    def read(_data: bytes, name: str) -> Document:
        if name == "bad.txt":
            bytearray(LIMITS.memory_bytes)
        return document

    outcomes = list(read_files(files, limits=LIMITS, read=read))

    assert [outcome.document and outcome.document.status for outcome in outcomes] == ["ok", "too_large", "ok"]


def test_refused_document_still_describes_the_file(files: list[Path]) -> None:
    def read(_data: bytes, _name: str) -> Document:
        os.abort()

    outcome = next(read_files(files[1:], limits=LIMITS, read=read))

    assert outcome.document is not None
    assert outcome.document.source.filename == "bad.txt"
    assert outcome.document.source.bytes == len("bad.txt")
    assert outcome.document.message


def test_fault_in_the_reader_names_its_place_and_no_content(files: list[Path], document: Document) -> None:
    def read(_data: bytes, name: str) -> Document:
        if name == "bad.txt":
            raise KeyError("words of the resume")
        return document

    outcomes = list(read_files(files, limits=LIMITS, read=read))

    failed = outcomes[1].document
    assert failed is not None
    assert failed.status is Status.MALFORMED
    assert "KeyError in test_reading.py, line" in failed.message
    assert "words of the resume" not in failed.message
    assert outcomes[2].document is not None


def test_missing_file_is_a_problem_and_the_others_are_read(files: list[Path], document: Document) -> None:
    files[1].unlink()

    outcomes = list(read_files(files, read=lambda _data, _name: document))

    assert [outcome.document is None for outcome in outcomes] == [False, True, False]
    assert "there is no such file" in (outcomes[1].problem or "")


def test_no_child_is_left_when_the_caller_stops_early(
    files: list[Path], document: Document, tmp_path: Path
) -> None:
    note = tmp_path / "pid"

    def read(_data: bytes, _name: str) -> Document:
        if not note.exists():  # a second write could be cut short by the end of the child
            note.write_text(str(os.getpid()))
        return document

    outcomes = read_files(files, read=read)
    next(outcomes)

    outcomes.close()

    with pytest.raises(ChildProcessError):
        os.waitpid(int(note.read_text()), os.WNOHANG)
