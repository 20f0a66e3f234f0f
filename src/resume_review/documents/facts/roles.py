"""Positions held: title, employer, place and dates, in whatever order the head lines have them."""

import re
from dataclasses import replace

from resume_review.documents.facts.drafts import Draft, follow_author
from resume_review.documents.facts.education import is_study
from resume_review.documents.facts.entries import split_entries, told_lines
from resume_review.documents.facts.japanese import JOINED, LEFT, split_company
from resume_review.documents.facts.lexicon import employer_score, school_score, title_score
from resume_review.documents.facts.phrases import LEGAL, Phrase, read_head, split_at
from resume_review.documents.facts.values import iso, phrase_value
from resume_review.documents.model import Role, SectionType, Span
from resume_review.documents.sections.detect import Sections

_AT = re.compile(r"\s+(?:at|bei|chez|for|@)\s+(?=[A-ZÀ-Þ])")
_HELD = re.compile(r"現在に至る|至現在|在職中|在籍中")
_COMMA = re.compile(r"\s*[,，、]\s+|\s*、\s*")
# From this difference of scores on, the words alone say which phrase is the title.
CLEAR = 0.3
CERTAIN = 1.0


def read_roles(sections: Sections) -> list[Role]:
    """Roles of all experience sections, in reading order."""
    roles: list[Role] = []
    for part in sections.of(SectionType.EXPERIENCE):
        heads = [(entry, read_head(entry.head)) for entry in split_entries(part.units)]
        drafts = _one_per_stay([Draft(entry, head) for entry, head in heads if not is_study(entry, head)])
        for draft in drafts:
            draft.head.phrases = [piece for phrase in draft.head.phrases for piece in _japanese(phrase)]
        title_first = _title_first(drafts)
        for draft in drafts:
            _assign(draft, title_first=title_first)
        follow_author(drafts)
        # Where this author tells in bare lines, a single line counts as well.
        least = 0 if any(len(told_lines(draft.entry)) > 1 for draft in drafts) and not _marked(drafts) else 1
        roles += [_role(draft, least) for draft in _with_employers(drafts) if draft.title or draft.employer]
    return roles


def _japanese(phrase: Phrase) -> list[Phrase]:
    company, rest = split_company(phrase)
    return [company, rest] if rest is not None else [company]


def _one_per_stay(drafts: list[Draft]) -> list[Draft]:
    """Japanese histories give joining and leaving a line each: they become one draft."""
    kept: list[Draft] = []
    for draft in drafts:
        text = " ".join(unit.text for unit in draft.entry.head)
        dates = draft.head.dates
        if dates and not dates.is_range and JOINED.search(text):
            current = any(_HELD.search(unit.text) for unit in draft.entry.head + draft.entry.body)
            draft.head.dates = replace(dates, begin=dates.finish, finish=None, current=current)
        elif dates and not dates.is_range and LEFT.search(text) and kept and kept[-1].head.dates:
            begun = kept[-1].head.dates
            kept[-1].head.dates = replace(begun, finish=dates.finish, current=False)
            kept[-1].entry.body += draft.entry.body
            continue
        kept.append(draft)
    return kept


def _lean(phrase: Phrase) -> float:
    """Above zero for a title, below for an employer."""
    text = phrase.text
    first, comma, _ = text.partition(", ")
    if comma and title_score(first) >= 0.9:  # `Manager, Financial Advisory`: a field of work, not a firm
        return title_score(first) - 0.3 * employer_score(text)
    return title_score(text) - max(employer_score(text), 0.6 * school_score(text))


def _title_first(drafts: list[Draft]) -> bool:
    """Whether this author writes the title before the employer, by the entries where words make it clear."""
    votes = 0
    for draft in drafts:
        first_two = draft.head.phrases[:2]
        if len(first_two) == 2:
            difference = _lean(first_two[0]) - _lean(first_two[1])
            if abs(difference) > CLEAR:
                votes += 1 if difference > 0 else -1
    return votes >= 0


def _assign(draft: Draft, *, title_first: bool) -> None:
    phrases = draft.head.phrases
    if not phrases:
        return
    if len(phrases) == 1:
        _assign_single(draft, phrases[0], title_first=title_first)
        return
    candidates = phrases[:4]
    pairs = [
        (_pair_score(title, employer, title_first=title_first), title, employer)
        for title in candidates
        for employer in candidates
        if title is not employer
    ]
    pairs.sort(key=lambda pair: -pair[0])
    score, title, employer = pairs[0]
    draft.title, draft.employer = title, employer
    draft.clear = score > CERTAIN and (len(phrases) == 2 or score - pairs[1][0] > CLEAR / 2)
    _trim_employer(draft)


