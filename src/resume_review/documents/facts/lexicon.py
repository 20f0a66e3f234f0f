"""How much a phrase looks like a job title, an employer, a school, a degree or a place (0-1)."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

# How many phrases are remembered: the readers of names, roles and courses ask for the same ones.
MEMORY = 2048
_TOKEN = re.compile(r"[^\s,;|/()（）、・\[\]]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_JA_PLACE = re.compile(
    r"^(?:〒?\s?\d{3}-?\d{4}\s*)?(?:東京都|北海道|(?:京都|大阪)府|[^\s,、]{2,3}県)(?:[^\s,、]{1,12}(?:市|区|町|村|郡))*[^\s,、]{0,24}$"
    r"|^[^\s,、]{1,6}[市区]$"
)
_RANKS = frozenset({"senior", "junior", "sr", "jr", "lead", "principal", "staff", "vice", "deputy", "trainee", "interim", "acting", "leitende", "leitender", "stellvertretende", "stellvertretender"})  # fmt: skip
# How English names trades; a hint, for names of firms end so too.
_TRADE = re.compile(r"(?:[^aeiou]er|[st]or|ist|m[ae]n|wom[ae]n|ician|eer|smith|wright)$")
_JA_TRADE = re.compile(r"(?:[^委会]員|[師士長職官]|担当者?|責任者|技術者|研究者|開発者|部門?付)$")
_JA_DEPARTMENT = re.compile(r"(?:[^学]部|[^学]部門|課|室|グループ|チーム)$")
_AMPERSAND = re.compile(r"[A-ZÀ-Þ][\w.'’-]+ (?:&|\+|and|und|et) [A-ZÀ-Þ]")
_CAMEL = re.compile(r"\b[A-Z][a-z]+[A-Z][a-z]+|\.(?:com|io|ai|org|net)\b")
_POST_CODE = re.compile(
    r"\b(?:[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|(?:[A-Z]{1,2}-)?\d{4,6}(?:-\d{4})?)\b"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists, folded."""

    titles: frozenset[str]
    titles_ja: tuple[str, ...]
    employers: frozenset[str]
    employers_ja: tuple[str, ...]
    known_employers: re.Pattern[str]
    schools: frozenset[str]
    schools_ja: tuple[str, ...]
    degrees: frozenset[str]
    degrees_ja: tuple[str, ...]
    countries: frozenset[str]
    regions: frozenset[str]
    cities: frozenset[str]
    languages: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The word lists of this package."""
    source = files("resume_review.documents.facts").joinpath("words.yaml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(source, Loader=loader)  # noqa: S506 - a safe loader either way

    def words(key: str) -> frozenset[str]:
        return frozenset(word.casefold() for line in data[key] for word in str(line).split())

    return Lexicon(
        titles=words("titles"),
        titles_ja=tuple(data["titles_ja"]),
        employers=words("employers"),
        employers_ja=tuple(data["employers_ja"]),
        known_employers=re.compile(
            rf"(?<!\w)(?:{'|'.join(re.escape(str(name)) for name in data['known_employers'])})(?!\w)"
        ),
        schools=words("schools"),
        schools_ja=tuple(data["schools_ja"]),
        degrees=words("degrees"),
        degrees_ja=tuple(data["degrees_ja"]),
        countries=frozenset(str(name).casefold() for names in data["countries"].values() for name in names),
        regions=frozenset(str(name).casefold() for name in data["regions"]),
        cities=frozenset(_cities(data["cities"])),
        languages=frozenset(str(name).casefold() for name in data["languages"]),
    )


def _cities(lines: list[str] | list[list[str]]) -> list[str]:
    return [name.strip().casefold() for line in lines for name in str(line).split(",") if name.strip()]


def tokens(text: str) -> list[str]:
    """Words of a phrase, folded, without the full stop at their end."""
    return [token.casefold().rstrip(".:") for token in _TOKEN.findall(text)]


@lru_cache(maxsize=MEMORY)
def title_score(text: str) -> float:
    """Likeness to a job title."""
    words = lexicon()
    if _CJK.search(text):
        return _title_score_ja(text, words)
    found = tokens(text)
    if not found or len(found) > 14:
        return 0.0
    hits = [index for index, token in enumerate(found) if _is_title(token, words.titles)]
    if hits:
        return 1.0 if hits[-1] == len(found) - 1 or hits[0] == 0 else 0.85
    if len(found) > 1 and found[0] in _RANKS:
        return 0.8
    return 0.3 if len(found[-1]) > 4 and _TRADE.search(found[-1]) else 0.0


def _title_score_ja(text: str, words: Lexicon) -> float:
    if any(name in text for name in words.employers_ja[:16]):
        return 0.1
    if any(name in text for name in words.titles_ja) or _JA_TRADE.search(text):
        return 0.9
    return 0.4 if _JA_DEPARTMENT.search(text) else 0.0


def _is_title(token: str, titles: frozenset[str]) -> bool:
    if token in titles:
        return True
    parts = re.split(r"[-/:*]", token)
    if len(parts) > 1 and any(part in titles for part in parts if len(part) > 2):
        return True
    # German compounds and gendered forms: Bereichsleiterin, Chefredakteur, Consultant(in)
    return len(token) > 9 and token.endswith(
        (
            "leiter",
            "leiterin",
            "berater",
            "beraterin",
            "ingenieur",
            "manager",
            "managerin",
            "assistent",
            "assistentin",
            "entwickler",
            "entwicklerin",
            "mitarbeiter",
            "mitarbeiterin",
        )
    )


@lru_cache(maxsize=MEMORY)
def employer_score(text: str) -> float:
    """Likeness to the name of an employer."""
    words = lexicon()
    if _CJK.search(text):
        return 0.95 if any(name in text for name in words.employers_ja) else 0.0
    found = tokens(text)
    if not found or len(found) > 12:
        return 0.0
    if words.known_employers.search(text.casefold()):
        return 0.9
    score = 0.0
    if found[-1] in words.employers:
        score = 0.8
    elif any(token in words.employers for token in found):
        score = 0.5
    if _AMPERSAND.search(text) or _CAMEL.search(text):
        score = max(score, 0.45)
    return score


@lru_cache(maxsize=MEMORY)
def school_score(text: str) -> float:
    """Likeness to the name of a school or university."""
    words = lexicon()
    if _CJK.search(text):
        return 0.95 if any(name in text for name in words.schools_ja) else 0.0
    found = tokens(text)
    if any(token in words.schools or _school_compound(token) for token in found):
        return 0.95 if len(found) <= 14 else 0.4
    return 0.0


def _school_compound(token: str) -> bool:
    return len(token) > 9 and token.endswith(
        ("universität", "hochschule", "schule", "gymnasium", "akademie", "kolleg", "institut")
    )


@lru_cache(maxsize=MEMORY)
def degree_score(text: str) -> float:
    """Likeness to a degree or a course of study."""
    words = lexicon()
    if _CJK.search(text):
        return 0.9 if any(name in text for name in words.degrees_ja) else 0.0
    found = tokens(text)
    if not found:
        return 0.0
    if any(_is_degree(token, words.degrees) for token in found[:3]):
        return 1.0
    return 0.7 if any(_is_degree(token, words.degrees) for token in found) else 0.0


def _is_degree(token: str, degrees: frozenset[str]) -> bool:
    if token in degrees or token.replace(".", "") in degrees:
        return True
    return token.startswith(("dipl.-", "bachelor", "master-", "diplom-", "diplom")) and len(token) > 4


@lru_cache(maxsize=MEMORY)
def place_score(text: str) -> float:
    """Likeness to a place: a city, a country, or a city with its region."""
    words = lexicon()
    text = text.strip(" ,;()[]（）")
    if not text or len(text) > 70:
        return 0.0
    if _CJK.search(text):
        if max(school_score(text), employer_score(text)) > 0.5:
            return 0.0
        return 0.9 if _JA_PLACE.match(text) or text in words.countries else 0.0
    folded = text.casefold()
    if folded in words.cities or folded in words.countries:
        return 1.0
    return _parts_score(
        [part.strip() for part in re.split(r"\s*[,/]\s*|\s+-\s+", folded) if part.strip()], text, words
    )


def _parts_score(parts: list[str], text: str, words: Lexicon) -> float:
    def bare(part: str) -> str:
        return _POST_CODE.sub("", part.upper()).strip().casefold()

    if len(parts) == 1:
        return 0.9 if _POST_CODE.search(text) and bare(parts[0]) in words.cities else 0.0
    if not 2 <= len(parts) <= 4:
        return 0.0
    last = bare(parts[-1])
    known = [part in words.cities or bare(part) in words.cities for part in parts]
    wide = [part in words.countries or part in words.regions or bare(part) in words.regions for part in parts]
    if not all(k or w or not bare(part) for k, w, part in zip(known[1:], wide[1:], parts[1:], strict=True)):
        return 0.0
    if known[0] or (len(parts) == 2 and wide[0] and wide[1]):
        return 1.0
    # A town that is not in the list, before its region or country; or an employer before a place.
    bounded = len(parts) == 2 and (wide[1] or not last)
    plain = len(parts[0].split()) <= 3 and not any(char.isdigit() for char in bare(parts[0]))
    return 0.7 if bounded and plain and text[0].isupper() else 0.0
