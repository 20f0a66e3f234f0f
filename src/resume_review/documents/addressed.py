"""Text that speaks to a machine instead of to a reader."""

import itertools
import re

from resume_review.documents.model import IntegrityKind, IntegrityMark

_PATTERNS = (
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|all|any|other)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules|guidelines|directions|criteria|rubric)",
    r"\b(?:system|developer)\s+(?:prompt|message|note|instruction|override)s?\s*:",
    r"\b(?:you are|act as|as)\s+(?:an?\s+)?(?:ai|a\.i\.|language model|llm|chatgpt|gpt|assistant)\b[^.\n]{0,60}\b(?:must|should|rate|score|rank|recommend|reviewing|screening|evaluating)",
    r"\b(?:rate|score|rank|grade|mark|give)\s+(?:this|the|my)?\s*(?:candidate|resume|cv|applicant|me)\b[^.\n]{0,60}\b(?:100|10/10|highest|top|maximum|best|perfect|excellent|outstanding)",
    r"\b(?:this|the) (?:candidate|applicant) (?:is|must be) (?:an? )?(?:perfect|ideal|exceptional|best)[^.\n]{0,40}\b(?:recommend|hire|shortlist)",
    r"\b(?:ai|llm|gpt|chatgpt|language model|automated)\s*(?:reviewer|screener|recruiter|system|model)s?\b[^.\n]{0,40}\b(?:must|should|please|ignore|rate|score|recommend)",
    r"\b(?:reveal|print|show|repeat|output)\b[^.\n]{0,20}\b(?:system|hidden|initial)\s+(?:prompt|instructions?)",
    r"<\|?(?:im_start|system|endoftext)\|?>|\[/?INST\]",
    r"(?:以前|これまで|上記|前)の(?:すべての)?(?:指示|命令|プロンプト)を(?:すべて)?(?:無視|破棄)",
    r"(?:この)?(?:候補者|応募者|履歴書)を?[^。\n]{0,20}(?:満点|最高(?:点|評価)|100点)[^。\n]{0,10}(?:評価|採点|付け)",
    r"\bignor(?:iere?n?|ez?)\b[^.\n]{0,40}\b(?:anweisungen|vorherigen|instructions)",
)
_ANY = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)
_SAMPLE = 300
MOST_MARKS = 10


def speaks_to_machine(text: str) -> bool:
    """Whether some sentence of the text gives orders to whoever processes it."""
    return _ANY.search(text.replace("\n", " ")) is not None


def find_addressed(text: str) -> list[IntegrityMark]:
    """Marks for visible sentences that give orders to an automatic reader; the text itself stays."""
    flat = text.replace("\n", " ")
    matches = itertools.islice(_ANY.finditer(flat), MOST_MARKS)
    return [
        IntegrityMark(
            kind=IntegrityKind.ADDRESSED_TO_AI,
            text=match.group()[:_SAMPLE],
            detail="A visible sentence gives orders to an automatic reader.",
        )
        for match in matches
    ]
