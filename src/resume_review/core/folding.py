"""Text as people look for it: without regard to case, accents, width or kana, cut into parts that an index can hold."""

import unicodedata

# Letters that no decomposition takes apart.
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
    # Between the parts of a name in katakana, and in it.
    "・": " ", "゠": " ", "=": " ",
    "'": None, "’": None, "ʼ": None, "`": None, "\x00": None,
})  # fmt: skip
_VOICED_MARKS = "\u3099\u309a"
_KATAKANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}


def fold(text: str) -> str:
    """The text in its plainest form: lower case, no accents, half and full width alike, katakana as hiragana.

    Words are separated by single spaces. Voiced kana stay voiced: they are other sounds, not accents.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(c for c in decomposed if c in _VOICED_MARKS or not unicodedata.combining(c))
    composed = unicodedata.normalize("NFC", bare).translate(_LETTERS).translate(_KATAKANA)
    return " ".join(composed.split())


def grams(folded: str) -> set[str]:
    """Every pair of neighbouring characters, word borders included, and every character of other scripts alone.

    A text that contains a word has all grams of the word; the reverse needs a second look.
    """
    bordered = f" {folded} "
    pairs = {bordered[index : index + 2] for index in range(len(bordered) - 1)}
    return pairs | {character for character in folded if not character.isascii()}


def word_grams(word: str) -> set[str]:
    """What the grams of a text must hold for the text to contain this folded word, anywhere in it.

    One ASCII letter alone would find nearly everything: it asks for a word that begins with it.
    """
    if len(word) == 1:
        return {f" {word}"} if word.isascii() else {word}
    return {word[index : index + 2] for index in range(len(word) - 1)}
