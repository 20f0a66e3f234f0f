import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from resume_review.documents import Limits, Status, read_document
from resume_review.documents.isolation import CalledOffError, CallOff, IsolatedReader

pytestmark = pytest.mark.integration

RESUME = ("Jane Doe\njane@example.com\nExperience\n" + "Led a team of four people.\n" * 10).encode()
# Each program is a real child that answers well unless the file tells it to misbehave.
MISBEHAVING = """
import os, time
from resume_review.documents.child import main
from resume_review.documents.pipeline import extract

def read(data, filename, limits):
    if b"{trigger}" in data:
        {deed}
    return extract(data, filename, limits)

main(read=read)
"""
DEEDS = {
    "hangs": ("time.sleep(600)", Status.TIMEOUT),
    "is killed": ("os.kill(os.getpid(), 9)", Status.TOO_LARGE),
    "leaves": ("os._exit(7)", Status.MALFORMED),
    "talks nonsense": ("os.write(3, bytes(8)); os._exit(0)", Status.MALFORMED),
}


def program(deed: str) -> tuple[str, str]:
    return "-c", MISBEHAVING.format(trigger="TRIGGER", deed=deed)


@pytest.mark.parametrize("case", DEEDS)
def test_a_child_that_misbehaves_gives_a_status(case: str) -> None:
    deed, status = DEEDS[case]

    with IsolatedReader(program=program(deed), limits=Limits(seconds=1.0)) as reader:
        reader.read(RESUME, "warm.txt")
        document = reader.read(b"TRIGGER " + RESUME, "cv.txt")

    assert document.status is status


def test_the_child_is_replaced_after_it_died() -> None:
    with IsolatedReader(program=program("os._exit(7)")) as reader:
        reader.read(b"TRIGGER", "cv.txt")
        document = reader.read(RESUME, "cv.txt")

    assert document.status is Status.OK


def test_a_child_that_takes_all_memory_is_stopped() -> None:
    limits = Limits(memory_bytes=256 * 1024 * 1024)

    with IsolatedReader(program=("-c", BALLOON), limits=limits) as reader:
        document = reader.read(RESUME, "cv.txt")

    assert document.status is Status.TOO_LARGE


BALLOON = """
from resume_review.documents import pipeline
from resume_review.documents.child import main

def balloon(*args, **kwargs):
    return bytearray(2_000_000_000)

pipeline.read_format = balloon
main()
"""


def test_a_child_reads_what_the_parent_would_read() -> None:
    with IsolatedReader() as reader:
        document = reader.read(RESUME, "cv.txt")

    here = read_document(RESUME, "cv.txt")
    assert (document.text, document.fields, document.source) == (here.text, here.fields, here.source)


def test_many_threads_share_a_few_children() -> None:
    with IsolatedReader(children=2) as reader, ThreadPoolExecutor(8) as threads:
        names = [f"{n}.txt" for n in range(16)]
        documents = list(threads.map(reader.read, [RESUME] * len(names), names))

    assert [document.source.filename for document in documents] == names


def test_a_closed_reader_reads_nothing_more() -> None:
    reader = IsolatedReader()
    reader.close()

    with pytest.raises(RuntimeError):
        reader.read(RESUME, "cv.txt")


def test_a_file_over_the_limit_never_reaches_a_child() -> None:
    with IsolatedReader(program=("-c", "raise SystemExit"), limits=Limits(file_bytes=10)) as reader:
        document = reader.read(RESUME, "cv.txt")

    assert document.status is Status.TOO_LARGE


def test_the_child_sees_no_secrets_of_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESUME_REVIEW_SECRET_KEY", "secret")
    leave_if_seen = "os._exit(7) if 'RESUME_REVIEW_SECRET_KEY' in os.environ else None"

    with IsolatedReader(program=program(leave_if_seen)) as reader:
        document = reader.read(b"TRIGGER " + RESUME, "cv.txt")

    assert document.status is Status.OK


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="asks Linux which processes there are")
def test_a_program_that_the_child_started_ends_with_it(tmp_path: Path) -> None:
    # A folder named after the process: the child may not write files.
    deed = f"p = __import__('subprocess').Popen(['sleep', '60']); os.mkdir(f'{tmp_path}/{{p.pid}}'); time.sleep(60)"

    with IsolatedReader(program=program(deed), limits=Limits(seconds=1.0)) as reader:
        reader.read(RESUME, "warm.txt")
        document = reader.read(b"TRIGGER " + RESUME, "cv.txt")

    (started,) = tmp_path.iterdir()
    assert document.status is Status.TIMEOUT
    assert not has_process(int(started.name))


def has_process(pid: int) -> bool:
    """Whether it still runs; one that has ended may wait for its parent to notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_reading_that_is_called_off_ends_at_once_and_the_next_file_is_read() -> None:
    call_off = CallOff()
    with IsolatedReader(program=program("time.sleep(600)")) as reader, ThreadPoolExecutor(1) as threads:
        reader.read(RESUME, "warm.txt")
        reading = threads.submit(reader.read, b"TRIGGER " + RESUME, "cv.txt", call_off=call_off)
        while reading.running() is False:
            time.sleep(0.01)
        call_off()
        with pytest.raises(CalledOffError):
            reading.result()
        document = reader.read(RESUME, "cv.txt")

    assert document.status is Status.OK


def test_whoever_waits_for_a_free_child_can_be_called_off() -> None:
    first, second = CallOff(), CallOff()
    with IsolatedReader(program=program("time.sleep(600)")) as reader, ThreadPoolExecutor(2) as threads:
        reader.read(RESUME, "warm.txt")
        busy = threads.submit(reader.read, b"TRIGGER " + RESUME, "cv.txt", call_off=first)
        while not busy.running():
            time.sleep(0.01)
        waiting = threads.submit(reader.read, RESUME, "cv.txt", call_off=second)
        second()
        with pytest.raises(CalledOffError):
            waiting.result()
        first()
        with pytest.raises(CalledOffError):
            busy.result()


def test_calling_off_what_is_done_changes_nothing() -> None:
    call_off = CallOff()
    with IsolatedReader() as reader:
        reader.read(RESUME, "cv.txt", call_off=call_off)
        call_off()
        document = reader.read(RESUME, "cv.txt")

    assert document.status is Status.OK


def test_a_child_that_asks_for_time_gets_more() -> None:
    deed = "from resume_review.documents.patience import ask_for_time; ask_for_time(); time.sleep(1.5)"

    with IsolatedReader(program=program(deed), limits=Limits(seconds=0.8)) as reader:
        reader.read(RESUME, "warm.txt")
        document = reader.read(b"TRIGGER " + RESUME, "cv.txt")

    assert document.status is Status.OK
