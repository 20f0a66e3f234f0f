"""Reads a pack and says in which line its fault is."""

import re
from functools import cache
from pathlib import Path

import msgspec
import yaml

from resume_review.rubric.errors import PackError
from resume_review.rubric.industries import Industry
from resume_review.rubric.model import Tier
from resume_review.rubric.packs.model import Pack

_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]|\[\.\.\.\]")


@cache
def load_pack(industry: Industry) -> Pack:
    """The pack of an industry, read once.

    Raises:
        PackError: The file is missing or not a pack.
    """
    name = f"{industry}.yaml"
    source = Path(__file__).with_name(name)
    try:
        text = source.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        message = f"{name}: there is no pack for this industry"
        raise PackError(message) from error
    return parse_pack(text, name)


def parse_pack(text: str, name: str) -> Pack:
    """Read a pack from its text.

    Raises:
        PackError: The message names the line and the fault.
    """
    try:
        content: object = yaml.load(text, Loader=_loader())  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = f"{name}, line {line}: not readable as YAML: {error.problem}"
        raise PackError(message) from error
    try:
        pack = msgspec.convert(content, Pack)
    except msgspec.ValidationError as error:
        problem, _, path = str(error).partition(" - at `")
        line = _line_of(text, path.rstrip("`"))
        message = f"{name}, line {line}: {problem}"
        raise PackError(message) from error
    _verify(pack, text, name)
    return pack


def _loader() -> type[yaml.SafeLoader]:
    # The C loader has the same interface and reads a pack ten times as fast.
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _verify(pack: Pack, text: str, name: str) -> None:
    missing = [tier for tier in Tier if tier not in pack.expectations]
    if missing:
        _fail(name, _line_of(text, "$.expectations"), f"expectations lack the tier {missing[0]}")
    seen: dict[str, str] = {}
    for group_index, group in enumerate(pack.groups):
        for index, skill in enumerate(group.skills):
            for alias in {skill.name, skill.ja, *skill.aliases} - {""}:
                other = seen.setdefault(alias.casefold(), skill.name)
                if other != skill.name:
                    line = _line_of(text, f"$.groups[{group_index}].skills[{index}]")
                    _fail(name, line, f"{alias!r} already stands for the skill {other!r}")
    identities = [point.id for point in pack.appeal_points]
    for index, identity in enumerate(identities):
        if identity in identities[:index]:
            _fail(name, _line_of(text, f"$.appeal_points[{index}]"), f"the id {identity!r} is used twice")


def _fail(name: str, line: int, problem: str) -> None:
    message = f"{name}, line {line}: {problem}"
    raise PackError(message)


def _line_of(text: str, path: str) -> int:
    """The line of the deepest node of a path such as `$.groups[1].skills[0].name` that the file has."""
    node = yaml.compose(text, Loader=_loader())
    line = 1
    for match in _STEP.finditer(path):
        if node is None:
            break
        line = node.start_mark.line + 1
        node = _step(node, match[1], match[2])
    return node.start_mark.line + 1 if node is not None else line


def _step(node: yaml.Node, key: str | None, index: str | None) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        pairs = node.value
        if key is None:  # `[...]`: some value of the mapping; its place is not told
            return None
        return next((value for name, value in pairs if name.value == key), None)
    if isinstance(node, yaml.SequenceNode) and index is not None and int(index) < len(node.value):
        return node.value[int(index)]
    return None
