"""The known headings, loaded from their data file, and how alike a line is to them."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

import yaml
from rapidfuzz import fuzz, process

from resume_review.documents.model import SectionType

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_NUMBERING = re.compile(r"^(?:\(?\d{1,2}[.)]|[ivx]{1,4}[.)]|[A-H][.)])\s+", re.IGNORECASE)
_SPACED = re.compile(r"^(?:\w ){2,}\w$")
_SMALL_CAPS = re.compile(r"\b([A-ZÀ-Þ]) ([A-ZÀ-Þ]{2,})")
_JOINERS = re.compile(
    r"\s*(?:&|\+|/|,|\||・|\band\b|\bund\b|\bet\b|\by\b|\be\b|\b(?:my)\b)\s*", re.IGNORECASE
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# Below this likeness (0-100) a line is not taken for a misspelt heading.
LIKE = 90
SHORTEST_FUZZY = 7


def fold(text: str) -> str:
    """Comparable form: no case, accents, outer punctuation, numbering or letter spacing."""
    text = _NUMBERING.sub("", unicodedata.normalize("NFKC", text).strip())
    text = _EDGE.sub("", text)
    if _SPACED.match(text) or (_CJK.search(text) and len(text) < 16):
        text = re.sub(r"\s+", "", text)
    elif re.search(r"\S \S \S \S", text) and re.fullmatch(r"\S(?: ?\S)*(?: {2,}\S(?: \S)*)*", text):
        words = re.split(r" {2,}", text)
        if all(_SPACED.match(word) or len(word) == 1 for word in words):
            text = " ".join(word.replace(" ", "") for word in words)
    text = _SMALL_CAPS.sub(r"\1\2", text)
    text = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    text = "".join(char for char in text if not unicodedata.combining(char) or "\u3099" <= char <= "\u309a")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("’", "'")).strip()


@cache
def catalogue() -> dict[str, SectionType]:
    """Folded heading to section."""
    source = files("resume_review.documents.sections").joinpath("headings.yaml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, dict[str, list[str]]] = yaml.load(source, Loader=loader)  # noqa: S506 - a safe loader either way
    known: dict[str, SectionType] = {}
    for section, languages in data.items():
        for headings in languages.values():
            for heading in headings:
                known.setdefault(fold(str(heading)), SectionType(section))
    return known


@cache
def _long_headings() -> list[str]:
    return [heading for heading in catalogue() if len(heading) >= SHORTEST_FUZZY]


def match_heading(text: str) -> tuple[SectionType, float] | None:
    """Return the section a line names and how sure that is (0-1), or null."""
    folded = fold(text)
    if not folded or len(folded) > 60:
        return None
    known = catalogue()
    if folded in known:
        return known[folded], 1.0
    bare = folded.replace(" ", "")
    if len(bare) > 4 and " " in folded and (section := _unspaced().get(bare)):
        return section, 0.95
    parts = [_EDGE.sub("", part) for part in _JOINERS.split(folded)]
    parts = [part for part in parts if part]
    if 2 <= len(parts) <= 4 and all(part in known for part in parts):
        return known[parts[0]], 0.9
    if len(folded) >= SHORTEST_FUZZY:
        best = process.extractOne(folded, _long_headings(), scorer=fuzz.ratio, score_cutoff=LIKE)
        if best is not None:
            return known[best[0]], best[1] / 110
    return None


@cache
def _unspaced() -> dict[str, SectionType]:
    return {heading.replace(" ", ""): section for heading, section in catalogue().items()}
