"""Reads a bullet in the language it is written in."""

from resume_review.rubric.quantities import Quantity
from resume_review.rubric.statements.english import read_english
from resume_review.rubric.statements.japanese import read_japanese
from resume_review.rubric.statements.model import Statement

LONGEST = 400
"""Characters of a bullet that are read; nothing that is longer is one bullet."""


def read_statement(body: str, start: int, quantities: tuple[Quantity, ...], *, japanese: bool) -> Statement:
    """The parts of a bullet.

    Args:
        body: Its text without the mark.
        start: Its place in the document.
        quantities: Its figures.
        japanese: The language it is written in; English otherwise.
    """
    read = read_japanese if japanese else read_english
    if len(body) > LONGEST:
        body = body[:LONGEST]
        quantities = tuple(each for each in quantities if each.end - start <= LONGEST)
    return read(body, start, quantities)
