"""Degrees and schools."""

import re

from msgspec import structs

from resume_review.documents.facts.entries import Entry, split_entries
from resume_review.documents.facts.japanese import FINISHED, SAME, split_school
from resume_review.documents.facts.lexicon import degree_score, school_score, title_score
from resume_review.documents.facts.phrases import Head, Phrase, read_head, split_at
from resume_review.documents.facts.values import iso, phrase_value, tidy
from resume_review.documents.model import Education, SectionType
from resume_review.documents.sections.detect import Sections

_SCORE = re.compile(
    r"\b(?:GPA|CGPA|CAP|Grade|Note|Abschlussnote|Mention|Notendurchschnitt|moyenne|Percentage|Marks?)\b\s*[:：]?\s*\(?\s*(?:\d[\d.,]*\s*(?:/\s*\d[\d.,]*|%)?|[A-Za-z][\w' -]{2,30})"
    r"|\b\d[.,]\d{1,2}\s*/\s*(?:4|5|10)(?:[.,]0+)?|\bFirst[- ]Class(?: Honou?rs)?|\bSecond[- ]Class(?: Honou?rs)?|\bUpper Second(?: Class)?|\b2:[12]\b"
    r"|\b(?:summa|magna) cum laude|\bcum laude|\b(?:with )?Distinction\b|\bMerit\b|\bwith honou?rs\b|\bmention (?:très )?bien\b|\bsehr gut\b|\bmit Auszeichnung\b",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,，]\s+|\s*、\s*")
_AREA = re.compile(
    r"^(?P<degree>(?:(?:Bachelor|Master|Doctor|Diplom|Licence|Associate)(?:'s)?(?:\s+(?:of|in)\s+(?:Science|Arts|Engineering|Business Administration|Laws|Philosophy|Technology|Commerce|Education|Fine Arts|Applied Science|Public Policy|Public Administration))?(?:\s+Degree)?"
    r"|[A-Z][A-Za-z]{0,4}\.?\s?(?:[A-Z][a-z]{0,3}\.?)+|MBA|MSc|BSc|PhD|Ph\.D\.|MEng|BEng))"
    r"(?:\s*\([^)]*\))?(?:\s+(?:in|of|en|für|der)\s+|\s*[,:]\s*|\s+)(?P<area>[A-ZÀ-Þ].+)$"
)

LONGEST_DEGREE = 90
# From this score on, a word among the roles names a degree or a school.
SURELY = 0.5


def read_education(sections: Sections) -> list[Education]:
    """Courses of study in reading order."""
    found: list[Education] = []
    for part in sections.of(SectionType.EDUCATION, SectionType.EXPERIENCE):
        above: str | None = None
        heads = [(entry, read_head(entry.head)) for entry in split_entries(part.units)]
        if part.type is SectionType.EXPERIENCE:
            heads = [(entry, head) for entry, head in heads if is_study(entry, head)]
        habit = any(_degree_and_school(head) for _, head in heads)
        for entry, head in heads:
            if habit:
                _cut_alike(head)
            education = _education(entry, head)
            if _finishes(found, education, entry):
                found[-1] = structs.replace(
                    found[-1], start_date=found[-1].end_date, end_date=education.end_date, end=education.end
                )
                continue
            if education.institution is None and education.degree and above and len(entry.head) == 1:
                education = structs.replace(education, institution=above)
            above = education.institution or above
            if education.degree or education.institution:
                found.append(education)
    return found


def is_study(entry: Entry, head: Head) -> bool:
    """Whether an entry among the roles is a course of study: its heading was not known, so it seems to go on with them."""
    if any(unit.bullet for unit in entry.body):
        return False
    parts = [part for phrase in head.phrases for part in _parts(phrase)]
    degree = max((degree_score(part.text) - title_score(part.text) for part in parts), default=0.0)
    return degree >= SURELY and max(school_score(part.text) for part in parts) >= SURELY


def _finishes(found: list[Education], education: Education, entry: Entry) -> bool:
    """A Japanese line for the end of a course whose beginning is the line before."""
    text = " ".join(unit.text for unit in entry.head)
    if not found or not FINISHED.search(text) or found[-1].start_date or education.start_date:
        return False
    same = education.institution == found[-1].institution or SAME.search(text) is not None
    return same and bool(education.end_date)


def _education(entry: Entry, head: Head) -> Education:
    degree, school = _pick(head)
    if school is not None and (cut := split_school(school)) is not None:
        school, course = cut
        degree = degree or course
    elif degree is None and school is not None:
        degree, school = _split(school)
    elif school is None and degree is not None:
        degree, school = _split(degree)
    degree, school = _without_score(_grown(head, degree, school)), _without_score(school)
    dates = head.dates
    name, area = _area(phrase_value(degree) or _told_degree(entry))
    return Education(
        institution=phrase_value(school),
        degree=name,
        area=area,
        start_date=iso(dates.begin) if dates else None,
        end_date=iso(dates.finish) if dates else None,
        score=_score(entry),
        start=entry.start,
        end=entry.end,
        confidence=round(0.4 + 0.25 * bool(degree) + 0.25 * bool(school) + 0.1 * bool(dates), 2),
    )


