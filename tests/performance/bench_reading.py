"""How well and how fast resumes are read, beside the libraries that read best.

Errors, so that less is better throughout: words missed or invented, long phrases torn apart, order lost.
`make bench CORPUS=folder` reads a corpus on disk instead of the generated one. Libraries that are not installed
(`uv sync --group bench`) are left out.
"""

import difflib
import importlib.util
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import reading_corpus
from harness import Measurement
from reading_corpus import Resume

from resume_review.documents import read_document

Tool = Callable[[bytes], str]
_LONG_PHRASE = 5  # words
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")


def ours(data: bytes) -> str:
    return read_document(data, "cv.pdf").text


def drawing_order(data: bytes) -> str:
    file: Any = pypdfium2.PdfDocument(data)
    with file:
        return "\n".join(page.get_textpage().get_text_range() for page in file)


def pdf_oxide(data: bytes) -> str:
    library: Any = importlib.import_module("pdf_oxide")
    file = library.PdfDocument.from_bytes(data)
    return "\n".join(file.extract_text(number) for number in range(file.page_count()))


def liteparse(data: bytes) -> str:
    return str(_liteparse().parse(data).text)


@cache
def _liteparse() -> Any:
    library: Any = importlib.import_module("liteparse")
    return library.LiteParse(output_format="markdown", ocr_enabled=False, quiet=True)


BASELINES: dict[str, tuple[str, Tool]] = {
    "pypdfium2": ("pypdfium2", drawing_order),
    "pdf_oxide": ("pdf_oxide", pdf_oxide),
    "liteparse markdown": ("liteparse", liteparse),
}


@cache
def corpus() -> list[Resume]:
    folder = os.environ.get("BENCH_CORPUS")
    found = reading_corpus.stored(Path(folder)) if folder else reading_corpus.generated()
    if not found:
        message = "no resumes to read: install a font (fonts-dejavu-core) or name a corpus, make bench CORPUS=folder"
        raise RuntimeError(message)
    return found


@cache
def read(tool: Tool) -> list[tuple[Resume, str]]:
    return [(resume, tool(resume.data)) for resume in corpus()]


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())


def squashed(text: str) -> str:
    return "".join(tokens(text))


def mean(values: list[float]) -> float:
    return 100 * sum(values) / len(values) if values else 0.0


def words_wrong(tool: Tool) -> float:
    """100 less the F1 of the words, in percent."""
    shares: list[float] = []
    for resume, text in read(tool):
        wanted, got = Counter(tokens(" ".join(resume.units))), Counter(tokens(text))
        shares.append(1 - 2 * (wanted & got).total() / max(1, wanted.total() + got.total()))
    return mean(shares)


def phrases_broken(tool: Tool) -> float:
    return mean(
        [
            float(squashed(unit) not in squashed(text))
            for resume, text in read(tool)
            for unit in resume.units
            if len(tokens(unit)) >= _LONG_PHRASE
        ]
    )


def order_lost(tool: Tool) -> float:
    """Words that stand in another order than in the truth, in percent."""
    shares: list[float] = []
    for resume, text in read(tool):
        wanted, got = tokens(" ".join(resume.units)), tokens(text)
        shares.append(1 - difflib.SequenceMatcher(None, wanted, got, autojunk=False).ratio())
    return mean(shares)


def milliseconds(tool: Tool) -> float:
    """Processor time a file, all threads."""
    started = time.process_time()
    for resume in corpus():
        tool(resume.data)
    return 1000 * (time.process_time() - started) / len(corpus())


QUALITY = [("words wrong", words_wrong, 0.3), ("long phrases broken", phrases_broken, 0.2), ("order lost", order_lost, 1.5)]  # fmt: skip


def _measurements() -> list[Measurement]:
    found: list[Measurement] = []
    for name, (module, tool) in BASELINES.items():
        if importlib.util.find_spec(module) is None:
            print(
                f"{module} is not installed, so reading is not compared with it: uv sync --group bench",
                file=sys.stderr,
            )
            continue
        found += [
            Measurement(
                name=f"reading: {what}", unit="%", measure=lambda grade=grade: grade(ours), baseline_name=name,
                measure_baseline=lambda grade=grade, tool=tool: grade(tool), goal=goal, rounds=1,
            )
            for what, grade, goal in QUALITY
        ]  # fmt: skip
        found.append(
            Measurement(
                name="reading: CPU a file", unit="ms", measure=lambda: milliseconds(ours), baseline_name=name,
                measure_baseline=lambda tool=tool: milliseconds(tool), goal=15, rounds=3,
            )
        )  # fmt: skip
    return found


MEASUREMENTS = _measurements()
