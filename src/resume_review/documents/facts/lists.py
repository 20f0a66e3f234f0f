"""Skills, certifications and languages: sections that are lists."""

import re
from itertools import zip_longest

from resume_review.documents.assembly import Assembled
from resume_review.documents.facts.lexicon import lexicon
from resume_review.documents.facts.values import tidy
from resume_review.documents.model import BlockKind, SectionType, Skill, Value
from resume_review.documents.sections.detect import Sections
from resume_review.documents.units import Unit

_LABEL = re.compile(r"^\s*([^:：,;|•]{2,50}?)\s*[:：]\s*(?=\S)|^\s*([^:：,;|•–—]{2,30}?)\s+[–—-]\s+(?=\S)")
_SEPARATOR = re.compile(r"\s*[,;|•·●▪∙‧◦、，；｜✓►]\s*|\s+[/–—]\s+|\t|\s{2,}")
_LEVEL = re.compile(
    r"\s*[\(（\[:–—-]?\s*(?:native|fluent|proficient|professional|intermediate|basic|beginner|advanced|expert|conversational|elementary|bilingual|mother tongue|limited working|full professional|muttersprache|fließend|verhandlungssicher|grundkenntnisse|gute? kenntnisse|langue maternelle|courant|intermédiaire|débutant|avancé|ネイティブ|母語|母国語|ビジネスレベル|日常会話|[ABC][12])\b.*$",
    re.IGNORECASE,
)
_LEVELS = (
    "expert|advanced|intermediate|beginner|novice|proficient|experienced|skilled|competent|familiar|working knowledge|fluent|excellent|very good|"
    "experte|fortgeschritten|sehr gute? kenntnisse|gute kenntnisse|sehr gut|gut|grundkenntnisse|anfänger|"
    "confirmé|avancé|intermédiaire|débutant|courant|notions|maîtrise|bon niveau|上級|中級|初級|基礎|応用|得意"
)
_RATING = re.compile(
    r"\s*[:：–—(（-]?\s*(?:(?:[●○■□★☆◆◇◉◎⬤▰▱✦✩◦∙▪▫]\s?){3,}|(?<![\d.])\d{1,2}(?:\.\d)?\s?/\s?(?:5|10)(?!\d)|(?<![\d.])\d{1,3}\s?%)[)）]?(?=\s|[,;|、]|$)"
    r"|\s*[（(](?:実務経験|経験|使用歴)?\s*(?:約\s*)?\d{1,2}(?:\+\s?)?\s?(?:年(?:以上)?|years?|yrs?|jahre|ans)[）)]",
    re.IGNORECASE,
)
_LEVEL_TAIL = re.compile(
    rf"\s*(?:\s[–—-]\s|[:：](?=[^,、]*$)|[(（\[])\s*(?:{_LEVELS})\s*[)）\]]?(?=\s*(?:[,;|、]|$))",
    re.IGNORECASE,
)
_LEVEL_CELL = re.compile(rf"\s*(?:{_LEVELS})\s*$", re.IGNORECASE)
LONGEST_SKILL = 60
LONGEST_VALUE = 140
_AND = re.compile(r"^(?:and|und|et|&)\s+", re.IGNORECASE)


def read_skills(assembled: Assembled, sections: Sections) -> list[Skill]:
    """Listed skills with the label of their group."""
    skills: list[Skill] = []
    seen: set[str] = set()
    for part in sections.of(SectionType.SKILLS):
        above: str | None = None
        units = [_without_levels(unit) for unit in _joined(_without_header(part.units))]
        for unit, after in zip_longest(units, units[1:]):
            label = _LABEL.match(unit.text)
            start, group = unit.start, above
            if label and _is_label(label):
                group = tidy(label.group(1) or label.group(2))
                start += label.end()
            elif (cell := _first_cell(unit)) is not None:
                group = tidy(assembled.text[unit.start : cell])
                start = cell
            elif _is_group_line(unit, after):
                above = tidy(unit.text).rstrip(":：")
                continue
            for item_start, item_end in _items(assembled, unit, start):
                text = tidy(assembled.text[item_start:item_end])
                if (
                    text.casefold() not in seen
                    and len(text) <= LONGEST_SKILL
                    and any(c.isalnum() for c in text)
                ):
                    seen.add(text.casefold())
                    skills.append(
                        Skill(value=text, start=item_start, end=item_end, confidence=0.9, group=group)
                    )
    return skills


def _without_levels(unit: Unit) -> Unit:
    """How well a skill is known is no skill: ratings and levels become tabs, which separate."""
    text = _RATING.sub(_tabs, _LEVEL_TAIL.sub(_tabs, unit.text))
    for gap in unit.gaps:
        if level := _LEVEL_CELL.match(text, gap - unit.start):
            text = text[: level.start()] + "\t" * len(level.group()) + text[level.end() :]
    if text == unit.text:
        return unit
    return Unit(start=unit.start, end=unit.end, rows=unit.rows, bullet=unit.bullet, text=text, gaps=unit.gaps)


