"""What is wrong with a pack file, every fault with its line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

import msgspec
import yaml

from resume_review.rubric.model import Tier
from resume_review.rubric.packs.model import Pack, PackSkill, Phrases

LARGEST = 512_000
"""Characters; a pack of 300 skills has 30 000."""

_Decoded = TypeVar("_Decoded")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault and the line it is on."""

    line: int
    problem: str


def loader() -> type[yaml.SafeLoader]:
    """The C loader where there is one: the same interface, ten times as fast."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def decoded(content: object, kind: type[_Decoded]) -> _Decoded:
    """Plain data as a part of a pack.

    Raises:
        msgspec.ValidationError: It is none; says what is wrong first.
    """
    return msgspec.convert(content, kind, dec_hook=_from_line)


def _from_line(kind: type, value: object) -> object:
    if not isinstance(value, str):
        raise TypeError(f"Expected one line of text, got `{type(value).__name__}`")
    return PackSkill.of(value) if kind is PackSkill else Phrases.of(value)


def faults_of(text: str) -> list[Fault]:
    """All faults of a pack's text in the order of their lines; none for a good pack."""
    if len(text) > LARGEST:
        return [Fault(1, f"the file has {len(text):,} characters; a pack has at most {LARGEST:,}")]
    try:
        root = yaml.compose(text, Loader=loader())
        content: object = yaml.load(text, Loader=loader())  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return [Fault(line, f"not readable as YAML: {error.problem}")]
    except yaml.YAMLError as error:
        return [Fault(1, f"not readable as YAML: {error}")]
    if root is None:
        return [Fault(1, "the file is empty; start from `resume-review packs show NAME --format yaml`")]
    found = sorted(set(_shape(root, content, Pack)))
    return found or sorted(set(_sense(root, decoded(content, Pack))))


def _shape(node: yaml.Node, value: object, kind: Any) -> Iterator[Fault]:
    """Where the file does not have the shape of a pack; goes down to the smallest part that is wrong."""
    try:
        decoded(value, kind)
    except msgspec.ValidationError as error:
        below = list(_below(node, value, kind))
        yield from below or [Fault(_line(node), str(error).partition(" - at `")[0])]


def _below(node: yaml.Node, value: object, kind: Any) -> Iterator[Fault]:
    if isinstance(node, yaml.MappingNode) and isinstance(value, dict):
        values = cast("dict[Any, object]", value)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            yield from _fields(node, values, kind)
        elif get_origin(kind) is dict:
            names, part = get_args(kind)
            for name, child in _children(node):
                yield from _shape(name, name.value, names)
                yield from _shape(child, values.get(name.value), part)
    elif isinstance(node, yaml.SequenceNode) and isinstance(value, list) and get_origin(kind) is list:
        for child, item in zip(node.value, cast("list[object]", value), strict=True):
            yield from _shape(child, item, get_args(kind)[0])


def _fields(node: yaml.MappingNode, values: dict[Any, object], kind: type[msgspec.Struct]) -> Iterator[Fault]:
    hints = get_type_hints(kind)
    given = {str(name.value) for name, _ in _children(node)}
    for field in msgspec.structs.fields(kind):
        if field.required and field.name not in given:
            yield Fault(_line(node), f"`{field.name}` is missing")
    for name, child in _children(node):
        if name.value in hints:
            yield from _shape(child, values.get(name.value), hints[name.value])
        else:
            known = ", ".join(field.name for field in msgspec.structs.fields(kind))
            yield Fault(_line(name), f"`{name.value}` is not known here; known are {known}")


def _sense(root: yaml.Node, pack: Pack) -> Iterator[Fault]:
    """What has the right shape and is wrong all the same."""
    missing = [tier for tier in Tier if tier not in pack.expectations]
    if missing:
        yield Fault(_line(_at(root, "expectations")), f"expectations lack the tier {', '.join(missing)}")
    for tier, expectation in pack.expectations.items():
        if not 0 <= expectation.quantified_share <= 1:
            line = _line(_at(root, "expectations", tier))
            yield Fault(line, "quantified_share is a share from 0 to 1, such as 0.5")
        if expectation.leadership < 1 or expectation.scope < 1:
            yield Fault(_line(_at(root, "expectations", tier)), "leadership and scope are at least 1")
    yield from _repeated_skills(root, pack)
    seen: set[str] = set()
    for index, point in enumerate(pack.appeal_points):
        line = _line(_at(root, "appeal_points", index))
        if point.id in seen:
            yield Fault(line, f"the id {point.id!r} is used twice")
        if not point.any_of and not point.story:
            yield Fault(line, "any_of names no word")
        seen.add(point.id)


def _repeated_skills(root: yaml.Node, pack: Pack) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for group_index, group in enumerate(pack.groups):
        for index, skill in enumerate(group.skills):
            for word in dict.fromkeys(skill.words):
                other = owners.setdefault(word.casefold(), f"{group.name}/{skill.name}")
                if other != f"{group.name}/{skill.name}":
                    line = _line(_at(root, "groups", group_index, "skills", index))
                    yield Fault(line, f"{word!r} already stands for the skill {other!r}")


def _at(node: yaml.Node, *path: str | int) -> yaml.Node:
    for step in path:
        if isinstance(step, int):
            node = cast("list[yaml.Node]", node.value)[step]
        else:
            node = next(
                child for name, child in _children(cast("yaml.MappingNode", node)) if name.value == step
            )
    return node


def _children(node: yaml.MappingNode) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    return cast("list[tuple[yaml.ScalarNode, yaml.Node]]", node.value)


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1
