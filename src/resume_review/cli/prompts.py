"""`resume-review prompts`: what models are told, and whether a prompt of one's own would work."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from resume_review.ai_agents.prompts.loader import PromptError, bundled, parse
from resume_review.ai_agents.prompts.model import Locale, Prompt, version_key
from resume_review.ai_agents.prompts.writing import as_prompty, as_yaml, differences
from resume_review.cli.files import load, store
from resume_review.cli.output import warn
from resume_review.cli.parsing import CommandError, Parser, choice

_DESCRIPTION = """Show the prompts of this release, or check one of your own before it is published. Works on files: what a
server has published is shown and changed under /admin/prompts of its API."""
_EPILOG = """Exit code: 0 all is well, 1 prompts differ (diff), 2 a prompt has faults.

examples:
  resume-review prompts list
  resume-review prompts export appeal_analysis > ours.yaml
  resume-review prompts check ours.yaml
  resume-review prompts diff ours.yaml
  resume-review prompts export --output prompts --prompty"""
_DIFFERENT = 1
_FAULTY = 2


class Action(StrEnum):
    """What to do."""

    LIST = "list"
    SHOW = "show"
    CHECK = "check"
    DIFF = "diff"
    EXPORT = "export"


def run(arguments: Sequence[str]) -> int:
    """List, show, check, compare or export prompts."""
    options = _parser().parse_args(arguments)
    names: list[str] = options.names
    action: Action = options.action
    match action:
        case Action.LIST:
            sys.stdout.write("\n".join(_overview()) + "\n")
            return 0
        case Action.SHOW:
            for name in _required(names, action, "NAME"):
                sys.stdout.write("\n".join(_page(_prompt(name, options.language))) + "\n")
            return 0
        case Action.CHECK:
            return max([_checked(Path(name)) for name in _required(names, action, "FILE")])
        case Action.DIFF:
            return _compared(_required(names, action, "FILE"), options.language)
        case Action.EXPORT:
            return _exported(names, options)


def _parser() -> argparse.ArgumentParser:
    parser = Parser("resume-review prompts", description=_DESCRIPTION, epilog=_EPILOG)
    add = parser.add_argument
    add("action", type=choice(Action), metavar="list|show|check|diff|export")
    add("names", nargs="*", metavar="NAME|FILE")
    add(
        "--language",
        type=choice(Locale),
        default=Locale.ENGLISH,
        metavar="LANGUAGE",
        help="of the prompt that NAME stands for: en (default) or ja",
    )
    add("--output", type=Path, metavar="DIRECTORY", help="export into files here instead of standard output")
    add("--prompty", action="store_true", help="export as Prompty 2, for other programs")
    return parser


def _required(names: list[str], action: Action, wanted: str) -> list[str]:
    if not names:
        raise CommandError(f"name what to {action}: resume-review prompts {action} {wanted}")
    return names


def _prompt(name: str, language: Locale) -> Prompt:
    """The bundled prompt of a name, or the one in a file."""
    known = bundled().get((name, language))
    if known is not None:
        return known
    if not Path(name).exists():
        names = ", ".join(sorted({known for known, _ in bundled()}))
        raise CommandError(f"{name}: neither a file nor a prompt; the prompts are {names}")
    return _read(Path(name))


def _read(path: Path) -> Prompt:
    try:
        return parse(load(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CommandError(f"{path}: not UTF-8 text; save the prompt as UTF-8") from None
    except PromptError as error:
        raise CommandError(f"{path}: {error}") from None


def _overview() -> Iterator[str]:
    prompts = sorted(bundled().values(), key=lambda prompt: (prompt.metadata.name, prompt.metadata.locale))
    width = max(len(prompt.metadata.name) for prompt in prompts)
    for prompt in prompts:
        about = prompt.metadata
        yield f"{about.name:<{width}}  {about.locale}  {about.version}  {prompt.content_hash[:12]}  {about.description}"


def _page(prompt: Prompt) -> Iterator[str]:
    about, hints = prompt.metadata, prompt.model
    temperature = "the model's own" if hints.temperature is None else f"{hints.temperature:g}"
    yield f"{about.name} {about.version} ({about.locale}), {prompt.content_hash[:12]}"
    yield about.description
    yield ""
    yield f"agent {about.agent}, answers as {about.output}"
    yield (
        f"tier {hints.tier}, temperature {temperature}, {hints.max_output_tokens} tokens, {hints.timeout_s} s"
    )
    yield ""
    for name, variable in prompt.variables.items():
        notes = [variable.type.value, "needed" if variable.required else "may be missing"]
        if variable.values:
            notes.append("one of " + ", ".join(variable.values))
        if variable.untrusted:
            notes.append("fenced: comes from the resume")
        yield f"  {name}: {'; '.join(notes)}"
    for role, words in (("system", prompt.prompts.system), ("user", prompt.prompts.user)):
        yield ""
        yield f"--- {role}"
        yield words.rstrip()


def _checked(path: Path) -> int:
    try:
        prompt = _read(path)
    except CommandError as error:
        warn(str(error))
        return _FAULTY
    about = prompt.metadata
    released = bundled().get((about.name, about.locale))
    if released is not None and prompt.content_hash != released.content_hash:
        latest = released.metadata.version
        if version_key(about.version) <= version_key(latest):
            warn(
                f"{path}: {about.name} {about.version} asks something else than the released {latest}; "
                "raise its version"
            )
            return _FAULTY
    examples = f"{len(prompt.examples)} examples" if prompt.examples else "no examples"
    sys.stdout.write(
        f"{path}: sound; {about.name} {about.version} ({about.locale}), {prompt.content_hash[:12]}, {examples}\n"
    )
    return 0


def _compared(names: list[str], language: Locale) -> int:
    """Two prompts, or one and the released one of its name."""
    if len(names) > 2:
        raise CommandError("diff takes one prompt or two: resume-review prompts diff OLD NEW")
    new = _prompt(names[-1], language)
    if len(names) == 2:
        old = _prompt(names[0], language)
    else:
        about = new.metadata
        general = about.name.partition(":")[0]
        found = bundled().get((about.name, about.locale)) or bundled().get((general, about.locale))
        if found is None:
            raise CommandError(f"{names[0]}: no prompt of this release has its name; give two files")
        old = found
    changes = differences(old, new, names=(old.label, new.label))
    parts = [
        *(f"variable gone: {name}" for name in changes.variables_removed),
        *(f"variable new: {name}" for name in changes.variables_added),
        *(
            f"{part}\n{text}"
            for part, text in (
                ("system", changes.system),
                ("user", changes.user),
                ("settings", changes.settings),
            )
            if text
        ),
    ]
    sys.stdout.write("".join(f"{part}\n" for part in parts))
    return _DIFFERENT if parts else 0


def _exported(names: list[str], options: argparse.Namespace) -> int:
    directory: Path | None = options.output
    prompts = [_prompt(name, options.language) for name in names] or list(bundled().values())
    write, suffix = (as_prompty, "prompty") if options.prompty else (as_yaml, "yaml")
    if directory is None:
        if len(prompts) > 1:
            raise CommandError("several prompts need files: resume-review prompts export --output DIRECTORY")
        sys.stdout.write(write(prompts[0]))
        return 0
    if not directory.is_dir():
        raise CommandError(f"{directory}: not a directory; make it first")
    for prompt in prompts:
        name = prompt.metadata.name.replace(":", ".")
        path = directory / f"{name}.{prompt.metadata.locale}.{suffix}"
        store(path, write(prompt).encode())
        sys.stdout.write(f"{path}\n")
    return 0
