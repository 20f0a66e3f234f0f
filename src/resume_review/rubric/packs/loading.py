"""Reads packs: those of the program, and a consultant's own."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

import msgspec
import yaml

from resume_review.rubric.errors import PackError
from resume_review.rubric.industries import Industry
from resume_review.rubric.packs.faults import Fault, decoded, faults_of, loader
from resume_review.rubric.packs.model import Pack, PackSkill, Phrases, SkillGroup


@cache
def load_pack(industry: Industry) -> Pack:
    """The pack of an industry, read once.

    Raises:
        PackError: The file is missing or not a pack.
    """
    name = f"{industry}.yaml"
    try:
        text = pack_text(industry)
    except FileNotFoundError as error:
        message = f"{name}: there is no pack for this industry"
        raise PackError(message) from error
    return _converted(text, name)


def pack_text(industry: Industry) -> str:
    """The file of an industry, as a start for one's own."""
    return Path(__file__).with_name(f"{industry}.yaml").read_text(encoding="utf-8")


def own_pack(text: str, name: str) -> Pack:
    """A consultant's own pack; its version carries the hash of the file, so that receipts name it exactly.

    Raises:
        PackError: As `parse_pack`.
    """
    pack = parse_pack(text, name)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return msgspec.structs.replace(pack, version=f"{pack.version} sha256:{digest[:16]}")


def parse_pack(text: str, name: str) -> Pack:
    """Read a pack from its text.

    Raises:
        PackError: The message names every fault with its line.
    """
    faults = faults_of(text)
    if faults:
        raise PackError(_told(faults, name))
    return _converted(text, name)


def _converted(text: str, name: str) -> Pack:
    try:
        pack = decoded(yaml.load(text, Loader=loader()), Pack)  # noqa: S506 - a subclass of the safe loader
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise PackError(_told(faults_of(text), name)) from error
    return _with_common(pack) if pack.common else pack


def _with_common(pack: Pack) -> Pack:
    """The pack with the groups of `common.yaml`; a word that the pack gives a meaning keeps that one alone."""
    taken = {word.casefold() for group in pack.groups for skill in group.skills for word in skill.words}
    text = Path(__file__).with_name("common.yaml").read_text(encoding="utf-8")
    content: object = yaml.load(text, Loader=loader())  # noqa: S506 - a subclass of the safe loader
    groups = [
        msgspec.structs.replace(group, skills=[*_free(group.skills, taken)])
        for group in decoded(content, list[SkillGroup])
    ]
    return msgspec.structs.replace(pack, groups=[*pack.groups, *(group for group in groups if group.skills)])


def _free(skills: Iterable[PackSkill], taken: Collection[str]) -> Iterator[PackSkill]:
    for skill in skills:
        if skill.name.casefold() not in taken and skill.ja.casefold() not in taken:
            aliases = Phrases(word for word in skill.aliases if word.casefold() not in taken)
            yield PackSkill(skill.name, ja=skill.ja, aliases=aliases)


def _told(faults: list[Fault], name: str) -> str:
    return "\n".join(f"{name}, line {fault.line}: {fault.problem}" for fault in faults)
