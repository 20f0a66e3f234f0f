"""The known headings, loaded from their data file, and how alike a line is to them."""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import yaml
from rapidfuzz import fuzz, process

from resume_review.documents.model import SectionType

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_NUMBERING = re.compile(
    r"^(?:(?:\(?\d{1,2}\s?[.)]|[ivx]{1,4}[.)]|[A-H][.)])\s+|[(（]?[\d０-９]{1,2}[.．、)）]\s*(?=[\u3040-\u30ff\u3400-\u9fff]))",
    re.IGNORECASE,
)
# The head of a table in a Japanese form: `年 月 学歴・職歴`.
_CELLS = re.compile(r"^年\s*月\s*日?\s*(?=\S)")
_SPACED = re.compile(r"^(?:\w ){2,}\w$")
_SMALL_CAPS = re.compile(r"\b([A-ZÀ-Þ]) ([A-ZÀ-Þ]{2,})")
_JOINERS = re.compile(
    r"\s*(?:&|\+|/|,|\||・|\band\b|\bund\b|\bet\b|\by\b|\be\b|\b(?:my)\b)\s*", re.IGNORECASE
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# A word that names a section wherever it stands in a short heading; the earlier line wins.
_TELLING = (
    (SectionType.SKILLS, "skill skills competencies competences competencies toolbox toolkit expertise kenntnisse kompetenzen fahigkeiten competences"),
    (SectionType.CERTIFICATIONS, "certifications certification certificates licenses licences zertifikate zertifizierungen weiterbildungen certificats"),
    (SectionType.PROJECTS, "projects projekte projets"),
    (SectionType.PUBLICATIONS, "publications publikationen patents talks"),
    (SectionType.AWARDS, "awards honors honours scholarships auszeichnungen distinctions"),
    (SectionType.OTHER, "volunteering volunteer memberships affiliations ehrenamt benevolat community"),
    (SectionType.LANGUAGES, "sprachkenntnisse langues sprachen"),
    (SectionType.INTERESTS, "hobbies hobbys loisirs interests interessen"),
    (SectionType.EXPERIENCE, "experience experiences employment internships werdegang berufserfahrung career parcours journey"),
    (SectionType.EDUCATION, "education academic studies ausbildung studium bildung formation diplomes schulbildung"),
    (SectionType.SUMMARY, "summary profile objective statement kurzprofil profil snapshot"),
)  # fmt: skip
_TELLING_JA = (
    (SectionType.CERTIFICATIONS, ("資格", "免許")),
    (SectionType.SUMMARY, ("自己PR", "自己pr", "志望動機", "要約")),
    (SectionType.EXPERIENCE, ("職務経歴", "職歴", "業務経歴")),
    (SectionType.EDUCATION, ("学歴",)),
    (SectionType.SKILLS, ("スキル", "活かせる", "知識")),
    (SectionType.LANGUAGES, ("語学",)),
)
# What the whole paper is called opens no section.
_PAPERS = frozenset(
    {
        "職務経歴書",
        "履歴書",
        "lebenslauf",
        "curriculum vitae",
        "resume",
        "cv",
        "curriculum",
        "europass",
        "distinction",
    }
)
LONGEST_TOLD = 5
# How sure a heading is that merely holds a telling word.
TOLD = 0.6
# Below this likeness (0-100) a line is not taken for a misspelt heading.
LIKE = 90
SHORTEST_FUZZY = 7


def is_spaced(text: str) -> bool:
    """Whether a line is set in single letters: `S K I L L S`."""
    letters = text.split()
    return len(letters) > 3 and sum(len(letter) == 1 for letter in letters) > 0.9 * len(letters)


def fold(text: str) -> str:
    """Comparable form: no case, accents, outer punctuation, numbering or letter spacing."""
    text = _CELLS.sub("", _NUMBERING.sub("", unicodedata.normalize("NFKC", text).strip()))
    text = _EDGE.sub("", text)
    if (
        _SPACED.match(text)
        or (is_spaced(text) and not re.search(r" {2,}", text))
        or (_CJK.search(text) and len(text) < 16)
    ):
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


@lru_cache(maxsize=1024)
def match_heading(text: str) -> tuple[SectionType, float] | None:
    """Return the section a line names and how sure that is (0-1), or null."""
    folded = fold(text)
    if not folded or len(folded) > 60 or folded in _PAPERS:
        return None
    known = catalogue()
    if folded in known:
        return known[folded], 1.0
    bare = folded.replace(" ", "")
    if len(bare) > 4 and (section := _unspaced().get(bare)):
        return section, 0.95
    parts = [_EDGE.sub("", part) for part in _JOINERS.split(folded)]
    parts = [part for part in parts if part]
    if 2 <= len(parts) <= 4 and all(part in known for part in parts):
        return known[parts[0]], 0.9
    if len(folded) >= SHORTEST_FUZZY:
        best = process.extractOne(folded, _long_headings(), scorer=fuzz.ratio, score_cutoff=LIKE)
        if best is not None:
            return known[best[0]], best[1] / 110
    told = _told(folded)
    return (told, TOLD) if told else None


def _told(folded: str) -> SectionType | None:
    """The section that a telling word in an unknown heading names."""
    if _CJK.search(folded):
        if len(folded) > 3 * LONGEST_TOLD:
            return None
        return next((part for part, words in _TELLING_JA if any(word in folded for word in words)), None)
    words = re.findall(r"[^\W\d_]+", folded)
    if len(words) > LONGEST_TOLD:
        return None
    ranks = [rank for word in words if (rank := _telling().get(word)) is not None]
    return _TELLING[min(ranks)][0] if ranks else None


@cache
def _telling() -> dict[str, int]:
    """Telling word to its line; the earlier line wins."""
    lines = list(enumerate(telling for _, telling in _TELLING))
    return {word: rank for rank, telling in reversed(lines) for word in telling.split()}


@cache
def _unspaced() -> dict[str, SectionType]:
    return {heading.replace(" ", ""): section for heading, section in catalogue().items()}
