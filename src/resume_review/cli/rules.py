"""`resume-review rules`: what is checked, why, and how it looks when it is wrong and right."""

import argparse
import sys
from collections.abc import Sequence
from enum import StrEnum

from resume_review.cli.output import as_json
from resume_review.cli.parsing import CommandError, Parser, choice
from resume_review.rubric.catalog import Catalog, Reference, load_catalog, load_reference, open_template
from resume_review.rubric.checks.base import Check
from resume_review.rubric.errors import UnknownCheckError
from resume_review.rubric.registry import all_checks, chosen_checks

_DESCRIPTION = """Show the checks: all with their names, or one with what it looks for, why, and examples."""
_EPILOG = """examples:
  resume-review rules
  resume-review rules CON01
  resume-review rules TON --language ja"""


class Format(StrEnum):
    """How checks are printed."""

    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    """The languages in which checks are explained."""

    ENGLISH = "en"
    JAPANESE = "ja"


def run(arguments: Sequence[str]) -> int:
    """Print the checks asked for."""
    options = _parser().parse_args(arguments)
    catalog = load_catalog(options.language)
    references = load_reference(options.language)
    try:
        checks = chosen_checks(options.checks) if options.checks else all_checks()
    except UnknownCheckError as error:
        raise CommandError(str(error)) from None
    if options.format is Format.JSON:
        entries = [as_data(check, catalog, references[check.id]) for check in checks]
        sys.stdout.buffer.write(as_json(entries, single=False))
        return 0
    if len(checks) == 1:
        sys.stdout.write(page(checks[0], catalog, references[checks[0].id]))
    else:
        sys.stdout.write(table(checks, catalog))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser("resume-review rules", description=_DESCRIPTION, epilog=_EPILOG)
    add = parser.add_argument
    add("checks", nargs="*", metavar="ID", help="ids or prefixes, such as CON01 or TON")
    add("--language", type=choice(Language), default=Language.ENGLISH, metavar="LANGUAGE", help="en or ja")
    add("--format", type=choice(Format), default=Format.TEXT, metavar="FORMAT", help="text (default) or json")
    return parser


def as_data(check: Check, catalog: Catalog, reference: Reference) -> dict[str, object]:
    """A check as data."""
    text = catalog.checks[check.id]
    return {
        "id": check.id,
        "title": text.title,
        "category": check.category,
        "severity": int(check.severity),
        "scored": check.weight > 0,
        "scores": list(check.dimensions),
        "languages": sorted(check.languages) if check.languages else None,
        "version": check.version,
        "what": reference.what,
        "why": reference.why,
        "source": reference.source,
        "suggestion": open_template(text.suggestion),
        "bad": reference.bad,
        "good": reference.good,
    }


def table(checks: Sequence[Check], catalog: Catalog) -> str:
    """One line a check, under the name of its category."""
    lines: list[str] = []
    for category in dict.fromkeys(check.category for check in checks):
        lines += ["", catalog.name("category", category)]
        for check in checks:
            if check.category is category:
                severity = catalog.name("severity", check.severity.name.lower())
                lines.append(f"  {check.id}  {catalog.checks[check.id].title}  ({severity})")
    return "\n".join(lines[1:]) + "\n"


def page(check: Check, catalog: Catalog, reference: Reference) -> str:
    """All about one check."""
    text = catalog.checks[check.id]
    rows = [
        ("rule_severity", catalog.name("severity", check.severity.name.lower())),
        ("rule_scope", scope(check, catalog)),
        ("rule_what", reference.what),
        ("rule_why", reference.why),
        ("rule_source", reference.source),
        ("rule_bad", reference.bad),
        ("rule_good", reference.good),
    ]
    body = [f"{catalog.name('rule', name)}: {value}" for name, value in rows]
    return "\n".join([f"{check.id}  {text.title}", "", *body]) + "\n"


def scope(check: Check, catalog: Catalog) -> str:
    """Which scores it counts in, and in resumes of which languages."""
    if check.weight and check.dimensions:
        scores = catalog.join([catalog.name("dimension", dimension) for dimension in check.dimensions])
    else:
        scores = catalog.name("rule", "rule_unscored")
    languages = catalog.name("rule", "rule_all_languages")
    if check.languages:
        languages = catalog.join([catalog.name("language", code) for code in sorted(check.languages)])
    return f"{scores} · {languages}"
