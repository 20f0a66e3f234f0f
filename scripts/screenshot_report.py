"""Draws the terminal report of a resume as an SVG for the README: takes the resume and the picture's path."""

import io
import re
import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from resume_review.cli.reports import catalog, terminal
from resume_review.documents import read_document
from resume_review.rubric import review

WIDTH = 96
REVIEW_DATE = date(2026, 11, 1)
# Rich's template loads a font from a public host; the picture must ask nobody for anything.
FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main(source: Path, target: Path, industry: str = "strategy_consulting") -> None:
    """Review the resume in English and write the picture."""
    document = read_document(source.read_bytes(), source.name)
    answer = review(document, industry=industry, language="en", review_date=REVIEW_DATE)
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(terminal.report(answer, catalog.load("en"), document=document, kinds=4))
    title = f"resume-review review {source.name} --industry {industry}"
    picture = FONT_FACE.sub("", console.export_svg(title=title, theme=MONOKAI, unique_id="review"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
