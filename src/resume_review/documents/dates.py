"""Dates and date ranges as resumes write them, in English, Japanese, German, French and their neighbours. Pure."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from resume_review.documents.date_words import (
    ERAS,
    LONG_THOUGH_SHORT,
    MONTHS,
    PRESENT,
    SAME_SHORT_AND_LONG,
    SEASONS,
    SINCE,
)

FIRST_YEAR = 1940
LAST_YEAR = 2049


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, and the month where it is written."""

    year: int
    month: int | None = None

    def __str__(self) -> str:
        return f"{self.year:04d}" if self.month is None else f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def parse(cls, text: str | None) -> "PartialDate | None":
        """Read `YYYY-MM` or `YYYY`, the form the Document uses; null for anything else."""
        match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text or "")
        return cls(int(match[1]), int(match[2]) if match[2] else None) if match else None

    def months(self, *, end: bool = False) -> int:
        """Months since year zero; a year alone counts from January, or to December when it is an end."""
        return self.year * 12 + (self.month or (12 if end else 1)) - 1


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date or a range of dates and where it stands in the text.

    Attributes:
        start, end: Half-open offsets.
        begin: First date of a range; null for a single date.
        finish: Last date of a range, or the single date; null when the range goes on.
        current: The range is written as going on.
        style: How it is written, e.g. `Mon YYYY`, `MM/YYYY`, `YYYY年M月`; empty where that cannot be told (May).
    """

    start: int
    end: int
    begin: PartialDate | None
    finish: PartialDate | None
    current: bool
    style: str

    @property
    def is_range(self) -> bool:
        """Whether two ends are written, or one end that is still open."""
        return self.begin is not None


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    year: int | None
    month: int | None
    style: str
    present: bool = False
    weak: bool = False  # counts only as part of a range


_DASH = r"(?:[-‐‑‒–—−―－~〜～ー→⟶]|->|to|until|till|through|thru|bis|à|au|a|al|até|tot|から|まで)"
_BETWEEN = re.compile(rf"\s*[,.]?\s*{_DASH}\s*(?:zum|the)?\s*", re.IGNORECASE)
_OPEN = re.compile(r"[ \t]*[-–—－~〜～−→](?=[ \t]*(?:$|[\n|)\]）,;]))")
_YEAR_TAIL = re.compile(r"\s*[-–—/]\s*(\d{2})(?!\d|[./]\d)")
_NUMBER = re.compile(r"\d|元")


def _alternatives(words: tuple[str, ...] | dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    month = rf"(?:{_alternatives(MONTHS)})(?![^\W\d_])\.?"
    day = r"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?)?"
    year = r"(?:19[4-9]\d|20[0-4]\d)(?!\d)"
    return re.compile(
        "|".join(
            (
                rf"(?<![A-Za-z])(?P<era>{_alternatives(ERAS)})\s?(?P<era_year>元|\d{{1,2}})\s?(?:年|[./])\s?(?:(?P<era_month>1[0-2]|0?[1-9])(?!\d)\s?月?(?:\s?\d{{1,2}}\s?日)?)?",
                r"(?<!\d)(?P<ja_year>\d{4})\s?年度?\s?(?:(?P<ja_month>1[0-2]|0?[1-9])\s?月(?:\s?\d{1,2}\s?日)?)?",
                # The cells of a Japanese form: year, month, event.
                rf"(?<![\d/.-])(?P<cell_year>{year})\s(?P<cell_month>1[0-2]|0?[1-9])(?=\s+[\u3040-\u30ff\u3400-\u9fff])",
                rf"(?<![\d/.-])(?P<iso_year>{year[:-6]})(?P<iso_mark>[-/.])(?P<iso_month>1[0-2]|0?[1-9])(?:(?P=iso_mark)(?:3[01]|[12]\d|0?[1-9]))?(?![\d]|[-/.]\d)",
                rf"(?<![\d/.-])(?P<first>\d{{1,2}})(?P<mark>[./-])(?P<second>\d{{1,2}})(?P=mark)(?P<full_year>{year})",
                rf"(?<![\d/.])(?P<num_month>1[0-2]|0?[1-9])\s?[/.-]\s?(?P<num_year>{year})",
                rf"(?<![^\W_]){day}(?P<word_month>{month}),?[\s/-]*(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?,\s*)?(?:of\s+|de\s+)?(?P<word_year>{year}|['’‘]\d{{2}}(?!\d)|(?<=-)\d{{2}}(?!\d))",
                rf"(?<!\d)(?P<lead_year>{year})[,.]?\s+(?P<lead_month>{month})(?!\s*\d)",
                rf"(?<![^\W_])(?P<season>{_alternatives(SEASONS)})\s*,?\s*(?P<season_year>{year})(?:/\d{{2,4}})?",
                rf"(?<![\w.,$€£¥#])(?P<year>{year})(?![\w%]|[,.]\d)",
                r"(?<![\d/.])(?P<short_month>1[0-2]|0[1-9])/(?P<short_year>\d{2})(?![\d/])",
                rf"(?<![^\W_])(?P<bare_month>{month})(?!\s*\d)",
                rf"(?<![^\W_])(?P<present>{_alternatives(PRESENT)})(?![^\W_])",
            )
        ),
        re.IGNORECASE,
    )


def find_dates(text: str) -> list[DateSpan]:
    """Find every date and range; bare years are found too, so ask only where dates are expected."""
    return list(_spans(text)) if _NUMBER.search(text) else []


# The steps after each other ask for the dates of the same lines.
@lru_cache(maxsize=2048)
def _spans(text: str) -> tuple[DateSpan, ...]:
    tokens = [token for match in _pattern().finditer(text) if (token := _token(match))]
    spans: list[DateSpan] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        follower = tokens[index + 1] if index + 1 < len(tokens) else None
        if not token.present and follower and _joins(text, token, follower):
            spans.append(_range(token, follower))
            index += 2
            continue
        if single := _single(text, token):
            spans.append(single)
        index += 1
    return tuple(spans)


def _joins(text: str, token: _Token, follower: _Token) -> bool:
    if token.weak and token.year is None and follower.year is None:
        return False
    if token.weak and token.year is not None and not (follower.weak or follower.present):
        return False
    if follower.weak and follower.year is None:
        return False
    between = text[token.end : follower.start]
    if (
        follower.present
        and re.fullmatch(r"\s*,?\s*", between)
        and "至" in text[follower.start : follower.end]
    ):
        return True
    if not _BETWEEN.fullmatch(between):
        return False
    return follower.present or token.year is None or (follower.year or 0) >= token.year


def _range(token: _Token, follower: _Token) -> DateSpan:
    year = token.year if token.year is not None else follower.year
    begin = PartialDate(year or 0, token.month)
    finish = None if follower.present else PartialDate(follower.year or 0, follower.month)
    style = token.style if token.year is not None else follower.style
    return DateSpan(token.start, follower.end, begin, finish, follower.present, style)


def _single(text: str, token: _Token) -> DateSpan | None:
    if token.present or token.weak or token.year is None:
        return None
    date = PartialDate(token.year, token.month)
    since = re.search(
        rf"(?<![^\W_])(?:{_alternatives(SINCE)})\s*$",
        text[max(0, token.start - 12) : token.start],
        re.IGNORECASE,
    )
    if since:
        start = token.start - len(since.group())
        return DateSpan(start, token.end, date, None, True, token.style)  # noqa: FBT003
    if token.style == "YYYY" and (tail := _YEAR_TAIL.match(text, token.end)):
        short = int(tail[1])
        finish = token.year // 100 * 100 + short
        if 0 < finish - token.year < 50:
            return DateSpan(token.start, tail.end(), date, PartialDate(finish), False, "YYYY")  # noqa: FBT003
    if opened := _OPEN.match(text, token.end):
        return DateSpan(token.start, opened.end(), date, None, True, token.style)  # noqa: FBT003
    return DateSpan(token.start, token.end, None, date, False, token.style)  # noqa: FBT003


def _token(match: re.Match[str]) -> _Token | None:
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    for reader in (_japanese, _numeric, _worded):
        if (token := reader(found, match.start(), match.end())) is not None:
            return token if token.year is None or FIRST_YEAR <= token.year <= LAST_YEAR else None
    return None


def _japanese(found: dict[str, str], start: int, end: int) -> _Token | None:
    if "era" in found:
        year = 1 if found["era_year"] == "元" else int(found["era_year"])
        return _Token(
            start, end, ERAS[found["era"].upper()] + year - 1, _month(found.get("era_month")), "和暦"
        )
    if "ja_year" in found:
        month = _month(found.get("ja_month"))
        return _Token(start, end, int(found["ja_year"]), month, "YYYY年M月" if month else "YYYY年")
    if "cell_year" in found:
        return _Token(start, end, int(found["cell_year"]), int(found["cell_month"]), "YYYY M")
    return None


def _numeric(found: dict[str, str], start: int, end: int) -> _Token | None:
    if "iso_year" in found:
        style = f"YYYY{found['iso_mark']}MM"
        return _Token(start, end, int(found["iso_year"]), int(found["iso_month"]), style)
    if "full_year" in found:
        month = _month_of_day(int(found["first"]), int(found["second"]), found["mark"])
        return _Token(start, end, int(found["full_year"]), month, f"DD{found['mark']}MM{found['mark']}YYYY")
    if "num_year" in found:
        return _Token(start, end, int(found["num_year"]), int(found["num_month"]), "MM/YYYY")
    if "short_year" in found:
        year = _century(int(found["short_year"]))
        return _Token(start, end, year, int(found["short_month"]), "MM/YY", weak=True)
    if "year" in found:
        return _Token(start, end, int(found["year"]), None, "YYYY")
    return None


def _worded(found: dict[str, str], start: int, end: int) -> _Token | None:
    if "word_year" in found:
        digits = found["word_year"].strip("'’‘")
        year = int(digits) if len(digits) == 4 else _century(int(digits))
        return _Token(start, end, year, _named(found["word_month"]), _name_style(found["word_month"]))
    if "lead_year" in found:
        return _Token(start, end, int(found["lead_year"]), _named(found["lead_month"]), "YYYY Mon")
    if "season_year" in found:
        return _Token(start, end, int(found["season_year"]), None, "Season YYYY")
    if "bare_month" in found:
        month = found["bare_month"]
        return _Token(start, end, None, _named(month), _name_style(month), weak=True)
    return _Token(start, end, None, None, "", present=True)


def _month(text: str | None) -> int | None:
    return int(text) if text else None


def _month_of_day(first: int, second: int, mark: str) -> int | None:
    """Null where day and month cannot be told apart."""
    if mark == ".":
        return second if 1 <= second <= 12 else None
    if first > 12 >= second:
        return second
    if second > 12 >= first:
        return first
    return first if first == second else None


def _named(word: str) -> int:
    return MONTHS[word.rstrip(".").lower()]


def _name_style(word: str) -> str:
    bare = word.rstrip(".").lower()
    if bare in SAME_SHORT_AND_LONG:
        return ""
    return "Month YYYY" if bare in LONG_THOUGH_SHORT or len(bare) > 5 else "Mon YYYY"


def _century(short: int) -> int:
    return 2000 + short if short < 50 else 1900 + short
