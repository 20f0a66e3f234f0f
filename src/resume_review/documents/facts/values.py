"""How a fact's words become its value."""

import re

from resume_review.documents.dates import PartialDate
from resume_review.documents.facts.phrases import Phrase
from resume_review.documents.model import Value

_WIDE_BREAK = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff])\n(?=[\u3040-\u30ff\u3400-\u9fff])")


def tidy(text: str) -> str:
    """One line: breaks and runs of spaces become one space."""
    return re.sub(r"\s+", " ", _WIDE_BREAK.sub("", text)).strip()


def iso(date: PartialDate | None) -> str | None:
    """`YYYY-MM` or `YYYY`."""
    return str(date) if date else None


def phrase_value(phrase: Phrase | None) -> str | None:
    """The words of a phrase."""
    return tidy(phrase.text) if phrase else None


def value(text: str, start: int, end: int, confidence: float) -> Value:
    """A fact read from `text[start:end]`."""
    return Value(value=tidy(text[start:end]), start=start, end=end, confidence=round(confidence, 2))