def _pair_score(title: Phrase, employer: Phrase, *, title_first: bool) -> float:
    in_order = (title.start < employer.start) == title_first
    early = 0.08 * (2 - min(title.unit, 2)) + 0.08 * (2 - min(employer.unit, 2))
    return (
        _lean(title)
        - _lean(employer)
        + (0.25 if in_order else 0.0)
        + early
        - 0.01 * abs(title.start - employer.start) / 10
    )


def _assign_single(draft: Draft, phrase: Phrase, *, title_first: bool) -> None:
    """One phrase may hold both: `Associate Partner, Redwood & Vale`, `Analyst at Northgate`."""
    if at := _AT.search(phrase.text):
        draft.title, draft.employer = split_at(phrase, at.start(), at.end())
        draft.clear = True
        return
    best: tuple[float, Phrase, Phrase] | None = None
    for comma in _COMMA.finditer(phrase.text):
        left, right = split_at(phrase, comma.start(), comma.end())
        if not left.text or not right.text:
            continue
        for title, employer in ((left, right), (right, left)):
            score = _lean(title) - _lean(employer) + (0.2 if (title is left) == title_first else 0.0)
            score -= 0.4 if ", " in employer.text and not LEGAL.search(employer.text) else 0.0
            # A title may hold a comma (`Manager, Tax`), an employer seldom does: the last comma is the likelier cut.
            score += (
                0.02 * comma.start() / len(phrase.text)
                if title is left
                else -0.02 * comma.start() / len(phrase.text)
            )
            least = 0.3 if len(_COMMA.findall(phrase.text)) == 1 and not title_score(employer.text) else 0.5
            if title_score(title.text) >= least and (best is None or score > best[0]):
                best = (score, title, employer)
    if best is not None and best[0] >= CLEAR and not _is_function(best[2].text):
        draft.title, draft.employer = best[1], best[2]
        draft.clear = len(_COMMA.findall(phrase.text)) == 1 or employer_score(best[2].text) > CLEAR
    elif _lean(phrase) >= 0 and title_score(phrase.text) > 0:
        draft.title = phrase
    elif _lean(phrase) < 0:
        draft.employer = phrase
    elif title_first:
        draft.title = phrase
    else:
        draft.employer = phrase


def _is_function(text: str) -> bool:
    """`Director, M&A`: what follows the comma is a field of work, not an employer."""
    return len(text) <= 4 and text.upper() == text


def _trim_employer(draft: Draft) -> None:
    """`Acme Ltd, somewhere` where the place is not known: keep the legal name."""
    employer = draft.employer
    if employer is None or draft.head.place is not None:
        return
    comma = employer.text.rfind(", ")
    if (
        comma > 0
        and employer_score(employer.text[:comma]) >= 0.8
        and not employer_score(employer.text[comma + 2 :])
    ):
        left, right = split_at(employer, comma, comma + 2)
        if right.text and right.text[0].isupper() and len(right.text.split()) <= 3:
            draft.employer, draft.head.place = left, right


def _with_employers(drafts: list[Draft]) -> list[Draft]:
    """Several titles under one employer: the employer's line alone is not a role."""
    kept: list[Draft] = []
    above: Phrase | None = None
    for index, draft in enumerate(drafts):
        after = drafts[index + 1] if index + 1 < len(drafts) else None
        heads_group = (
            draft.employer is not None
            and draft.title is None
            and not draft.entry.body
            and after is not None
            and after.title is not None
            and after.employer is None
        )
        if heads_group:
            above = draft.employer
            continue
        if draft.employer is not None:
            above = draft.employer
        elif draft.title is not None and above is not None and len(draft.entry.head) == 1:
            draft.employer = above
        kept.append(draft)
    return kept


def _marked(drafts: list[Draft]) -> bool:
    return any(unit.bullet for draft in drafts for unit in draft.entry.body)


def _role(draft: Draft, least: int) -> Role:
    dates = draft.head.dates
    bullets = [Span(start=unit.start, end=unit.end) for unit in told_lines(draft.entry, least=least)]
    finish = dates.finish if dates else None
    # A role dated `2016` alone was held in 2016.
    begin = (dates.begin or finish) if dates else None
    confidence = 0.4 + 0.2 * bool(draft.title and draft.employer) + 0.2 * bool(dates) + 0.15 * draft.clear
    return Role(
        title=phrase_value(draft.title),
        employer=phrase_value(draft.employer),
        location=phrase_value(draft.head.place),
        start_date=iso(begin),
        end_date=iso(finish),
        current=bool(dates and dates.current),
        bullets=bullets,
        start=draft.entry.start,
        end=draft.entry.end,
        confidence=round(confidence, 2),
        title_span=_span(draft.title),
        employer_span=_span(draft.employer),
        dates_span=Span(start=dates.start, end=dates.end) if dates else None,
    )


def _span(phrase: Phrase | None) -> Span | None:
    return Span(start=phrase.start, end=phrase.end) if phrase else None
