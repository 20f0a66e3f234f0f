"""Reads the texts of a language."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

import msgspec
import yaml

from resume_review.rubric.errors import UnknownFeedbackLanguageError

LANGUAGES = ("en", "ja")
_NAME = re.compile(r"\{\w+\}")


class CheckText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a check says.

    Attributes:
        title: Short name of the fault.
        message: What is wrong here; names in braces are filled in.
        suggestion: What to do.
        variants: Other messages (and suggestions, under `<name>_suggestion`) of the same check.
    """

    title: str
    message: str
    suggestion: str
    variants: dict[str, str] = {}


class Reference(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The page about a check: what it looks for, why, who says so, a bad and a good example."""

    what: str
    why: str
    source: str
    bad: str
    good: str


class Catalog(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All texts of one language."""

    language: str
    separator: str
    checks: dict[str, CheckText]
    strengths: dict[str, CheckText]
    sentences: dict[str, str]
    names: dict[str, dict[str, str]]

    def say(self, key: str, **values: object) -> str:
        """One sentence, filled in."""
        return self.sentences[key].format(**values)

    def name(self, group: str, code: str) -> str:
        """The name of a code."""
        return self.names[group].get(code, code)

    def join(self, items: list[str]) -> str:
        """A list inside a sentence."""
        return self.separator.join(items)


def filled(template: str, values: Mapping[str, str]) -> str:
    """A text with its names filled in."""
    return template.format_map(values) if "{" in template else template


def open_template(template: str) -> str:
    """A text with an ellipsis where a review would fill in names."""
    return _NAME.sub("…", template)


@cache
def load_catalog(language: str) -> Catalog:
    """The texts of a language, read once.

    Raises:
        UnknownFeedbackLanguageError: There are none in this language.
    """
    if language not in LANGUAGES:
        message = (
            f"There is no feedback in the language {language[:20]!r}; choose one of {', '.join(LANGUAGES)}."
        )
        raise UnknownFeedbackLanguageError(message)
    return msgspec.convert(_read(f"{language}.yaml"), Catalog)


@cache
def load_reference(language: str = "en") -> dict[str, Reference]:
    """The reference of all checks by id; what a language does not say is said in English."""
    raw = cast("dict[str, dict[str, str]]", _read("reference.yaml"))
    if language != "en":
        own = cast("dict[str, dict[str, str]]", _read(f"reference_{language}.yaml"))
        raw = {identity: {**texts, **own.get(identity, {})} for identity, texts in raw.items()}
    return msgspec.convert(raw, dict[str, Reference])


def _read(name: str) -> object:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506 - a subclass of the safe loader
