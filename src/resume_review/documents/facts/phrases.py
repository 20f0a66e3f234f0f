"""The head of an entry, cut into phrases: what stands between gaps, bars, dashes and dates."""

import re
from dataclasses import dataclass

from resume_review.documents.dates import DateSpan, find_dates
from resume_review.documents.facts.lexicon import (
    degree_score,
    employer_score,
    place_score,
    school_score,
    title_score,
)
from resume_review.documents.units import Unit

_CUT = re.compile(
    r"\s*[|¦｜•·●▪∙‧◦]\s*|\s+[–—―-]{1,2}\s+|\s*[–—]\s+|\t+|\s+::?\s+|\s+/\s+(?=[A-ZÀ-Þ])|(?<=[\u3040-\u30ff\u3400-\u9fff])\s*[/／]\s*(?=[\u3040-\u30ff\u3400-\u9fff])|\s{2,}|\s+@\s+"
)
_BAR = re.compile(r"[|¦｜•·]")
_DASH = re.compile(r"\s*[–—―-]{1,2}\s*")
_JA_LABELS = "会社名|企業名|会社|企業|勤務先|所属会社|社名|役職|職位|職種|肩書き?|役割|ポジション|担当|所属|部署|配属|学校名|期間|在籍期間|勤務期間|就業期間|雇用形態"
FIELD_LABEL = re.compile(
    r"^\s*(?:position|job title|title|role|employer|company|organi[sz]ation|firma|unternehmen|arbeitgeber|tätigkeit|funktion|"
    r"entreprise|poste|fonction|employeur|school|university|degree|institution|dates?|period|duration|zeitraum|dauer|période|dates? d'emploi|"
    rf"{_JA_LABELS})\s*[:：]\s*|^\s*[【\[〈<＜]\s*(?:{_JA_LABELS})\s*[】\]〉>＞]\s*[:：]?\s*|^\s*(?:city|country|ort|ville|stadt)\s*[:：]\s*",
    re.IGNORECASE,
)
_EDGE = " \t,;:：|/–—-·•()（）[]【】«»、。"
# Two words that a slash joins are one title (`CTO / President`), unless one of them names an employer or a place.
_SLASH = re.compile(r"\s*[/／]\s*")
_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
LEGAL = re.compile(r", (?:Inc|Ltd|LLC|LLP|L\.P|Co|S\.A|GmbH|PLC|Corp)\b", re.IGNORECASE)
_PLACE_LINE = re.compile(r"\s*(?:city|ort|stadt|ville|citt[àa])\s*[:：]", re.IGNORECASE)
_PLACE_LABEL = re.compile(r"(?:city|country|ort|stadt|land|ville|pays)\s*[:：]\s*", re.IGNORECASE)
# A full stop after a whole word ends the line; after a short one it belongs to `Inc.`
_LAST_WORD = re.compile(r"(?<![^\W\d_])(?!corp|dept|univ|assoc|bros|prof|dipl)[^\W\d_]{4,}\.$", re.IGNORECASE)
# Parts of a head that name neither title nor employer: how long, how much, in which form of work.
_NO_NAME = re.compile(
    r"現在に至る|現在|以上|期間|年月|業務内容|職務内容|dates?(?: \(from ?[–-] ?to\))?|occupation or position held|name and address of employer|type of business or sector|"
    r"title of qualification awarded|name and type of organisation providing education(?: and training)?|入社|退社|退職|入学|卒業|修了|在籍|正社員|契約社員|派遣社員|業務委託|常勤|非常勤|full[- ]time|part[- ]time|permanent(?: full[- ]time)?|contract|temporary|on-?site|hybrid|"
    r"self-employed|vollzeit|teilzeit|festanstellung|unbefristet|befristet|temps plein|temps partiel|CDI|CDD|"
    r"[(（]?(?:(?:about|ca\.?|約)\s*)?\d{1,2}\+?\s?(?:yrs?|years?|mos?|months?|jahre?n?|monate?n?|ans?|mois|年間?|[かヶケカ]月間?)(?:,?\s*(?:and |und |et )?\d{1,2}\s?(?:mos?|months?|monate?n?|mois|[かヶケカ]月間?))?[)）]?",
    re.IGNORECASE,
)


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
    if _PLACE_LINE.match(unit.text):
        cuts += [match.span() for match in _PLACE_LABEL.finditer(unit.text)]
        cuts.sort()
    phrases: list[Phrase] = []
    position = 0
    for start, end in [*cuts, (len(unit.text), len(unit.text))]:
        if start > position and (phrase := _phrase(unit, position, start, index)):
            phrases.append(phrase)
        position = max(position, end)
    if _PLACE_LINE.match(unit.text):
        return [phrase for phrase in phrases[:1] if place_score(phrase.text) >= 0.9]
    return phrases


def _parts_phrases(text: str, cut: re.Match[str]) -> bool:
    """Where bars part the phrases, a dash belongs to a name, unless a place follows it."""
    if _SLASH.fullmatch(cut.group()):
        before, after = _CUT.split(text[: cut.start()])[-1], _CUT.split(text[cut.end() :])[0]
        return not (title_score(before) >= 0.5 and title_score(after) >= 0.5)
    if not _DASH.fullmatch(cut.group()) or not _BAR.search(text):
        return True
    named = [part for part in _BAR.split(text) if not find_dates(part) and place_score(part) < 0.7]
    after = _BAR.split(text[cut.end() :])[0]
    return place_score(after) >= 0.9 or len(named) == 1


def _bracket_cuts(match: re.Match[str]) -> list[tuple[int, int]]:
    """A place in brackets is a phrase of its own; other brackets belong to the phrase before them."""
    inner = match.group(1)
    if place_score(inner) >= 0.7 or find_dates(inner):
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
    if not any(char.isalnum() for char in stripped) or _NO_NAME.fullmatch(stripped):
        return None
    if stripped.endswith(".") and _LAST_WORD.search(stripped):
        stripped = stripped[:-1]
    if label := FIELD_LABEL.match(stripped):
        left, stripped = left + label.end(), stripped[label.end() :]
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
    for index, comma in enumerate(commas[-3:], start=max(0, len(commas) - 3)):
        if comma.start() == 0:
            continue
        if _is_town(phrase.text, commas[index:]):
            return _cut_off(phrase, comma)
        rest, before = phrase.text[comma.end() :], phrase.text[: comma.start()]
        known = max(employer_score(before), school_score(before)) >= 0.5
        if place_score(rest) >= (0.7 if known else 0.9):
            return _cut_off(phrase, comma)
    return None


def _is_town(text: str, commas: list[re.Match[str]]) -> bool:
    """`Glen Ardoch, Dufftown, Scotland`: what follows the first of two commas is a town and its country."""
    if len(commas) != 2 or LEGAL.match(text, commas[0].start()):
        return False
    before = text[: commas[0].start()]
    if place_score(text[commas[1].end() :]) >= 1.0 and "," not in before and title_score(before) >= 0.5:
        return False  # title, employer, place
    town, country = text[commas[0].end() : commas[1].start()], text[commas[1].end() :]
    known = max(f(town) for f in (employer_score, school_score, title_score, degree_score)) >= 0.5
    return not known and place_score(f"{town}, {country}") >= 0.7 and len(town.split()) <= 3


def _cut_off(phrase: Phrase, comma: re.Match[str]) -> Phrase:
    place = Phrase(phrase.start + comma.end(), phrase.end, phrase.text[comma.end() :], phrase.unit)
    phrase.text = phrase.text[: comma.start()]
    phrase.end = phrase.start + len(phrase.text)
    return place


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
