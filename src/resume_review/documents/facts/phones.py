"""Telephone numbers; dates are taken out of the way first."""

import re

import phonenumbers

from resume_review.documents.dates import find_dates
from resume_review.documents.model import Language, Phone, SectionType, Value
from resume_review.documents.sections.detect import Sections
from resume_review.documents.units import Unit

_CANDIDATE = re.compile(
    r"(?<![\w@/.])(?:\+|＋|00)?[(（]?\d(?:(?: / | ?\(0\) ?|\)[ -]?| ?[(（]|[ ./‐‑–ー・-]{1,2})?\d){6,16}(?![\w@])"
)
_LABEL = re.compile(
    r"(?:\b(?:phone|tel|telephone|mobile|cell|mob|contact no|ph|telefon|mobil|handy|téléphone|portable|tél|gsm|fon|whatsapp)\b|\b[tmpc]\s?[:.]|電話|携帯|ＴＥＬ|TEL|☎|📞|✆)",
    re.IGNORECASE,
)
_NANP = re.compile(r"^(?:1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]?\d{3}[ .-]\d{4}$")
_TRUNK = re.compile(r"^\(?0\d{1,4}\)?[ ./-]?\d{2,4}[ .-]?\d{2,}")
_ELSEWHERE_LIMIT = 60
_REGION_BY_LANGUAGE = {"ja": "JP", "de": "DE", "fr": "FR", "it": "IT", "es": "ES", "nl": "NL", "pt": "PT"}
_REGION_BY_PLACE = (
    (re.compile(r"\b(?:UK|United Kingdom|England|London|Scotland|Wales)\b"), "GB"),
    (re.compile(r"\b(?:India|Bengaluru|Mumbai|Delhi)\b"), "IN"),
    (re.compile(r"\b(?:Ireland|Dublin)\b"), "IE"),
    (re.compile(r"\bSingapore\b"), "SG"),
    (re.compile(r"\b(?:Australia|Sydney|Melbourne|NSW|VIC)\b"), "AU"),
    (re.compile(r"\b(?:Zürich|Schweiz|Switzerland|Suisse|Bern|Basel|Genf|Genève)\b"), "CH"),
    (re.compile(r"\b(?:Wien|Österreich|Austria)\b"), "AT"),
    (re.compile(r"\b(?:Bruxelles|Belgique|Belgium)\b"), "BE"),
    (re.compile(r"\b(?:Montréal|Québec|Canada|Toronto|Vancouver)\b"), "CA"),
)


def read_phones(
    units: list[Unit], sections: Sections, language: Language | None, location: Value | None
) -> list[Phone]:
    """Numbers of the contact lines; elsewhere only behind a label such as `Phone:`."""
    contact = {
        id(unit) for part in sections.parts[:1] + sections.of(SectionType.CONTACT) for unit in part.units
    }
    found: dict[str, Phone] = {}
    for unit in units:
        text = _without_dates(unit.text)
        for match in _CANDIDATE.finditer(text):
            labelled = _LABEL.search(text[max(0, match.start() - 20) : match.start()]) is not None
            phone = _phone(unit, match, labelled=labelled, region=_region(language, location))
            near = id(unit) in contact or "@" in unit.text
            if phone and (
                labelled
                or (near and _plausible(phone.value))
                or (phone.value.startswith("+") and len(unit.text) < _ELSEWHERE_LIMIT)
            ):
                found.setdefault(re.sub(r"\D", "", phone.value), phone)
    return sorted(found.values(), key=lambda phone: phone.start)


def _without_dates(text: str) -> str:
    for span in find_dates(text):
        if re.fullmatch(r"(?:19|20)\d\d", text[span.start : span.end]) and re.search(
            r"\d[ .-]?$", text[: span.start]
        ):
            continue  # four digits inside a number
        text = text[: span.start] + "\0" * (span.end - span.start) + text[span.end :]
    return text


def _region(language: Language | None, location: Value | None) -> str | None:
    for pattern, region in _REGION_BY_PLACE:
        if location and pattern.search(location.value):
            return region
    return _REGION_BY_LANGUAGE.get(language.code) if language else None


def _plausible(value: str) -> bool:
    bare = value.lstrip("+(（ ")
    digits = re.sub(r"\D", "", value)
    if value.startswith(("+", "＋", "00")):
        return len(digits) >= 8
    return bool(
        _NANP.match(bare)
        or _NANP.match(value)
        or (_TRUNK.match(value) and len(digits) >= 9)
        or len(digits) == 10
    )


def _phone(unit: Unit, match: re.Match[str], *, labelled: bool, region: str | None) -> Phone | None:
    raw = match.group().rstrip(" .-(/")
    digits = re.sub(r"\D", "", raw)
    if not 7 <= len(digits) <= 15 or len(set(digits)) < 2:
        return None
    start = unit.start + match.start()
    if raw.count("(") < raw.count(")"):
        return None
    e164 = _e164(raw, region)
    confidence = 0.97 if e164 else (0.85 if labelled else 0.75)
    return Phone(
        value=re.sub(r"\s+", " ", raw), start=start, end=start + len(raw), confidence=confidence, e164=e164
    )


def _e164(raw: str, region: str | None) -> str | None:
    text = raw.replace("＋", "+")
    if text.startswith("00"):
        text = "+" + text[2:]
    if text.startswith("+"):
        text, region = re.sub(r"\(0\)", "", text), None
    elif _NANP.match(text.strip()) and not _valid(text, region):
        region = "US"
    elif region is None:
        return None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None  # not a number of that country: the digits stand, the country stays unknown
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _valid(text: str, region: str | None) -> bool:
    if region is None:
        return False
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return False
