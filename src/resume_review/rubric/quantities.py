"""The figures a bullet gives: what counts, in which unit."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from resume_review.rubric.words import word_set


class Unit(StrEnum):
    """What a figure counts."""

    MONEY = "money"
    PERCENT = "percent"
    MULTIPLE = "multiple"
    PEOPLE = "people"
    TIME = "time"
    THINGS = "things"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure and its place; `noun` is the counted word, singular, where there is one."""

    start: int
    end: int
    text: str
    unit: Unit
    noun: str = ""


_PEOPLE = word_set("""people person employee staff engineer developer analyst consultant member user customer client student
    colleague report manager stakeholder executive fte specialist designer scientist partner candidate hire
    participant subscriber patient volunteer contractor lender creditor bank administrator officer""")
_TIME = word_set("second minute hour day week month quarter year sprint night")
_WORDS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred dozen"
_FOLLOWING = word_set(
    "a an the to of in on at by for with and or from as per is was were while than but who which that it this across within "
    "through after before during since over under via until when where between among against about around into onto out "
    "each every all because so due thanks despite using without compared versus"
)


@cache
def _english() -> re.Pattern[str]:
    number = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    scale = r"(?:\s?(?:million|billion|thousand|trillion|bn|mn|mm|[kKmMbB])(?![A-Za-z]))?"
    currency = r"(?:US|C|A|S|HK|NZ)?[$€£¥₹₩₺₽]|(?<![A-Za-z])(?:USD|EUR|GBP|JPY|CHF|SGD|AUD|CAD|INR|CNY|RMB|SEK|NOK|DKK|PLN|CZK|HUF|RON|KRW|TWD|HKD|NZD|BRL|MXN|ZAR|AED|SAR|THB|IDR|MYR|ILS)\s?"
    return re.compile(
        rf"(?P<money>(?:{currency})\s?(?:{number}){scale}\+?|(?:{number}){scale}\s?(?:USD|EUR|GBP|JPY|CHF|SEK|NOK|DKK|PLN|CZK|INR|CNY|SGD|AUD|CAD|dollars|euros|pounds|yen|crore|lakh|€|£|kr\b|zł)(?![A-Za-z]))"
        rf"|(?P<percent>(?:{number})\s?(?:%|percent\b|per cent\b|percentage points?\b|pp\b|bps\b|basis points?\b))"
        rf"|(?P<multiple>(?<![\w.])(?:{number})\s?[x×](?![\w])|\b(?:two|three|four|five|ten)fold\b|(?<![\w.])\d+-fold\b)"
        rf"|(?<![\w.$€£¥/-])(?P<count>(?:{number}){scale}|\b(?:{_WORDS.replace(' ', '|')})\b)\+?"
        r"(?P<tail>(?:[\s-]+[A-Za-z][A-Za-z-]*){0,3})",
        re.IGNORECASE,
    )


_JAPANESE = re.compile(
    r"(?:約|のべ|延べ|計|累計)?\s?(?P<number>[0-9\uff10-\uff19]+(?:[,.][0-9\uff10-\uff19]+)*|[一二三四五六七八九十百千]+(?=[名人社件倍割]))\s?"
    r"(?P<scale>[万億兆千百]*)\s?(?P<unit>円|ドル|ユーロ|[%\uff05]|パーセント|ポイント|倍|割|名|人|社|件|拠点|か国|カ国|ヶ国|ヵ国|か月|カ月|ヶ月|ヵ月|週間|日間|時間|分|秒|年間|年|月|日|台|本|個|回|案件|プロジェクト|市場|店舗|部門|チーム|サーバ|システム|つ)"
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
    for match in _english().finditer(text):
        start, end = match.start() + offset, match.end() + offset
        if any(start < last and first < end for first, last in taken):
            continue
        quantity = _english_quantity(match, offset, japanese=japanese)
        if quantity is not None:
            found.append(quantity)
    found.sort(key=lambda quantity: quantity.start)
    return tuple(found)


def _english_quantity(match: re.Match[str], offset: int, *, japanese: bool) -> Quantity | None:
    kind = match.lastgroup or ""
    for name, unit in (("money", Unit.MONEY), ("percent", Unit.PERCENT), ("multiple", Unit.MULTIPLE)):
        if match[name]:
            return Quantity(match.start() + offset, match.end() + offset, match[0], unit)
    if kind not in {"count", "tail"} or japanese:
        return None
    count = match["count"]
    start, end = match.start("count") + offset, match.end("count") + offset
    noun, unit = _counted_noun(match["tail"] or "")
    if unit is Unit.NONE and (_is_year(count) or _is_version(match)):
        return None
    if _is_year(count) and unit is Unit.THINGS:
        return None
    return Quantity(start, end, count, unit, noun)


def _counted_noun(tail: str) -> tuple[str, Unit]:
    nouns = [word.strip("-").lower() for word in re.split(r"[\s-]+", tail) if word.strip("-")]
    if not nouns or nouns[0] in _FOLLOWING:
        return "", Unit.NONE
    usable: list[str] = []
    for noun in nouns:
        if noun in _FOLLOWING:
            break
        usable.append(noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun)
    for noun in usable:
        if noun in _PEOPLE:
            return noun, Unit.PEOPLE
        if noun in _TIME:
            return noun, Unit.TIME
    return usable[-1], Unit.THINGS


def _is_year(count: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", count) is not None


def _is_version(match: re.Match[str]) -> bool:
    """`Python 3`, `Level 2`: a number right after a capitalised word and before nothing it could count."""
    before = match.string[: match.start()].rstrip()
    word = re.search(r"[A-Za-z]+$", before)
    return word is not None and word[0][0].isupper() and word.start() > 0


def _japanese_quantities(text: str, offset: int) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _JAPANESE.finditer(text):
        unit = match["unit"]
        if unit in _JA_DATE_UNITS and not match["scale"]:
            continue
        found.append(
            Quantity(
                match.start() + offset,
                match.end() + offset,
                match[0],
                _JA_UNITS.get(unit, Unit.THINGS),
                unit,
            )
        )
    return found
