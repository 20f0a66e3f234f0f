"""The figures a bullet gives: what counts, in which unit."""

import re
import string
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

import msgspec

from resume_review.rubric.verbs import Tense, lead_verb
from resume_review.rubric.words import lower_case, word_set


class Unit(StrEnum):
    """What a figure counts."""

    MONEY = "money"
    PERCENT = "percent"
    MULTIPLE = "multiple"
    PEOPLE = "people"
    TIME = "time"
    THINGS = "things"
    NONE = "none"


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """One figure and its place; `noun` is the counted word, singular, where there is one."""

    start: int
    end: int
    text: str
    unit: Unit
    noun: str = ""


_PEOPLE = word_set("""people person employee staff engineer developer analyst consultant member user customer client student
    colleague report manager stakeholder executive fte specialist designer scientist partner candidate hire
    participant subscriber patient volunteer contractor lender creditor bank administrator officer nurse doctor teacher
    pupil guest visitor worker operator technician planner trainee intern graduate apprentice agent supervisor director""")
# `3 client accounts` are no people.
_QUALIFIES = word_set(
    "client customer user student patient bank partner member candidate employee lender report hire"
)
_TIME = word_set("second minute hour day week month quarter year sprint night")
_WORDS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred dozen"
_NUMBER_WORDS = tuple(_WORDS.split())
_TEAM = re.compile(r"\b(?:teams?|staff|crews?|groups?|workforce|headcount|squads?)\s+of\s+$", re.IGNORECASE)
_TEAM_LENGTH = 20
"""Characters in which it is found before the figure."""
_FOLLOWING = word_set(
    "a an the to of in on at by for with and or from as per is was were while than but who which that it this across within "
    "through after before during since over under via until when where between among against about around into onto out "
    "each every all because so due thanks despite using without compared versus last next"
)


_SIGN = re.compile(r"[\d$€£¥₹₩₺₽]")
_SIGN_OR_WORD = re.compile(rf"[\d$€£¥₹₩₺₽]|\b(?=[tfsenhd])(?:{_WORDS.replace(' ', '|')})(?:fold)?\b")
"""Every figure has a digit, a currency sign or one of these words ..."""
_BEFORE_SIGN = 5
"""... at most this many characters (`USD` and two blanks) after its start."""
_PREFIXES = "us|c|a|s|hk|nz"
_CODES = (
    "usd|eur|gbp|jpy|chf|sgd|aud|cad|inr|cny|rmb|sek|nok|dkk|pln|czk|huf|ron|krw|twd|hkd|nzd|brl|mxn|zar|aed|sar|thb|idr"
    "|myr|ils"
)
_CURRENCY_ENDINGS = (*_PREFIXES.split("|"), *_CODES.split("|"))


@cache
def _english() -> re.Pattern[str]:
    """For text in lower case."""
    number = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    scale = r"(?:\s?(?:million|billion|thousand|trillion|bn|mn|mm|[kmb])(?![a-z]))?"
    currency = rf"(?:{_PREFIXES})?[$€£¥₹₩₺₽]|(?<![a-z])(?:{_CODES})\s?"
    return re.compile(
        rf"(?P<money>(?:{currency})\s?(?:{number}){scale}\+?|(?:{number}){scale}\s?(?:usd|eur|gbp|jpy|chf|sek|nok|dkk|pln|czk|inr|cny|sgd|aud|cad|dollars|euros|pounds|yen|crore|lakh|€|£|kr\b|zł)(?![a-z]))"
        rf"|(?P<percent>(?:{number})\s?(?:%|percent\b|per cent\b|percentage points?\b|pp\b|bps\b|basis points?\b))"
        rf"|(?P<multiple>(?<![\w.])(?:{number})\s?[x×](?![\w])|\b(?:two|three|four|five|ten)fold\b|(?<![\w.])\d+-fold\b)"
        rf"|(?<![\w.$€£¥/-])(?P<count>(?:{number}){scale}|\b(?:{_WORDS.replace(' ', '|')})\b)\+?"
        r"(?P<tail>(?:[\s-]+[a-z][a-z-]*){0,3})"
    )


_NUMBERED_LENGTH = 10
"""Characters in which the word and the blank of the next pattern are found."""
_NUMBERED = re.compile(
    r"(?:\b(?:Wave|Phase|Level|Release|Version|Tier|Stage|Step|Series|Class|Type|Grade|Part|Section|Article|Basel|Group|ECC|Gen)|[A-Z]{2,}(?=\s\d\.))\s$"
)
_JAPANESE = re.compile(
    r"(?:約|のべ|延べ|計|累計)?\s?(?P<number>(?:[0-9\uff10-\uff19][0-9\uff10-\uff19,.]{0,12}[千百]?[億兆])*[0-9\uff10-\uff19]+(?:[,.][0-9\uff10-\uff19]+)*|[一二三四五六七八九十百千]+(?=[名人社件倍割]))\s?"
    r"(?P<scale>[万億兆千百]*)\s?(?P<unit>円|ドル|ユーロ|[%\uff05](?:ポイント|pt)?|パーセント|ポイント|倍|割|名|人|社|件|拠点|か国|カ国|ヶ国|ヵ国|か月|カ月|ヶ月|ヵ月|週間|日間|時間|分|秒|年間|年|月|日|台|本|個|回|案件|プロジェクト|市場|店舗|部門|チーム|サーバ|システム|つ)"
)
_JA_UNITS = {
    **dict.fromkeys(("円", "ドル", "ユーロ"), Unit.MONEY),
    **dict.fromkeys(("%", "\uff05", "パーセント", "ポイント", "割"), Unit.PERCENT),
    "倍": Unit.MULTIPLE,
    **dict.fromkeys(("名", "人"), Unit.PEOPLE),
    **dict.fromkeys(("か月", "カ月", "ヶ月", "ヵ月", "週間", "日間", "時間", "分", "秒", "年間"), Unit.TIME),
}
_JA_DATE_UNITS = frozenset(("年", "月", "日"))


