"""Writes the reference of the checks from the program.

Usage: write_checks.py [FILE], by default docs/reference/checks.md of this clone.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from resume_review.cli.rules import scope
from resume_review.rubric.catalog import load_catalog, load_reference
from resume_review.rubric.registry import all_checks

REFERENCE = Path(__file__).parents[1] / "docs" / "reference" / "checks.md"


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else REFERENCE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(_lines()) + "\n", encoding="utf-8")


def _lines() -> Iterator[str]:
    catalog, references = load_catalog("en"), load_reference()
    checks = all_checks()
    yield "# Checks"
    yield ""
    yield (
        f"The {len(checks)} checks of the rubric, written by `scripts/write_checks.py` from the program. "
        "`resume-review rules ID` shows one of them, in Japanese with `--language ja`."
    )
    yield ""
    yield "Leave checks out with `--ignore ID`, or for good in `~/.config/resume-review/config.toml`:"
    yield ""
    yield from (
        "```toml",
        "[ignore]",
        'TON08 = "our clients accept both spellings"',
        "",
        "[severity]",
        'CON02 = "medium"',
        "```",
    )
    for category in dict.fromkeys(check.category for check in checks):
        yield ""
        yield f"## {catalog.name('category', category)}"
        for check in (each for each in checks if each.category is category):
            reference = references[check.id]
            severity = catalog.name("severity", check.severity.name.lower())
            yield ""
            yield f"### {check.id} {catalog.checks[check.id].title}"
            yield ""
            yield f"{reference.what} {reference.why}"
            yield ""
            yield f"- Severity: {severity}. Counts in: {scope(check, catalog)}."
            yield f"- Source: {reference.source}"
            yield f"- Bad: {reference.bad}"
            yield f"- Good: {reference.good}"


if __name__ == "__main__":
    main()
