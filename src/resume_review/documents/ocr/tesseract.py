"""The program `tesseract`: whether it is there, what it can read, and one run of it."""

import contextlib
import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from enum import StrEnum

from resume_review.documents.model import Status
from resume_review.documents.ocr.picture import Picture
from resume_review.documents.reading import UnreadableError

_ANSWERS_WITHIN = 10.0  # seconds, for questions about itself
_MOST_PROCESSOR_SECONDS = 60
_DIGIT_FREE = re.compile(r"[^0-9.]+")


class Model(StrEnum):
    """Trained models that reading resumes makes use of, by the names of their files."""

    ENGLISH = "eng"
    GERMAN = "deu"
    FRENCH = "fra"
    JAPANESE = "jpn"
    SCRIPTS = "osd"


class Deadline:
    """The moment when recognition must be done."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds, never less than a little: a run that gets no time fails by itself."""
        return max(0.05, self._at - time.monotonic())


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed Tesseract; `models` are those of ours that it has."""

    program: str
    version: str
    models: frozenset[Model]

    def recognise(self, picture: Picture, model: Model, deadline: Deadline) -> bytes:
        """The words of a picture as hOCR.

        Raises:
            UnreadableError: Out of time, or Tesseract gave up.
        """
        options = ["-c", "tessedit_create_hocr=1", "-c", "tessedit_create_txt=0"]
        return self._run(picture, ["-l", model, "--psm", "3", *options], deadline)

    def orientation(self, picture: Picture, deadline: Deadline) -> "Orientation | None":
        """Which way up the picture is and in which script; null where there is too little text to tell."""
        try:
            answer = self._run(picture, ["--psm", "0"], deadline).decode(errors="replace")
        except UnreadableError as error:
            if error.status == Status.TIMEOUT:
                raise
            return None
        found = dict(line.split(": ", 1) for line in answer.splitlines() if ": " in line)
        try:
            return Orientation(
                rotate=int(found["Rotate"]),
                sure=float(found["Orientation confidence"]),
                script=found["Script"],
            )
        except (KeyError, ValueError):
            return None

    def _run(self, picture: Picture, options: list[str], deadline: Deadline) -> bytes:
        command = [self.program, "stdin", "stdout", "--dpi", str(round(picture.dpi)), *options]
        with subprocess.Popen(  # noqa: S603 - the program found on PATH, its arguments are ours
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        ) as process:
            _bound(process.pid)
            try:
                answer, _ = process.communicate(picture.pgm(), timeout=deadline.left())
            except subprocess.TimeoutExpired:
                process.kill()
                raise UnreadableError(
                    Status.TIMEOUT,
                    "This is a scan, and recognising its text took too long. Upload the original PDF or DOCX file.",
                ) from None
        if process.returncode:
            raise UnreadableError(
                Status.INSUFFICIENT_TEXT,
                "This is a scan, and its text could not be recognised. Upload the original PDF or DOCX file.",
            )
        return answer


@dataclass(frozen=True, slots=True)
class Orientation:
    """Degrees to turn the picture clockwise until its text is upright, how sure that is, and the main script."""

    rotate: int
    sure: float
    script: str


def installed() -> Tesseract | None:
    """The Tesseract on PATH, if it answers and has a model of ours."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        version = _ask(program, "--version").split("\n", 1)[0]
        names = set(_ask(program, "--list-langs").split())
    except (OSError, subprocess.SubprocessError):
        return None
    models = frozenset(model for model in Model if model in names)
    if not models - {Model.SCRIPTS}:
        return None
    return Tesseract(program, _DIGIT_FREE.sub("", version).strip("."), models)


def _ask(program: str, question: str) -> str:
    answer = subprocess.run(  # noqa: S603 - see above
        [program, question],
        capture_output=True,
        check=True,
        timeout=_ANSWERS_WITHIN,
        env=_environment(),
    )
    return answer.stdout.decode(errors="replace")


def _environment() -> dict[str, str]:
    # One thread a run: pages are recognised side by side, and more threads for one page gain little.
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    return {**kept, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}


def _bound(process: int) -> None:
    """Let the system end a run that outlives us; its memory is bounded like ours, by inheritance."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import resource  # noqa: PLC0415 - not on every system

        # Gone already (OSError) or a system without it: the time limit stands.
        resource.prlimit(process, resource.RLIMIT_CPU, (_MOST_PROCESSOR_SECONDS, _MOST_PROCESSOR_SECONDS))
