"""The program as a user starts it: real processes, real signals."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE_SECONDS = 100.0


def program(*arguments: str) -> list[str]:
    """The command line of the installed program, under this interpreter."""
    return [sys.executable, "-m", "resume_review.cli.app", *arguments]


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """This process's environment with the given settings and no others of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RESUME_REVIEW_")}
    named = {f"RESUME_REVIEW_{name}": value for name, value in settings.items()}
    return kept | {"RESUME_REVIEW_DATA_DIR": str(data_dir)} | named


class Process:
    """A started program whose standard output is read line by line; killed at the end if it still runs."""

    def __init__(self, command: Sequence[str], *, env: dict[str, str]) -> None:
        self.lines: list[str] = []
        self._arrived: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._errors: list[str] = []
        self._readers = [
            threading.Thread(target=self._read_output, daemon=True),
            threading.Thread(target=self._read_errors, daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    @property
    def errors(self) -> str:
        """What came on standard error so far."""
        return "".join(self._errors)

    def wait_for(self, pattern: str) -> re.Match[str]:
        """The first match of the pattern in a line of output.

        Raises:
            AssertionError: The program ended, or its patience did, without one.
        """
        for line in self._new_lines():
            if match := re.search(pattern, line):
                return match
        raise AssertionError(f"no {pattern!r} in {self.lines} / {self.errors[-2000:]}")

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send the signal and return the exit code."""
        self._process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """The exit code, once the program has ended and all its output was read."""
        code = self._process.wait(PATIENCE_SECONDS)
        for reader in self._readers:
            reader.join(PATIENCE_SECONDS)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        return code

    def kill(self) -> None:
        """Kill -9, and nothing else: what it had started lives on."""
        self._process.kill()
        self.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self.wait()
        except subprocess.TimeoutExpired:
            self.kill()

    def _new_lines(self) -> Iterator[str]:
        while True:
            try:
                line = self._arrived.get(timeout=PATIENCE_SECONDS)
            except queue.Empty:
                return
            if line is None:
                return
            self.lines.append(line)
            yield line

    def _read_output(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._arrived.put(line.rstrip("\n"))
        self._arrived.put(None)

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._errors.append(line)


class Server(Process):
    """`serve` on a free port, ready to answer."""

    def __init__(self, data_dir: Path, *arguments: str, **settings: str) -> None:
        env = environment(data_dir, PORT="0", **settings)
        super().__init__(program("serve", *arguments), env=env)
        try:
            self.address = self.wait_for(r"answers at (http://[^ ]+)").group(1)
        except AssertionError:
            self.kill()
            raise
        self.api = f"{self.address}/api/v1"
