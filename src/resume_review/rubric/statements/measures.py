"""Figures with what they are held against and what they hold for."""

import re
from collections.abc import Sequence

from resume_review.rubric.quantities import Quantity, Unit
from resume_review.rubric.statements.model import Measure

_FROM = re.compile(r"(?:\bfrom\s+(?:(?:about|around|over|nearly|some)\s+)?|\bbetween\s+)$", re.IGNORECASE)
_TO = re.compile(
    r"\s*(?:[A-Za-z-]+\s+){0,3}?(?:down\s+|up\s+)?to\s+(?:(?:about|under|over|below|nearly|just)\s+)?",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"[\s,;(]*(?:[a-z-]+\s+){0,3}?(?:instead of|rather than|against|versus|vs\.?|compared (?:with|to)|down from|up from|from|not|where)\s+"
    r"(?:(?:a|an|the)\s+)?(?:(?:plan|target|budget|average|first offer|goal|norm|industry average|benchmark)\s+of\s+)?",
    re.IGNORECASE,
)  # fmt: skip
_RANGE = re.compile(r"\s*(?:[-–—~]|to|and)\s*", re.IGNORECASE)
_SCOPE = re.compile(
    r"[\s,]*(?P<scope>(?:a|per|each|every)\s+(?:day|week|month|quarter|year|shift|night|sprint|release|case|head|store|user|call|order)s?\b|annually|yearly|a\s+year"
    r"|(?:within|in|over|inside|during|across|by)\s+(?:the\s+)?(?:first\s+|its\s+first\s+)?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a|\w+teen)?\s*"
    r"(?:[a-z]+\s+)?(?:days?|weeks?|months?|quarters?|years?|countries|markets|sites|regions|stores|plants|offices|subsidiaries|entities|units|teams)\b|year[- ]on[- ]year|run[- ]rate)",
    re.IGNORECASE,
)  # fmt: skip
_UNIT_WORD = re.compile(r"[\s-]+[A-Za-z][A-Za-z-]*")
_PLACES = (
    "country",
    "countrie",
    "market",
    "site",
    "region",
    "store",
    "plant",
    "office",
    "subsidiary",
    "subsidiarie",
    "entity",
    "unit",
    "team",
)
_JA_FROM = re.compile(r"(?:から|⇒|→|➔)\s*(?:[^\d、。]{0,6})$")
_JA_AGAINST = re.compile(r"(?:に対し(?:て)?|対比|比で?|比べ(?:て)?|見込み(?:の|に対し)?|目標)$")
_JA_SCOPE = re.compile(
    r"(年間|月間|月額|年額|月あたり|毎月|毎年|1件あたり|一件あたり|1日あたり|週|月|年|前年比|累計)[の約はで平均最大計]*$"
)


def measures(body: str, start: int, quantities: Sequence[Quantity], *, japanese: bool) -> tuple[Measure, ...]:
    """The figures of a bullet that starts at `start`."""
    return _japanese(body, start, quantities) if japanese else _english(body, start, quantities)


def _english(body: str, start: int, quantities: Sequence[Quantity]) -> tuple[Measure, ...]:
    found: list[Measure] = []
    index = 0
    while index < len(quantities):
        first = quantities[index]
        after = quantities[index + 1] if index + 1 < len(quantities) else None
        between = body[first.end - start : after.start - start] if after else ""
        before = body[: first.start - start]
        if after and _TO.fullmatch(between) and _FROM.search(before):
            found.append(_measure(body, start, after, baseline=first))
            index += 2
        elif after and _AGAINST.fullmatch(between):
            found.append(_measure(body, start, first, baseline=after))
            index += 2
        elif after and _RANGE.fullmatch(between) and (first.unit in {after.unit, Unit.NONE}):
            found.append(_measure(body, start, after, opening=first))
            index += 2
        else:
            found.append(_measure(body, start, first))
            index += 1
    return tuple(found)


def _measure(
    body: str, start: int, quantity: Quantity, *, baseline: Quantity | None = None, opening: Quantity | None = None
) -> Measure:  # fmt: skip
    first = (opening or quantity).start - start
    end = _with_noun(body, quantity.end - start, quantity)
    scope = _SCOPE.match(body, end)
    known = baseline is not None
    return Measure(
        start=first + start,
        end=end + start,
        value=" ".join(body[first:end].split()),
        unit=quantity.unit,
        baseline=_value(body, start, baseline) if known and baseline else None,
        scope=" ".join(scope["scope"].split()) if scope else None,
    )


def _value(body: str, start: int, quantity: Quantity) -> str:
    end = _with_noun(body, quantity.end - start, quantity)
    return " ".join(body[quantity.start - start : end].split())


def _with_noun(body: str, end: int, quantity: Quantity) -> int:
    """Where the counted word ends."""
    if not quantity.noun:
        return end
    place = end
    for _ in range(3):
        word = _UNIT_WORD.match(body, place)
        if word is None:
            break
        place = word.end()
        if word[0].strip(" -").lower().startswith(quantity.noun[:4]):
            return place
    return end


def _japanese(body: str, start: int, quantities: Sequence[Quantity]) -> tuple[Measure, ...]:
    found: list[Measure] = []
    pending: Quantity | None = None
    for quantity in quantities:
        before = body[: quantity.start - start]
        gap = body[pending.end - start : quantity.start - start] if pending else ""
        baseline = (
            pending if pending and gap and (_JA_FROM.fullmatch(gap) or _JA_AGAINST.search(gap)) else None
        )
        if pending is not None and baseline is None and re.fullmatch(r"\s*[-–~〜～]\s*", gap):
            found[-1] = _ja_measure(body, start, quantity, first=pending.start)
            pending = quantity
            continue
        if baseline is not None and found:
            found.pop()
        found.append(
            _ja_measure(body, start, quantity, first=quantity.start, baseline=baseline, before=before)
        )
        pending = quantity
    return tuple(found)


def _ja_measure(
    body: str, start: int, quantity: Quantity, *, first: int, baseline: Quantity | None = None, before: str = ""
) -> Measure:  # fmt: skip
    anchor = body[: baseline.start - start] if baseline else before
    scope = _JA_SCOPE.search(anchor)
    return Measure(
        start=first,
        end=quantity.end,
        value=body[first - start : quantity.end - start].strip(),
        unit=quantity.unit,
        baseline=baseline.text.strip() if baseline else None,
        scope=scope[1] if scope else None,
    )
