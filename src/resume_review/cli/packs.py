"""`resume-review packs`: what each industry looks for, and whether a pack of one's own is sound."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from resume_review.cli.files import load
from resume_review.cli.output import warn
from resume_review.cli.parsing import CommandError, Parser, choice
from resume_review.rubric import INDUSTRIES, resolve_industry
from resume_review.rubric.catalog import Catalog, load_catalog
from resume_review.rubric.errors import PackError, UnknownIndustryError
from resume_review.rubric.model import Tier
from resume_review.rubric.packs import Pack, faults_of, load_pack, own_pack, pack_text

_DESCRIPTION = """Show what each industry looks for, or check a pack of your own before using it with
`resume-review review --pack FILE`."""
_EPILOG = """Exit code: 0 all is well, 2 a pack has faults.

examples:
  resume-review packs list
  resume-review packs show strategy_consulting
  resume-review packs show strategy_consulting --format yaml > ours.yaml
  resume-review packs check ours.yaml"""


class Action(StrEnum):
    """What to do."""

    LIST = "list"
    SHOW = "show"
    CHECK = "check"


class Format(StrEnum):
    """How a pack is shown."""

    TEXT = "text"
    YAML = "yaml"


class Language(StrEnum):
    """The languages packs have names in."""

    ENGLISH = "en"
    JAPANESE = "ja"


def run(arguments: Sequence[str]) -> int:
    """List, show or check packs."""
    options = _parser().parse_args(arguments)
    names: list[str] = options.names
    if options.action is Action.LIST:
        sys.stdout.write("\n".join(_overview(options.language)) + "\n")
        return 0
    if not names:
        wanted = "FILE" if options.action is Action.CHECK else "NAME"
        raise CommandError(f"name what to {options.action}: resume-review packs {options.action} {wanted}")
    if options.action is Action.CHECK:
        return max(_checked(Path(name)) for name in names)
    for name in names:
        sys.stdout.write(_shown(name, options.format, options.language))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser("resume-review packs", description=_DESCRIPTION, epilog=_EPILOG)
    add = parser.add_argument
    add("action", type=choice(Action), metavar="list|show|check")
    add("names", nargs="*", metavar="NAME|FILE")
    add("--language", type=choice(Language), default=Language.ENGLISH, metavar="LANGUAGE", help="en or ja")
    add("--format", type=choice(Format), default=Format.TEXT, metavar="FORMAT", help="text (default) or yaml")
    return parser


def read_pack(path: Path) -> tuple[Pack, str]:
    """A consultant's own pack, and its text.

    Raises:
        CommandError: It cannot be read or has faults; all of them are named.
    """
    text = _text(path)
    try:
        return own_pack(text, str(path)), text
    except PackError as error:
        raise CommandError(str(error)) from None


def _text(path: Path) -> str:
    try:
        return load(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(f"{path}: not UTF-8 text; save the pack as UTF-8") from None


def _overview(language: str) -> Iterator[str]:
    width = max(map(len, INDUSTRIES))
    for industry in INDUSTRIES:
        pack = load_pack(industry)
        skills = sum(len(group.skills) for group in pack.groups)
        label = f"{skills} skills, {len(pack.appeal_points)} appeal points"
        if language == "ja":
            label = f"スキル{skills}件、訴求点{len(pack.appeal_points)}件"
        yield f"{industry:<{width}}  {pack.label(language)} ({label})"


def _checked(path: Path) -> int:
    text = _text(path)
    faults = faults_of(text)
    for fault in faults:
        warn(f"{path}, line {fault.line}: {fault.problem}")
    if faults:
        return 2
    pack = own_pack(text, str(path))
    skills = sum(len(group.skills) for group in pack.groups)
    sys.stdout.write(f"{path}: sound; {skills} skills, {len(pack.appeal_points)} appeal points\n")
    return 0


def _shown(name: str, form: Format, language: str) -> str:
    try:
        industry = resolve_industry(name)
    except UnknownIndustryError as error:
        raise CommandError(str(error)) from None
    if form is Format.YAML:
        return pack_text(industry)
    return "\n".join(_page(load_pack(industry), load_catalog(language))) + "\n"


def _page(pack: Pack, catalog: Catalog) -> Iterator[str]:
    language = catalog.language
    yield f"{pack.label(language)} ({pack.industry} {pack.version})"
    for group in pack.groups:
        yield ""
        yield f"{group.label(language)} ({catalog.name('need', group.need)})"
        for skill in group.skills:
            core = " *" if skill.core else ""
            others = catalog.join([word for word in skill.words if word != skill.label(language)])
            yield f"  {skill.label(language)}{core}" + (f" = {others}" if others else "")
    yield ""
    yield catalog.name("pack", "points")
    for point in pack.appeal_points:
        yield f"  {point.label(language)}: {point.reason(language)}"
        yield f"    → {point.hint(language)}"
    yield ""
    yield catalog.name("pack", "expectations")
    for tier in Tier:
        expected = pack.expectations[tier]
        words = expected.looks_for_ja if language == "ja" else expected.looks_for
        figures = catalog.say(
            "pack_expectation",
            share=f"{expected.quantified_share:.0%}",
            leadership=expected.leadership,
            scope=expected.scope,
        )
        yield f"  {catalog.name('tier', tier)}: {words or figures} ({figures})"
