"""Characters as a reader means them: ligatures and look-alike forms resolved, icons set aside."""

import unicodedata

from resume_review.documents.model import GlitchKind
from resume_review.documents.pdf.words import REPLACEMENT, Word, is_cjk, is_private
from resume_review.documents.reading import Piece

# Pen strokes that PDF producers store as one character, and the forms of Kangxi radicals.
_RESOLVED = (range(0xFB00, 0xFB07), range(0x2E80, 0x2FE0))
_SYMBOL_BULLETS = frozenset(
    "\uf0b7\uf0a7\uf0d8\uf0a8\uf0fc\uf076\uf0e0\uf06c\uf06e\uf071\uf0be\uf02d\uf0f0\ue00c\uf020\uf095"
)
BULLETS = frozenset("•◦▪▫‣⁃∙●○■□◆◇❖➢➤►▶▸✓✔★·∎◼◾⚫")
_DASH_BULLETS = frozenset("-–—*+»>")


def word_text(word: Word) -> str:
    """The visible characters of a word, NFC; empty for an icon."""
    text = word.text
    if text.isascii() and "\x02" not in text:
        return text
    return unicodedata.normalize("NFC", "".join(_resolved(char, word) for char in text))


def _resolved(char: str, word: Word) -> str:
    code = ord(char)
    if code == 0x02:
        return "-"
    if code in {0xAD, 0xFFFE}:
        return "-" if word.hyphen else ""
    if is_private(code):
        return "•" if word.style.face.symbolic and char in _SYMBOL_BULLETS else ""
    if code == REPLACEMENT:
        # Inside a word it stands for a letter; alone it is an icon of which the file does not say what it means.
        return char if any(other.isalnum() for other in word.text) else ""
    if any(code in forms for forms in _RESOLVED):
        return unicodedata.normalize("NFKC", char)
    return char


def pieces_of(word: Word) -> list[Piece]:
    """One piece, or several for scripts without spaces: each ends after a mark or where the script changes."""
    text = word_text(word)
    if not text.strip():
        return []
    glitch = GlitchKind.ICON if holds_icon(word) else word.glitch
    if text.isascii() or not any(is_cjk(ord(char)) for char in text) or len(text) != len(word.glyphs):
        return [Piece(text, word.box(), tint=word.tint, glitch=glitch)]
    cuts = [i for i in range(1, len(text)) if _cut(text[i - 1], text[i])]
    pieces: list[Piece] = []
    width = (word.x1 - word.x0) / len(text)
    for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        box = (word.x0 + width * begin, word.y0, word.x0 + width * end, word.y1)
        pieces.append(Piece(text[begin:end], box, begin == 0, tint=word.tint))
    pieces[0].glitch = glitch
    return pieces


def holds_icon(word: Word) -> bool:
    """Whether the word has characters that are not shown as text: icons, but not the list marks of symbol fonts."""
    text = word.text
    if text.isascii():
        return False
    return any(
        (is_private(ord(char)) or ord(char) == REPLACEMENT) and not _resolved(char, word) for char in text
    )


def _cut(before: str, after: str) -> bool:
    if before in "、。，．・：；！？）」』】" or after in "（「『【":
        return True
    return is_cjk(ord(before)) != is_cjk(ord(after))


def starts_with_bullet(text: str) -> bool:
    """Whether a line opens with a list mark that stands apart from its text."""
    if text[:1] in BULLETS:
        return True
    return text[:1] in _DASH_BULLETS and text[1:2] == " "
