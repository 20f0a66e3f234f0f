"""How the names of people are written."""

import re

_FAMILY_FIRST = re.compile("[々\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def full_name(first_name: str, last_name: str) -> str:
    """Given name first; family name first where it is written in Japanese, Chinese or Korean characters."""
    parts = (last_name, first_name) if _FAMILY_FIRST.search(last_name) else (first_name, last_name)
    return " ".join(parts).strip()
