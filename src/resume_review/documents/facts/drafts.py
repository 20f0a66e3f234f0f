"""Roles in the making. One author writes all roles alike: the clear ones say where title and employer stand in the others."""

import re
from collections import Counter
from dataclasses import dataclass

from resume_review.documents.facts.entries import Entry
from resume_review.documents.facts.lexicon import employer_score, title_score
from resume_review.documents.facts.phrases import LEGAL, Head, Phrase, split_at

_COMMA = re.compile(r"\s*[,，、]\s*")
LONGEST_TOWN = 3


@dataclass(slots=True)
class Draft:
    """A role whose phrases are being told apart; `clear` where the words alone do so."""

    entry: Entry
    head: Head
    title: Phrase | None = None
    employer: Phrase | None = None
    clear: bool = False


def follow_author(drafts: list[Draft]) -> None:
    """Settle the unclear roles by the places that title and employer have in the clear ones."""
    habits = Counter(habit for draft in drafts if draft.clear and (habit := _habit(draft)))
    for draft in drafts:
        if not draft.clear:
            for habit, _ in habits.most_common(2):
                if _follow(draft, habit):
                    break
    _cut_towns(drafts)


def _slot(phrases: list[Phrase], phrase: Phrase) -> tuple[int, int] | None:
    """Line and position in the line."""
    for index, other in enumerate(phrases):
        if other is phrase:
            return other.unit, index - next(i for i, p in enumerate(phrases) if p.unit == other.unit)
    return None


_Slot = tuple[int, int]


def _habit(draft: Draft) -> tuple[_Slot, _Slot] | str | None:
    """Where title and employer stand; for two parts of one phrase, which is first."""
    if draft.title is None or draft.employer is None:
        return None
    title, employer = _slot(draft.head.phrases, draft.title), _slot(draft.head.phrases, draft.employer)
    if title is not None and employer is not None:
        return title, employer
    if len(draft.head.phrases) == 1:
        return "title first" if draft.title.start < draft.employer.start else "employer first"
    return None


def _follow(draft: Draft, habit: tuple[_Slot, _Slot] | str) -> bool:
    phrases = draft.head.phrases
    if isinstance(habit, str):
        commas = list(_COMMA.finditer(phrases[0].text)) if len(phrases) == 1 else []
        if not 1 <= len(commas) <= 2 or (
            len(commas) == 2 and draft.employer and not _is_middle(phrases[0].text, commas)
        ):
            return False
        comma = commas[0 if habit == "title first" else -1]
        first, second = split_at(phrases[0], comma.start(), comma.end())
        if not first.text or not second.text:
            return False
        draft.title, draft.employer = (first, second) if habit == "title first" else (second, first)
        return True
    slots = {_slot(phrases, phrase): phrase for phrase in phrases}
    title, employer = slots.get(habit[0]), slots.get(habit[1])
    if title is None or employer is None or title_score(employer.text) > title_score(title.text) + 0.5:
        return False
    draft.title, draft.employer = title, employer
    return True


def _is_middle(text: str, commas: list[re.Match[str]]) -> bool:
    """Whether the employer is the second of three parts, before its town."""
    middle, last = text[commas[0].end() : commas[1].start()], text[commas[1].end() :]
    return last in middle.split() or employer_score(middle) > 0.45


def _cut_towns(drafts: list[Draft]) -> None:
    """Where most employers stand before a place, an unknown town behind the comma is the place too."""
    placed = sum(draft.head.place is not None for draft in drafts)
    for draft in drafts:
        employer = draft.employer
        if employer is None or draft.head.place is not None or 2 * placed < len(drafts):
            continue
        comma = employer.text.rfind(", ")
        town = employer.text[comma + 2 :]
        plain = town[:1].isupper() and len(town.split()) <= LONGEST_TOWN and not re.search(r"\d", town)
        if comma > 0 and plain and not LEGAL.match(employer.text, comma) and not title_score(town):
            draft.employer, draft.head.place = split_at(employer, comma, comma + 2)
