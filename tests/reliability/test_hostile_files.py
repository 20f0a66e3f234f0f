"""Files made to hurt their reader: each gets an answer, within 512 MB and ten seconds, and the host stays as it was.

`pytest -m slow -s tests/reliability/test_hostile_files.py` prints what each one cost.
"""

import importlib.util
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Self

import pytest

from resume_review.documents import Document, Status
from resume_review.documents.isolation import IsolatedReader

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux how much memory is used"),
]

MOST_MEGABYTES = 512
# Ten seconds of reading, and the start of the child process.
MOST_SECONDS = 10 + 5
MOST_GROWTH_MEGABYTES = 40
PAUSE = 0.02


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        f"reliability_{name}", Path(__file__).with_name(f"{name}.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


hostile = load("hostile")


def megabytes(process: str, what: str) -> float:
    """A line of the process's status, 0 when it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{what}:")), 0.0)


def descendants(process: str) -> Iterator[str]:
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in children:
            yield child
            yield from descendants(child)


class Watch:
    """The most memory that the processes started by this one held at once, in MB."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._known = set(descendants("self"))
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _follow(self) -> None:
        while not self._done.wait(PAUSE):
            new = [child for child in descendants("self") if child not in self._known]
            self.peak = max(self.peak, sum(megabytes(child, "VmRSS") for child in new))
            # A single process remembers its own highest mark, between two looks too.
            self.peak = max([self.peak, *(megabytes(child, "VmHWM") for child in new)])


def read(name: str, data: bytes) -> tuple[Document, float, float, float]:
    """The answer, seconds, MB of the children, MB by which this process grew."""
    before = megabytes("self", "VmRSS")
    started = time.perf_counter()
    with Watch() as watch, IsolatedReader() as reader:
        document = reader.read(data, name)
        seconds = time.perf_counter() - started
    return document, seconds, watch.peak, megabytes("self", "VmRSS") - before


@pytest.mark.parametrize("name", hostile.FILES)
def test_hostile_file_costs_little(name: str) -> None:
    data = hostile.FILES[name]()

    document, seconds, peak, grown = read(name, data)

    print(f"{name:22} {len(data):>10} {document.status:18} {seconds:6.2f} s {peak:6.0f} MB {grown:+6.1f} MB")  # noqa: T201
    assert document.status is Status.OK or document.message
    assert peak <= MOST_MEGABYTES
    assert seconds <= MOST_SECONDS
    assert grown <= MOST_GROWTH_MEGABYTES