def _without_score(phrase: Phrase | None) -> Phrase | None:
    """`Universität Mannheim, Note: 1,7`: the grade is neither school nor degree."""
    score = _SCORE.search(phrase.text) if phrase else None
    if phrase is None or score is None or score.start() < 4:
        return phrase
    text = phrase.text[: score.start()].rstrip(" ,;:(（–-")
    return Phrase(phrase.start, phrase.start + len(text), text, phrase.unit, phrase.bold)


def _pick(head: Head) -> tuple[Phrase | None, Phrase | None]:
    phrases = [
        part for phrase in head.phrases if not _SCORE.fullmatch(phrase.text) for part in _parts(phrase)
    ]
    school = max(
        phrases, key=lambda phrase: school_score(phrase.text) - 0.5 * degree_score(phrase.text), default=None
    )
    if school is not None and school_score(school.text) < 0.3:
        school = None
    rest = [phrase for phrase in phrases if phrase is not school]
    degree = max(rest, key=lambda phrase: degree_score(phrase.text) - 0.1 * phrase.unit, default=None)
    if degree is not None and degree_score(degree.text) == 0 and school is None:
        others = [phrase for phrase in rest if phrase is not degree]
        school = others[0] if others else None
    elif school is None and degree is not None:
        others = [phrase for phrase in rest if phrase is not degree and not degree_score(phrase.text)]
        school = others[0] if others else None
    return degree, school


def _degree_and_school(head: Head) -> bool:
    """Whether one phrase holds the degree before and the school behind its only comma."""
    if len(head.phrases) != 1 or len(_COMMA.findall(head.phrases[0].text)) != 1:
        return False
    degree, school = _split(head.phrases[0])
    return degree is not None and school is not None and degree.start < school.start


def _cut_alike(head: Head) -> None:
    """Where this author puts the school behind the comma, a school that no word gives away stands there too."""
    if len(head.phrases) == 1 and len(commas := list(_COMMA.finditer(head.phrases[0].text))) == 1:
        head.phrases = list(split_at(head.phrases[0], commas[0].start(), commas[0].end()))


def _parts(phrase: Phrase) -> list[Phrase]:
    """A phrase that holds both degree and school counts as two."""
    degree, school = _split(phrase) if _COMMA.search(phrase.text) else (None, None)
    return [degree, school] if degree is not None and school is not None else [phrase]


def _split(phrase: Phrase) -> tuple[Phrase | None, Phrase | None]:
    """One phrase that may hold both: `BSc Economics, Wexford University`."""
    best: tuple[float, Phrase, Phrase] | None = None
    for comma in _COMMA.finditer(phrase.text):
        left, right = split_at(phrase, comma.start(), comma.end())
        for degree, school in ((left, right), (right, left)):
            score = (
                degree_score(degree.text)
                - degree_score(school.text)
                + school_score(school.text)
                - school_score(degree.text)
            )
            score -= 0.1 * (school is right and _COMMA.search(school.text) is not None)
            named = degree_score(degree.text) > 0 or degree is left
            if named and school_score(school.text) > 0.5 and (best is None or score > best[0]):
                best = (score, degree, school)
    if best is not None and best[0] > 0.5:
        return best[1], best[2]
    if at := re.search(r"\s+(?:at|from|an der|à l['’]|am)\s+(?=[A-ZÀ-Þ])", phrase.text):
        left, right = split_at(phrase, at.start(), at.end())
        if school_score(right.text) > 0.5:
            return left, right
    if school_score(phrase.text) > degree_score(phrase.text):
        return None, phrase
    return phrase, None


def _grown(head: Head, degree: Phrase | None, school: Phrase | None) -> Phrase | None:
    """A degree broken over two phrases: `Master of Science,` and below it the field."""
    if degree is None:
        return None
    after = [phrase for phrase in head.phrases if phrase.start > degree.end and phrase is not school]
    if after and school is not None and after[0].end < school.start and after[0].unit == degree.unit + 1:
        following = after[0]
        if not _SCORE.search(following.text) and not school_score(following.text):
            return Phrase(
                degree.start, following.end, f"{degree.text}, {following.text}", degree.unit, degree.bold
            )
    return degree


def _told_degree(entry: Entry) -> str | None:
    """A degree listed below its school."""
    for unit in entry.body:
        if degree_score(unit.text) == 1.0 and len(unit.text) < LONGEST_DEGREE:
            return tidy(unit.text)
    return None


def _area(degree: str | None) -> tuple[str | None, str | None]:
    """The degree as written, and the field of study where it can be told apart."""
    if degree is None:
        return None, None
    match = _AREA.match(degree)
    area = match["area"].strip() if match and degree_score(match["degree"]) > 0 else None
    return degree, area


def _score(entry: Entry) -> str | None:
    for unit in entry.head + entry.body:
        if match := _SCORE.search(unit.text):
            return match.group().strip()
    return None
