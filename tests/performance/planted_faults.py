"""Plants one known fault in a clean resume written in Markdown."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import planted_parts
import planted_words
import yaml
from planted_words import NotHereError

__all__ = ["Fault", "NotHereError", "faults"]

_HERE = Path(__file__).parent
_MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)

Planted = tuple[str, list[str]]
"""The text with the fault, and the words one of which the finding must touch; none where something is missing."""


@dataclass(frozen=True, slots=True)
class Fault:
    check: str
    place: str
    words: object
    number: int

    def plant(self, clean: str) -> Planted:
        """Raises `NotHereError` where the resume has no such place."""
        marked = _PLACES[self.place](clean, self.words, self.number)
        return _MARK.sub(r"\1", marked), [words for words in _MARK.findall(marked) if words]


def faults(language: str) -> Iterator[Fault]:
    """All faults of a language."""
    table = cast(
        "dict[str, dict[str, list[object]]]",
        yaml.safe_load((_HERE / f"planted_faults_{language}.yaml").read_text(encoding="utf-8")),
    )
    for check, places in table.items():
        for place, phrasings in places.items():
            for number, words in enumerate(phrasings):
                yield Fault(check, place, words, number)


_PLACES: dict[str, Callable[[str, object, int], str]] = {
    **{
        place.__name__: place
        for place in (
            planted_words.bullet,
            planted_words.past_role,
            planted_words.current_role,
            planted_words.summary,
            planted_words.summary_is,
            planted_words.summary_long,
            planted_words.heading,
            planted_words.drop_section,
            planted_words.move,
            planted_words.insert_first,
            planted_words.append,
            planted_words.twice,
            planted_words.reverse,
            planted_words.dates,
            planted_words.drop_dates,
            planted_words.drop_title,
            planted_words.drop_employer,
        )
    },
    **{
        place.__name__: place
        for place in (
            planted_parts.paragraph,
            planted_parts.one_bullet,
            planted_parts.many_bullets,
            planted_parts.long,
            planted_parts.style,
            planted_parts.dash,
            planted_parts.stop,
            planted_parts.case,
            planted_parts.verb,
            planted_parts.duplicate,
            planted_parts.contact,
            planted_parts.drop_email,
            planted_parts.drop_phone,
            planted_parts.drop_link,
            planted_parts.drop_name,
            planted_parts.email,
            planted_parts.skill,
            planted_parts.many_skills,
            planted_parts.stuff_skills,
            planted_parts.stuff_text,
            planted_parts.list_again,
            planted_parts.pair,
            planted_parts.gap,
            planted_parts.no_results,
            planted_parts.years,
            planted_parts.plain_person,
            planted_parts.swap_dates,
            planted_parts.future,
            planted_parts.style_ja,
        )
    },
}
