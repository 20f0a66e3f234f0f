"""The parts of the terminal report that are asked for: how each score came about, what a job advert finds."""

from collections.abc import Iterable

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from resume_review.cli.reports import content
from resume_review.cli.reports.catalog import Catalog
from resume_review.rubric.model import Review, ScoreLine

SMALLEST = 0.05
"""Points; what costs less is counted among the checks without loss."""


def explanation(review: Review, words: Catalog) -> Iterable[RenderableType]:
    """Per score: the checks that cost points, dearest first, with weight, hits and what they were counted against."""
    by_score: dict[str, list[ScoreLine]] = {}
    for line in review.receipt.scores:
        by_score.setdefault(line.dimension, []).append(line)
    if not by_score:
        return
    yield _heading(words("section.explain"))
    yield Text(words("explain.limit"), style="dim")
    for dimension, lines in by_score.items():
        yield Text("")
        yield _score(words.name("score", dimension), lines, words)


def _heading(title: str) -> RenderableType:
    return Padding(Rule(Text(title, style="bold"), align="left", style="dim"), (1, 0, 0, 0))


def _score(title: str, lines: list[ScoreLine], words: Catalog) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim", expand=False)
    table.add_column(Text(title, style="bold not dim"), min_width=14)
    for name in ("weight", "hits", "of", "passed", "cost"):
        table.add_column(words(f"explain.{name}"), justify="right", no_wrap=True)
    dear = sorted(
        (line for line in lines if line.cost >= SMALLEST), key=lambda line: (-line.cost, line.check)
    )
    for line in dear:
        table.add_row(
            Text(content.clean(line.check)),
            f"{line.weight:g}",
            f"{line.hits:g}",
            f"{line.opportunities:g}",
            f"{line.passed:.0%}",
            Text(f"-{line.cost:.1f}", style="red"),
        )
    table.add_row(Text(words("explain.full", count=len(lines) - len(dear)), style="dim"))
    return table


def comparison(review: Review, words: Catalog) -> Iterable[RenderableType]:
    """The terms of a job advert, the missing ones first."""
    asked = content.advert(review, words)
    if asked is None:
        return
    yield _heading(words("section.job"))
    yield Text(words("job.coverage", percent=round(asked.coverage * 100)))
    for title, terms in asked.rows:
        yield Text.assemble((f"{title}: ", "dim"), ", ".join(terms))
