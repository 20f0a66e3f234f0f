"""Who the resume is about: name, headline and place, from the lines around the contact details."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from resume_review.documents.facts.lexicon import (
    degree_score,
    employer_score,
    lexicon,
    place_score,
    school_score,
    title_score,
)
from resume_review.documents.facts.values import tidy
from resume_review.documents.model import SectionType, Value
from resume_review.documents.sections.catalogue import is_spaced, match_heading
from resume_review.documents.sections.detect import Part, Sections
from resume_review.documents.units import Unit

_CUT = re.compile(r"\s*[|•·●▪∙‧｜¦✉☎📞📧]\s*|\s+[–—-]\s+|\t|\s{2,}")
# A slash parts contact data; in other lines it may join two titles.
_CONTACT_CUT = re.compile(r"\s+[/／]\s+")
_CREDENTIALS = re.compile(r"\s*,\s*(?:[A-Z][A-Za-z.®-]{1,9}(?:\s?[-/]\s?[A-Z]{1,5})?(?:\s*,\s*|\s*$))+$")
_NAME_LABEL = re.compile(
    r"^\s*(?:(?:full |first |last |candidate )?name(?:\(s\))?(?: ?/ ?surname(?:\(s\))?)?|surname|nom|氏\s?名|名\s?前|vor- und nachname|prénom nom)\s*[:：]?\s*",
    re.IGNORECASE,
)
# How a Japanese name is read, or which pronouns go with a name, in brackets behind it.
_READING = re.compile(r"\s*[（(][\u3040-\u30ffーA-Za-z/\s]+[）)]\s*$")
_PLACE_LABEL = re.compile(
    r"^\s*(?:address|location|adresse|anschrift|wohnort|lieu|住所|現住所|所在地|based in|city|ort)\s*[:：]?\s*",
    re.IGNORECASE,
)
_TITLES_OF_COURTESY = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|prof|herr|frau|m\.|mme|ing|dipl\.-ing)\.?\s+", re.IGNORECASE
)
_JA_NAME = re.compile(r"^[\u3400-\u9fff々ヶ]{1,4}[ \u3000]?[\u3040-\u30ff\u3400-\u9fff々]{1,5}$")
_PARTICLES = {
    "de",
    "da",
    "di",
    "van",
    "von",
    "der",
    "den",
    "la",
    "le",
    "el",
    "al",
    "bin",
    "binti",
    "ibn",
    "dos",
    "del",
    "du",
    "y",
    "zu",
    "af",
    "ter",
    "ten",
}
_NOT_NAMES = re.compile(
    r"^(?:curriculum vitae|resume|résumé|cv|lebenslauf|履\s?歴\s?書|職\s?務\s?経\s?歴\s?書|年\s?月\s?日?|男|女|ふりがな|フリガナ|生年月日|現住所|住所|電話|氏\s?名|your profile|confidential.*|page \d+.*|bewerbung|profile|personal data)$",
    re.IGNORECASE,
)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_EDGES = re.compile(r"^[^\w(（+]+|[\s,;:|·•]+$")
HEADER_UNITS = 12


@dataclass(slots=True)
class Header:
    """Facts of the top of the resume."""

    name: Value | None = None
    headline: Value | None = None
    location: Value | None = None


@dataclass(slots=True)
class _Segment:
    start: int
    end: int
    text: str
    unit: Unit
    order: int
    labelled: bool = False


def read_header(units: list[Unit], sections: Sections, emails: list[Value]) -> Header:
    """Read the name, the headline below it and the place among the contact details."""
    near = _near(units, sections)
    segments = _segments(near)
    biggest = max((unit.first.font_size or 0.0 for unit in units if unit.first.page == 1), default=0.0)
    # Without any line above the first heading, only the address or the size of print can point at the name.
    headed = bool(sections.parts[0].units or sections.of(SectionType.CONTACT))
    name = _name(segments, emails, biggest, least=0.5 if headed else 1.6)
    return Header(
        name=name, headline=_headline(segments, name), location=_location(segments, name) if headed else None
    )


def _near(units: list[Unit], sections: Sections) -> list[Unit]:
    """Lines before the first heading, contact sections, and whatever is set larger than the rest of page one."""
    chosen = list(sections.parts[0].units[: 2 * HEADER_UNITS])
    for part in sections.of(SectionType.CONTACT):
        chosen += part.units[:HEADER_UNITS]
    sizes = sorted((unit.first.font_size or 0.0 for unit in units if unit.first.page == 1), reverse=True)
    if sizes and sizes[0] > 0:
        chosen += [
            u
            for u in units
            if u.first.page == 1 and (u.first.font_size or 0.0) >= sizes[0] - 0.2 and u not in chosen
        ]
    headings = {id(part.heading) for part in sections.parts if part.heading}
    if not chosen:
        chosen = units[:HEADER_UNITS]
    chosen += _tails(sections.parts, chosen)
    return [unit for unit in chosen if id(unit) not in headings]


def _tails(parts: list[Part], chosen: list[Unit]) -> list[Unit]:
    """Bold lines at the very end of a sidebar: the name follows it where the sidebar comes first."""
    return [
        unit
        for part in parts[1:]
        for unit in part.units
        if unit.first.page == 1 and unit.first.font_size and unit not in chosen and _larger(unit, part)
    ]


def _larger(unit: Unit, part: Part) -> bool:
    heading = part.heading.first.font_size if part.heading else None
    return bool(heading and unit.first.font_size and unit.first.font_size > heading + 1.0)


def _segments(units: list[Unit]) -> list[_Segment]:
    segments: list[_Segment] = []
    for order, unit in enumerate(units):
        if is_spaced(unit.text):
            segments.append(_Segment(unit.start, unit.end, _closed_up(unit), unit, order))
            continue
        cuts = sorted(
            [(g - unit.start, g - unit.start) for g in unit.gaps if g > unit.start]
            + [m.span() for m in _CUT.finditer(unit.text)]
            + ([m.span() for m in _CONTACT_CUT.finditer(unit.text)] if "@" in unit.text else [])
        )
        position = 0
        for start, end in [*cuts, (len(unit.text), len(unit.text))]:
            raw = unit.text[position:start]
            text = _EDGES.sub("", raw)
            if text:
                begin = unit.start + position + raw.index(text)
                before = segments[-1] if segments and segments[-1].unit is unit else None
                labelled = before is not None and _NAME_LABEL.fullmatch(before.text) is not None
                segments.append(_Segment(begin, begin + len(text), text, unit, order, labelled))
            position = max(position, end)
    return segments


def _closed_up(unit: Unit) -> str:
    """The words of a line set in single letters; wide gaps part them."""
    edges = [0, *(gap - unit.start for gap in unit.gaps if gap > unit.start), len(unit.text)]
    return " ".join("".join(unit.text[a:b].split()) for a, b in pairwise(edges))


def _fold(text: str) -> str:
    text = unicodedata.normalize(
        "NFKD", text.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    )
    return "".join(char for char in text if char.isalnum())


def _name(segments: list[_Segment], emails: list[Value], biggest: float, *, least: float) -> Value | None:
    best: tuple[float, int, int, str] | None = None
    for index, segment in enumerate(segments):
        for start, end, text in _name_spans(segments, index, emails):
            score = _name_score(text, segment, emails, biggest)
            if score > least and (best is None or score > best[0] + 1e-9):
                best = (score, start, end, text)
    if best is None:
        return None
    score, start, end, text = best
    return Value(value=tidy(text), start=start, end=end, confidence=round(min(0.99, 0.35 + score / 4), 2))


def _name_spans(segments: list[_Segment], index: int, emails: list[Value]) -> list[tuple[int, int, str]]:
    segment = segments[index]
    start, text = segment.start, segment.text
    for pattern in (_NAME_LABEL,):
        if label := pattern.match(text):
            start, text = start + label.end(), text[label.end() :]
    if reading := _READING.search(text):
        text = text[: reading.start()]
    if credentials := _CREDENTIALS.search(text):
        text = text[: credentials.start()]
    spans = [(start, start + len(text), text)]
    following = segments[index + 1] if index + 1 < len(segments) else None
    if following and _may_go_on(text, segment, following, emails):
        spans.append((start, following.end, f"{text} {following.text}"))
    return spans


def _may_go_on(text: str, segment: _Segment, following: _Segment, emails: list[Value]) -> bool:
    """Whether the next line may be the rest of the name: first and last name on a line each."""
    words, more = text.split(), following.text.split()
    if not (1 <= len(words) <= 2 and 1 <= len(more) <= 2):
        return False
    if _same_look(segment.unit, following.unit):
        return True
    if segment.order > 1 or following.order != segment.order + 1 or len(words) + len(more) > 3:
        return False
    if not _set_alike(segment.unit, following.unit) or _names_other(following.text):
        return False
    if _WIDE.search(text):
        return len(text) <= 4 and len(following.text) <= 4
    return _hits(following.text, emails) > 0 and match_heading(following.text) is None


def _set_alike(unit: Unit, other: Unit) -> bool:
    first, second = unit.first, other.first
    near = not (first.font_size and second.font_size) or abs(first.font_size - second.font_size) <= 0.3
    return near and (first.kind, first.level, first.bold) == (second.kind, second.level, second.bold)


def _names_other(text: str) -> bool:
    return max(title_score(text), place_score(text), employer_score(text)) > 0.2


def _hits(text: str, emails: list[Value]) -> int:
    """How many words of a name stand in the address."""
    locals_ = [_fold(email.value.split("@")[0]) for email in emails]
    words = [_fold(word) for word in re.split(r"[\s.·-]+", text)]
    return sum(any(len(word) > 2 and word in local for local in locals_) for word in words)


def _same_look(unit: Unit, other: Unit) -> bool:
    if unit is other:
        return True
    size, second = unit.first.font_size, other.first.font_size
    return bool(
        size and second and abs(size - second) < 0.3 and size >= 14 and unit.first.page == other.first.page
    )


def _name_score(text: str, segment: _Segment, emails: list[Value], biggest: float) -> float:
    if not _may_be_name(text):
        return 0.0
    score = 0.9 - 0.05 * min(segment.order, 10)
    size = segment.unit.first.font_size
    if size and biggest and size >= biggest - 0.2:
        score += 1.0
    if _NAME_LABEL.match(segment.text) or segment.labelled:
        score += 1.2
    score += 0.8 * min(_hits(text, emails), 2)
    if " " in text and " " not in segment.text:
        score += 0.3  # two lines that may go together do
    if title_score(text) > 0.5 or employer_score(text) > 0.5 or school_score(text) > 0.5:
        score -= 0.9
    if place_score(text) >= 0.9 or match_heading(text):
        score -= 1.0
    if len(text.split()) == 1 and not _JA_NAME.match(text):
        score -= 0.6
    return score


def _may_be_name(text: str) -> bool:
    if (
        any(char.isdigit() for char in text)
        or re.search(r"[@/\\:;!?=+*#%&<>]|https?|www", text)
        or _NOT_NAMES.match(text.strip())
    ):
        return False
    if _JA_NAME.match(text.strip()):
        return True
    if re.search(r"[\u3040-\u30ff\u3400-\u9fff]", text):
        return False
    words = _TITLES_OF_COURTESY.sub("", text).split()
    if not 1 <= len(words) <= 6 or len(text) > 50:
        return False
    if all(word.casefold() in lexicon().languages for word in words) or degree_score(text) == 1.0:
        return False
    return all(
        word[0].isupper()
        or word.casefold().strip(".") in _PARTICLES
        or not word[0].isalpha()
        or word[:2] in ("d'", "d’", "O'")
        for word in words
    )


def _headline(segments: list[_Segment], name: Value | None) -> Value | None:
    if name is None:
        return None
    after = [segment for segment in segments if segment.start >= name.end][:4]
    for segment in after:
        text = segment.text
        if (
            re.search(r"[@]|https?:|www\.|\d{4}", text)
            or place_score(text) >= 0.9
            or len(text) > 110
            or text.endswith(".")
        ):
            continue
        if title_score(text) > 0.5 or (
            segment is after[0]
            and segment.unit.start > name.end
            and 3 < len(text) <= 70
            and not _PLACE_LABEL.match(text)
        ):
            return Value(
                value=tidy(text),
                start=segment.start,
                end=segment.end,
                confidence=0.9 if title_score(text) > 0.5 else 0.6,
            )
    return None


def _location(segments: list[_Segment], name: Value | None) -> Value | None:
    for segment in segments:
        if name and segment.start < name.end and name.start < segment.end:
            continue
        start, text = segment.start, segment.text
        if label := _PLACE_LABEL.match(text):
            start, text = start + label.end(), text[label.end() :]
        if (tail := _place_in(text)) is not None:
            start += text.rindex(tail)
            return Value(value=tidy(tail), start=start, end=start + len(tail), confidence=0.9)
    for segment in segments:
        label = _PLACE_LABEL.match(segment.text)
        if (
            label
            and len(segment.text) - label.end() > 3
            and any(c.isalpha() for c in segment.text[label.end() :])
        ):
            return Value(
                value=tidy(segment.text[label.end() :]),
                start=segment.start + label.end(),
                end=segment.end,
                confidence=0.7,
            )
    return None


def _place_in(text: str) -> str | None:
    """The town at the end of an address, or the whole phrase."""
    parts = [match.end() for match in re.finditer(r",\s*|(?<=[\w.])\s(?=\d{4,5}\s)", text)]
    for start in (0, *parts):
        tail = text[start:].strip()
        bare = re.sub(r"\s*[(（]\d{4,5}[)）]$", "", tail)
        if place_score(bare) >= 0.7:
            return bare
    return None
