"""The main language of a text, from its script and its most frequent small words."""

import re

from resume_review.documents.model import Language

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_WORD = re.compile(r"[^\W\d_]+")

_SMALL_WORDS = {
    "en": "the and of to in for with on by from at an is as that this which across over was were team using their",
    "de": "und der die das in von mit für zu im den des auf eine einer eines bei zur zum durch sowie als ist nach seit",
    "fr": "et de la le les des du en pour dans un une sur avec par aux au d l est chez ainsi que qui sous",
    "es": "y de la el los las en para con por un una del al que como se su desde más",
    "it": "e di il la le gli in per con un una del della dei nel alla che sono da presso",
    "pt": "e de a o os as em para com por um uma do da dos das no na que ao",
    "nl": "en de het een van in voor met op bij naar door als aan tot uit is zijn",
}
# Below this many characters of another script a text is judged by its words.
SCRIPT_SHARE = 0.15


def detect_language(text: str) -> Language | None:
    """Return the main language, or null for a text without words."""
    letters = sum(char.isalpha() for char in text)
    if not letters:
        return None
    by_script = _by_script(text, letters)
    if by_script is not None:
        return by_script
    words = [word.lower() for word in _WORD.findall(text)]
    scores = {
        code: sum(word in small for word in words)
        for code, small in ((c, set(w.split())) for c, w in _SMALL_WORDS.items())
    }
    best = max(scores, key=lambda code: scores[code])
    total = sum(scores.values())
    if not scores[best]:
        return Language(code="en", confidence=0.2)
    rest = max(value for code, value in scores.items() if code != best)
    margin = (scores[best] - rest) / scores[best]
    return Language(code=best, confidence=round(min(0.99, 0.4 + 0.6 * margin * min(1.0, total / 20)), 2))


def _by_script(text: str, letters: int) -> Language | None:
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    if (kana + han) / letters > SCRIPT_SHARE and (kana or han):
        if kana > 0.05 * (kana + han):
            return Language(code="ja", confidence=0.99)
        return Language(code="zh", confidence=0.8)
    for code, pattern in (("ko", _HANGUL), ("ru", _CYRILLIC), ("ar", _ARABIC)):
        if len(pattern.findall(text)) / letters > 2 * SCRIPT_SHARE:
            return Language(code=code, confidence=0.9)
    return None