def _tabs(match: re.Match[str]) -> str:
    return "\t" * len(match.group())


def _without_header(units: list[Unit]) -> list[Unit]:
    """Leave out the head of a table: a row of bare words above rows that hold lists."""
    if len(units) > 1 and all(unit.first.kind is BlockKind.TABLE_ROW for unit in units[:2]):
        plain = not re.search(r"[,、;]", units[0].text)
        if plain and _first_cell(units[1]) is not None and len(units[0].gaps) == len(units[1].gaps):
            return units[1:]
    return units


def _is_label(label: re.Match[str]) -> bool:
    text = label.group(1) or label.group(2)
    return len(text.split()) <= 6


def _is_group_line(unit: Unit, after: Unit | None) -> bool:
    """A line of its own that ends with a colon, or stands above a list, labels the lines below."""
    text = unit.text.strip()
    if text.endswith((":", "：")):
        return len(text) < 50
    if after is None or unit.bullet or len(text.split()) > 4 or _SEPARATOR.search(text) or unit.gaps:
        return False
    set_apart = unit.first.kind is BlockKind.HEADING or bool(unit.first.bold and not after.first.bold)
    return set_apart or after.bullet or (len(_SEPARATOR.findall(after.text)) > 1 and "\t" not in after.text)


def _first_cell(unit: Unit) -> int | None:
    """End of the label in a row of a table or beside a list: `Tools    Jira, Visio`."""
    gaps = [gap for gap in unit.gaps if gap > unit.start]
    if len(gaps) != 1 or gaps[0] - unit.start > LONGEST_SKILL:
        return None
    left, right = unit.text[: gaps[0] - unit.start], unit.text[gaps[0] - unit.start :]
    listed = _SEPARATOR.search(right.strip()) is not None and _SEPARATOR.search(left.strip()) is None
    return gaps[0] if listed else None


def _joined(units: list[Unit]) -> list[Unit]:
    """A list broken by a narrow column goes on where the line before ends in a comma or is mid-list."""
    joined: list[Unit] = []
    for unit in units:
        previous = joined[-1] if joined else None
        if previous is not None and _goes_on(previous, unit):
            joined[-1] = Unit(
                start=previous.start,
                end=unit.end,
                rows=[*previous.rows, *unit.rows],
                bullet=previous.bullet,
                text=previous.text + " " * (unit.start - previous.end) + unit.text,
                gaps=[*previous.gaps, *unit.gaps],
            )
        else:
            joined.append(unit)
    return joined


def _goes_on(previous: Unit, unit: Unit) -> bool:
    if unit.bullet or _LABEL.match(unit.text) or unit.start - previous.end > 2:
        return False
    return previous.text.rstrip().endswith((",", "、", ";", "/", "&"))


def _items(assembled: Assembled, unit: Unit, start: int) -> list[tuple[int, int]]:
    """Spans between separators that do not stand in brackets."""
    spans: list[tuple[int, int]] = []
    position = start
    text = assembled.text
    cuts = [(m.start() + unit.start, m.end() + unit.start) for m in _SEPARATOR.finditer(unit.text)]
    cuts += [(gap, gap) for gap in unit.gaps]
    for cut_start, cut_end in [*sorted(cuts), (unit.end, unit.end)]:
        if cut_start < position or _in_brackets(text[position:cut_start]):
            continue
        if span := _trimmed(text, position, cut_start):
            spans.append(span)
        position = cut_end
    return spans


def _in_brackets(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("（") > text.count("）")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    if lead := _AND.match(piece.lstrip()):
        start += len(piece) - len(piece.lstrip()) + lead.end()
    while start < end and (text[start].isspace() or text[start] in "•·–—-*,;:"):
        start += 1
    while end > start and (
        text[end - 1].isspace()
        or text[end - 1] in ",;:•·"
        or (text[end - 1] == "." and text[end - 2 : end - 1].islower())
    ):
        end -= 1
    return (start, end) if end > start else None


def read_certifications(sections: Sections) -> list[Value]:
    """Each line of the certification sections."""
    return [
        Value(value=tidy(unit.text), start=unit.start, end=unit.end, confidence=0.85)
        for part in sections.of(SectionType.CERTIFICATIONS)
        for unit in part.units
        if 2 <= len(unit.text.strip()) <= LONGEST_VALUE
        and "@" not in unit.text
        and any(char.isalpha() for char in unit.text)
    ]


def read_languages(assembled: Assembled, sections: Sections) -> list[Value]:
    """Names of languages in the language sections, without the level."""
    values: list[Value] = []
    known = lexicon().languages
    for part in sections.of(SectionType.LANGUAGES):
        for unit in part.units:
            for start, end in _items(assembled, unit, unit.start):
                raw = assembled.text[start:end]
                bare = _LEVEL.sub("", raw).rstrip(" (（:–—-")
                first = re.split(r"[\s:：(（]", bare.strip(), maxsplit=1)[0]
                if first.casefold().strip(",.") in known:
                    values.append(Value(value=first, start=start, end=start + len(first), confidence=0.95))
    return values
