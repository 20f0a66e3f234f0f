"""What a model says, as plain text: no markup, no addresses, nothing invisible."""

import re
import unicodedata

_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?!\d+\))[^)\s]+\)")
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,400}>")
_SCRIPT = re.compile(r"<(script|style|svg|iframe|object)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"\b(?:https?|ftp|file|data|javascript|mailto):\S+", re.IGNORECASE)
_MARKS = re.compile(r"(?m)^\s{0,3}(?:#{1,6}\s+|>\s+|```\w*\s*$)|\*\*|__(?=\S)|`")
_REMOVED = "[…]"


def plain(text: str, *, longest: int) -> str:
    """The words of an answer, cut at `longest` characters; links and addresses are left out, never followed."""
    kept = text if text.isascii() and text.isprintable() else "".join(filter(_visible, text))
    kept = _SCRIPT.sub("", kept)
    kept = _LINK.sub(r"\1", _IMAGE.sub(r"\1", kept))
    kept = _TAG.sub("", kept)
    kept = _ADDRESS.sub(_REMOVED, kept)
    kept = " ".join(_MARKS.sub("", kept).split())
    return kept if len(kept) <= longest else kept[: longest - 1].rstrip() + "…"


def _visible(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cn", "Cs"}
