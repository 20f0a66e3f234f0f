"""The words of the reports, one YAML file per language."""

from dataclasses import dataclass
from importlib.resources import files
from typing import cast

import yaml

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Catalog:
    """The messages of one language, by key."""

    language: str
    messages: dict[str, str]

    def __call__(self, key: str, **values: object) -> str:
        return self.messages[key].format(**values)

    def counted(self, key: str, count: float) -> str:
        """The form of the message for this count; whole numbers lose their decimals."""
        shown = f"{count:,.1f}".removesuffix(".0")
        return self(f"{key}.{'one' if shown == '1' else 'other'}", count=shown)

    def name(self, group: str, code: str) -> str:
        """The name of a code; a code without a name stands for itself."""
        return self.messages.get(f"{group}.{code}", code)


def load(language: str) -> Catalog:
    """The catalog of a language; English where there is none for it."""
    folder = files("resume_review.cli.reports") / "messages"
    source = folder / f"{language}.yaml"
    if not language.isalpha() or not source.is_file():
        language, source = DEFAULT_LANGUAGE, folder / f"{DEFAULT_LANGUAGE}.yaml"
    raw = cast("dict[str, object]", yaml.load(source.read_text(encoding="utf-8"), Loader=_loader()))  # noqa: S506 - a subclass of the safe loader
    return Catalog(language=language, messages={key: str(text) for key, text in raw.items()})


def _loader() -> type[yaml.SafeLoader]:
    # The C loader has the same interface and takes 3 ms where the other takes 40.
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