def quantities(text: str, offset: int = 0, *, japanese: bool = False) -> tuple[Quantity, ...]:
    """The figures of a text in the order of their places; years, versions and names such as p95 are none."""
    found = _japanese_quantities(text, offset) if japanese else []
    taken = [(quantity.start, quantity.end) for quantity in found]
    for match in _english_matches(text):
        start, end = match.start() + offset, match.end() + offset
        if taken and any(start < last and first < end for first, last in taken):
            continue
        quantity = _english_quantity(match, text, offset, japanese=japanese)
        if quantity is not None:
            found.append(quantity)
    if taken:
        found.sort(key=lambda quantity: quantity.start)
    return tuple(found)


_UNIT_OF_GROUP = {"money": Unit.MONEY, "percent": Unit.PERCENT, "multiple": Unit.MULTIPLE}


def _english_matches(text: str) -> Iterator[re.Match[str]]:
    """What the pattern finds. It is slow where there is no figure, so those places are passed over."""
    lower = lower_case(text)
    signs = _SIGN_OR_WORD if any(word in lower for word in _NUMBER_WORDS) else _SIGN
    end = 0
    while sign := signs.search(lower, end):
        first = sign.start()
        before = lower[max(end, first - _BEFORE_SIGN) : first]
        start = first - len(before) if before.rstrip().endswith(_CURRENCY_ENDINGS) else first
        match = _english().search(lower, start)
        if match is None:
            return
        yield match
        end = match.end()


def _english_quantity(match: re.Match[str], text: str, offset: int, *, japanese: bool) -> Quantity | None:
    unit = _UNIT_OF_GROUP.get(match.lastgroup or "")
    if unit is not None:
        start, end = match.span()
        return Quantity(start + offset, end + offset, text[start:end], unit)
    if japanese:
        return None
    start, end = match.span("count")
    count = text[start:end]
    noun, unit = _counted_noun(match["tail"] or "")
    if unit in {Unit.NONE, Unit.THINGS} and _TEAM.search(text, max(0, start - _TEAM_LENGTH), start):
        unit = Unit.PEOPLE
    before = max(0, start - _NUMBERED_LENGTH)
    if (unit is Unit.NONE and (_is_year(count) or _is_version(text[: match.start()]))) or _NUMBERED.search(
        text, before, start
    ):
        return None
    if _is_year(count) and unit is Unit.THINGS:
        return None
    return Quantity(start + offset, end + offset, count, unit, noun)


def _counted_noun(tail: str) -> tuple[str, Unit]:
    nouns = tail.replace("-", " ").split()
    if not nouns or nouns[0] in _FOLLOWING:
        return "", Unit.NONE
    usable: list[str] = []
    for noun in nouns:
        verb = lead_verb(noun) if usable else None
        if noun in _FOLLOWING or (verb and verb.known and verb.tense is Tense.PAST):
            break
        usable.append(noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun)
    for index, noun in enumerate(usable):
        if noun in _QUALIFIES and index + 1 < len(usable) and nouns[index + 1].endswith("s"):
            continue
        if noun in _PEOPLE:
            return noun, Unit.PEOPLE
        if noun in _TIME:
            return noun, Unit.TIME
    return usable[-1], Unit.THINGS


def _is_year(count: str) -> bool:
    return len(count) == 4 and count[:2] in {"19", "20"} and count[2:].isdecimal()


def _is_version(text: str) -> bool:
    """`Python 3`, `Level 2`: a number right after a capitalised word and before nothing it could count."""
    before = text.rstrip()
    start = len(before.rstrip(string.ascii_letters))
    return 0 < start < len(before) and before[start].isupper()


def _is_span_of_days(match: re.Match[str]) -> bool:
    """`5日から1日に`: no date, because no month stands before it and something was done within it."""
    before = match.string[: match.start()].rstrip("約 ")
    return not before.endswith(("月", "年", "/")) and not before[-1:].isdigit()


def _japanese_quantities(text: str, offset: int) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _JAPANESE.finditer(text):
        unit = match["unit"]
        if unit == "日" and not match["scale"] and _is_span_of_days(match):
            found.append(Quantity(match.start() + offset, match.end() + offset, match[0], Unit.TIME, unit))
            continue
        if unit in _JA_DATE_UNITS and not match["scale"]:
            continue
        found.append(
            Quantity(
                match.start() + offset,
                match.end() + offset,
                match[0],
                Unit.PERCENT if unit[0] in "%\uff05" else _JA_UNITS.get(unit, Unit.THINGS),
                unit,
            )
        )
    return found
