"""The main language of a text, from its script and its most frequent small words."""

import re
from collections import Counter
from functools import cache

from resume_review.documents.model import Language

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_OTHER_SCRIPTS = (
    ("ko", _HANGUL),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_WORD = re.compile(r"[^\W\d_]+")

_SMALL_WORDS = {
    "en": "the and of to in for with on by from at an is as that this which across over was were team using their",
    "de": "und der die das in von mit für zu im den des auf eine einer eines bei zur zum durch sowie als ist nach seit",
    "fr": "et de la le les des du en pour dans un une sur avec par aux au d l est chez ainsi que qui sous",
    "es": "y de la el los las en para con por un una del al que como se su desde más",
    "it": "e di il la le gli in per con un una del della dei nel alla che sono da presso",
    "pt": "e de a o os as em para com por um uma do da dos das no na que ao",
    "nl": "en de het een van in voor met op bij naar door als aan tot uit is zijn",
    "pl": "i w z na do od dla oraz przez o się jest po za ze jako pod przy",
    "sv": "och i att det som en på är av för med till den har de ett om från",
    "da": "og i at er en af til med som på den det de et fra har ved",
    "fi": "ja on että ei sekä oli kuin tai joka myös mukaan",
    "cs": "a v na se s z do je pro ve od k při jako",
    "tr": "ve bir bu için ile olarak da de en olan gibi daha sonra",
    "ro": "și în de la cu pe din pentru un o al ale prin care",
    "hu": "és a az egy hogy nem is meg volt mint vagy",
    "vi": "và của cho các là trong với được có một từ",
    "id": "dan di yang untuk dengan dari pada dalam ini sebagai oleh",
}
# Below this many characters of another script a text is judged by its words.
SCRIPT_SHARE = 0.15
# A text in two languages counts as English where English has nearly as many small words (share) as the other one, or
# where it has this many in spite of Chinese characters.
NEARLY = 0.8
ENOUGH_ENGLISH = 15


def detect_language(text: str) -> Language | None:
    """Return the main language, or null for a text without words."""
    letters = sum(char.isalpha() for char in text)
    if not letters:
        return None
    scores = _small_words(text)
    by_script = _by_script(text, letters, english=scores["en"])
    if by_script is not None:
        return by_script
    best = max(_SMALL_WORDS, key=lambda code: scores[code])
    if not scores[best]:
        return Language(code="en", confidence=0.2)
    if scores["en"] >= NEARLY * scores[best]:
        best = "en"
    rest = max(scores[code] for code in _SMALL_WORDS if code != best)
    margin = max(0.0, (scores[best] - rest) / scores[best])
    sure = 0.4 + 0.6 * margin * min(1.0, scores.total() / 20)
    return Language(code=best, confidence=round(min(0.99, sure), 2))


@cache
def _languages_of() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, words in _SMALL_WORDS.items():
        for word in words.split():
            found.setdefault(word, []).append(code)
    return found


def _small_words(text: str) -> Counter[str]:
    """How many small words of each language a text has."""
    known = _languages_of()
    return Counter(code for word in _WORD.findall(text.lower()) for code in known.get(word, ()))


def _by_script(text: str, letters: int, *, english: int) -> Language | None:
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    if (kana + han) / letters > SCRIPT_SHARE and (kana or han):
        if kana > 0.05 * (kana + han):
            return Language(code="ja", confidence=0.99)
        if english < ENOUGH_ENGLISH or han / letters > 2 * SCRIPT_SHARE:
            return Language(code="zh", confidence=0.8)
    for code, pattern in _OTHER_SCRIPTS:
        if len(pattern.findall(text)) / letters > 2 * SCRIPT_SHARE:
            return Language(code=code, confidence=0.9)
    return None
