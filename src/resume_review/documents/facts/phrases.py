"""The head of an entry, cut into phrases: what stands between gaps, bars, dashes and dates."""

import re
from dataclasses import dataclass

from resume_review.documents.dates import DateSpan, find_dates
from resume_review.documents.facts.lexicon import employer_score, place_score, school_score
from resume_review.documents.units import Unit

_CUT = re.compile(
    r"\s*[|¦｜•·●▪∙‧◦]\s*|\s+[–—―-]{1,2}\s+|\s*[–—]\s+|\t+|\s+::?\s+|\s+/\s+(?=[A-Z])|\s{2,}|\s+@\s+"
)
_BAR = re.compile(r"[|¦｜•·]")
_DASH = re.compile(r"\s*[–—―-]{1,2}\s*")
FIELD_LABEL = re.compile(
    r"^\s*(?:position|job title|title|role|employer|company|organi[sz]ation|firma|unternehmen|arbeitgeber|tätigkeit|funktion|"
    r"entreprise|poste|fonction|employeur|school|university|degree|institution|役職|職位|職種|肩書|ポジション|担当|会社名|企業名|勤務先|所属|学校名)\s*[:：]\s*"
    r"|^\s*[【\[](?:役職|職位|職種|肩書|ポジション|担当|会社名|企業名|勤務先|所属|学校名|期間|在籍期間)[】\]]\s*",
    re.IGNORECASE,
)
_EDGE = " \t,;:：|/–—-·•()（）[]【】«»、。"
_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_JA_WORK = re.compile(r"^(?:入社|退社|退職|入学|卒業|修了|在籍)$")


@dataclass(slots=True)
class Phrase:
    """A part of a head line.

    Attributes:
        start, end: Half-open offsets into the text of the document.
        unit: Index of its line within the head.
    """

    start: int
    end: int
    text: str
    unit: int
    bold: bool | None = None


@dataclass(slots=True)
class Head:
    """Phrases, dates and place of an entry."""

    phrases: list[Phrase]
    dates: DateSpan | None
    place: Phrase | None


def read_head(units: list[Unit]) -> Head:
    """Cut the lines of a head; the first range of dates counts, or else the first date."""
    phrases: list[Phrase] = []
    dates: list[DateSpan] = []
    for index, unit in enumerate(units):
        found = find_dates(unit.text)
        dates += [_moved(span, unit.start) for span in found]
        phrases += _cut(unit, found, index)
    place = _take_place(phrases)
    ranged = [span for span in dates if span.is_range]
    return Head(phrases=phrases, dates=_merged(ranged, dates), place=place)


def _merged(ranged: list[DateSpan], dates: list[DateSpan]) -> DateSpan | None:
    if ranged:
        return ranged[0]
    return dates[0] if dates else None


def _moved(span: DateSpan, offset: int) -> DateSpan:
    return DateSpan(span.start + offset, span.end + offset, span.begin, span.finish, span.current, span.style)


def _cut(unit: Unit, dates: list[DateSpan], index: int) -> list[Phrase]:
    cuts = [(gap - unit.start, gap - unit.start) for gap in unit.gaps if gap > unit.start]
    cuts += [(span.start, span.end) for span in dates]
    cuts += [match.span() for match in _CUT.finditer(unit.text) if _parts_phrases(unit.text, match)]
    if label := FIELD_LABEL.match(unit.text):
        cuts.append(label.span())
    cuts += [span for match in _BRACKETS.finditer(unit.text) for span in _bracket_cuts(match)]
    cuts.sort()
    phrases: list[Phrase] = []
    position = 0
    for start, end in [*cuts, (len(unit.text), len(unit.text))]:
        if start > position and (phrase := _phrase(unit, position, start, index)):
            phrases.append(phrase)
        position = max(position, end)
    return phrases


def _parts_phrases(text: str, cut: re.Match[str]) -> bool:
    """Where bars part the phrases, a dash belongs to a name, unless a place follows it."""
    if not _DASH.fullmatch(cut.group()) or not _BAR.search(text):
        return True
    after = _BAR.split(text[cut.end() :])[0]
    return place_score(after) >= 0.9


def _bracket_cuts(match: re.Match[str]) -> list[tuple[int, int]]:
    """A place in brackets is a phrase of its own; other brackets belong to the phrase before them."""
    inner = match.group(1)
    if place_score(inner) >= 0.9 or find_dates(inner):
        return [(match.start(), match.start() + 1), (match.end() - 1, match.end())]
    return []


def _phrase(unit: Unit, start: int, end: int, index: int) -> Phrase | None:
    raw = unit.text[start:end]
    left = len(raw) - len(raw.lstrip(_EDGE.replace("(", "").replace("（", "").replace("[", "")))
    stripped = raw.strip(_EDGE.translate({ord(char): None for char in "()（）[]"}))
    if stripped.count("(") != stripped.count(")") or stripped.count("（") != stripped.count("）"):
        trimmed = stripped.strip("()（） ")
        left += stripped.index(trimmed) if trimmed else 0
        stripped = trimmed
    if not any(char.isalnum() for char in stripped) or _JA_WORK.match(stripped):
        return None
    begin = unit.start + start + left
    return Phrase(begin, begin + len(stripped), stripped, index, unit.first.bold)


def _take_place(phrases: list[Phrase]) -> Phrase | None:
    """Remove the place from the phrases, also from the end of one that goes on after a comma."""
    whole = [phrase for phrase in phrases if place_score(phrase.text) >= 0.9]
    if whole and len(phrases) > 1:
        phrases.remove(whole[-1])
        return whole[-1]
    towns = [
        phrase for phrase in phrases if place_score(phrase.text) >= 0.7 and not employer_score(phrase.text)
    ]
    if towns and len(phrases) > 2:
        phrases.remove(towns[-1])
        return towns[-1]
    for phrase in phrases:
        if tail := _place_tail(phrase):
            return tail
    return None


def _place_tail(phrase: Phrase) -> Phrase | None:
    commas = list(re.finditer(r"\s*[,、，]\s*", phrase.text))
    for comma in commas[-3:]:
        if comma.start() == 0:
            continue
        rest, before = phrase.text[comma.end() :], phrase.text[: comma.start()]
        known = max(employer_score(before), school_score(before)) >= 0.5
        if place_score(rest) >= (0.7 if known else 0.9):
            place = Phrase(phrase.start + comma.end(), phrase.end, rest, phrase.unit)
            phrase.text = phrase.text[: comma.start()]
            phrase.end = phrase.start + len(phrase.text)
            return place
    return None


def split_at(phrase: Phrase, left: int, right: int) -> tuple[Phrase, Phrase]:
    """Two phrases, without what stands from `left` to `right`."""
    first = phrase.text[:left].rstrip(" ,、")
    rest = phrase.text[right:]
    second = rest.lstrip(" ,、")
    begin = phrase.start + right + len(rest) - len(second)
    return (
        Phrase(phrase.start, phrase.start + len(first), first, phrase.unit, phrase.bold),
        Phrase(begin, begin + len(second), second, phrase.unit, phrase.bold),
    )
