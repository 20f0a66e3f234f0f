"""What the rubric costs once it is loaded, and how well it finds planted faults."""

import time
from functools import cache

from harness import Measurement
from planted import TODAY, Proof, processors, prove, resumes, table
from planted_parts import long

from resume_review.documents import Document
from resume_review.documents.reader import read_document
from resume_review.rubric import review

RUNS = 10
TWO_PAGES = 900
"""Words."""


def _document(name: str) -> Document:
    text = resumes()[name]
    if name.startswith("en"):
        text = long(text, TWO_PAGES, 0).replace("[[", "").replace("]]", "")
    return read_document(text.encode(), "resume.md")


def _milliseconds(name: str) -> float:
    document = _document(name)
    review(document, industry="strategy_consulting", review_date=TODAY)
    started = time.process_time()
    for _ in range(RUNS):
        review(document, industry="strategy_consulting", review_date=TODAY)
    return 1000 * (time.process_time() - started) / RUNS


def _split_words() -> float:
    """The baseline: counting the words of the same text."""
    text = _document("en_strategy_manager").text
    started = time.process_time()
    for _ in range(RUNS):
        sum(1 for word in text.split() if word.isalpha())
    return max(0.001, 1000 * (time.process_time() - started) / RUNS)


@cache
def _proof() -> Proof:
    """All faults in all looks; prints what became of them."""
    proof = prove(workers=processors())
    print(table(proof))
    return proof


def _blind() -> float:
    return float(sum(bool(tally.blind()) for tally in _proof().tallies.values()))


MEASUREMENTS = [
    Measurement(
        name="rubric, two pages in English", unit="ms", measure=lambda: _milliseconds("en_strategy_manager"),
        baseline_name="counting its words", measure_baseline=_split_words, goal=10,
    ),
    Measurement(
        name="rubric, a page in Japanese", unit="ms", measure=lambda: _milliseconds("ja_si_consultant"),
        baseline_name="counting the words of the English one", measure_baseline=_split_words, goal=20,
    ),
    Measurement(
        name="planted faults that are missed", unit="%", measure=lambda: 100 * (1 - _proof().recall),
        baseline_name="finding nothing", measure_baseline=lambda: 100.0, goal=5, rounds=1,
    ),
    Measurement(
        name="findings that are wrong", unit="%", measure=lambda: 100 * (1 - _proof().precision),
        baseline_name="nothing right", measure_baseline=lambda: 100.0, goal=5, rounds=1,
    ),
    Measurement(
        name="checks that are blind in a look or language", unit="checks", measure=_blind,
        baseline_name="all", measure_baseline=lambda: float(len(_proof().tallies)), goal=0, rounds=1,
    ),
    Measurement(
        name="grave wrong findings on clean resumes", unit="a page",
        measure=lambda: len(_proof().grave) / _proof().pages,
        baseline_name="the bar", measure_baseline=lambda: 1.0, goal=1, rounds=1,
    ),
]  # fmt: skip
