"""A proposed wording may say it better, never more: numbers, names and skills must come from the resume."""

import re

from resume_review.ai_agents.guardrails.folding import Folded, fold, numbers_in

_BLANK = re.compile(r"\[[^\[\]]{0,40}\]")
_CAPITAL = re.compile(
    r"(?<![.!?:•\-–]\s)(?<!^)\b(?:[A-Z][A-Za-z0-9+#]*[A-Z0-9+#][A-Za-z0-9+#]*|[A-Z][a-z]{2,})\b"
)
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]{3,}")
_LATIN_IN_JAPANESE = re.compile(r"[A-Za-z][A-Za-z0-9+#.]{1,}")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def invented(rewrite: str, *, quote: str, resume: Folded) -> frozenset[str]:
    """What the rewrite claims that the resume does not: numbers not in the quote, names not in the resume.

    Blanks to be filled in, such as `[X %]`, claim nothing.
    """
    claims = _BLANK.sub(" ", rewrite)
    extra_numbers = numbers_in(claims) - numbers_in(quote)
    names = {name for name in _names(claims) if fold(name).text not in resume.text}
    return frozenset(extra_numbers | names)


def _names(text: str) -> set[str]:
    if _JAPANESE.search(text):
        return {*_KATAKANA.findall(text), *_LATIN_IN_JAPANESE.findall(text)}
    return set(_CAPITAL.findall(text))
