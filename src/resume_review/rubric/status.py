"""Whether there is anything to score: too little text, unreadable text or something other than a resume."""

import re
from dataclasses import dataclass

from resume_review.documents import Document, OtherKind, SectionType, Status, not_a_resume
from resume_review.rubric.context import Context
from resume_review.rubric.model import ReviewStatus
from resume_review.rubric.pasted import advert_phrases

ENOUGH_WORDS = 50
JUDGED = ("en", "ja")
"""Languages there are rules for."""
ENOUGH_EVIDENCE = 4
"""Points from which on nothing else in the text makes it a letter or an advert."""
_UNREADABLE = {
    Status.INSUFFICIENT_TEXT: ReviewStatus.INSUFFICIENT_TEXT,
    Status.ENCRYPTED: ReviewStatus.ENCRYPTED,
    Status.UNSUPPORTED: ReviewStatus.UNSUPPORTED,
    Status.MALFORMED: ReviewStatus.UNREADABLE,
    Status.TOO_LARGE: ReviewStatus.UNREADABLE,
    Status.TIMEOUT: ReviewStatus.UNREADABLE,
}
_BROKEN = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
_VOWELS = frozenset("aeiouyAEIOUY") | frozenset(map(chr, range(0xC0, 0x250)))
_LETTER = re.compile(
    r"^\s*(?:dear (?:mr|mrs|ms|dr|sir|madam|hiring|recruit|team|human|prof|[A-Z][a-z]+)|to whom it may concern"
    r"|(?:yours )?sincerely|yours (?:truly|faithfully)|(?:kind|best|warm) regards|拝啓|敬具|前略|草々)",
    re.IGNORECASE | re.MULTILINE,
)
_LETTER_BODY = re.compile(
    r"\bi am writing to\b|\bi would welcome\b|\blook forward to (?:hearing|speaking|discussing)\b|\bapply(?:ing)? for the\b"
    r"|\bplease find (?:attached|enclosed)\b|ご査収|貴社に|ますますご清栄|お願い申し上げます",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?<![\w.])(?:19|20)\d\d(?![\d,])[^\n]{0,12}[-–—~〜～][^\n]{0,12}(?:(?<!\d)(?:19|20)\d\d(?!\d)|present|current|現在)",
    re.IGNORECASE,
)
_GRADUATED = re.compile(
    r"(?:卒業|修了|卒)\s*[((]?(?:19|20)\d\d|(?:19|20)\d\d年\s?(?:\d\d?月)?[^\n]{0,20}(?:卒業|修了)"
)
"""A year of graduation: Japanese resumes without headings are known by it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and the key of its message; completed when there is no key."""

    status: ReviewStatus
    message: str | None = None


def read_verdict(document: Document) -> Verdict | None:
    """What the reader already said; null when the text was read."""
    status = _UNREADABLE.get(document.status)
    return None if status is None else Verdict(status, "from_reader")


def judge(context: Context) -> Verdict:
    """Whether the text can be reviewed as a resume."""
    text = context.text
    if garbled(text):
        return Verdict(ReviewStatus.UNREADABLE, "garbled")
    if context.words < ENOUGH_WORDS:
        return Verdict(ReviewStatus.INSUFFICIENT_TEXT, "too_short")
    paper = not_a_resume(context.document)
    if paper is OtherKind.INVOICE:
        return Verdict(ReviewStatus.NOT_A_RESUME, "invoice")
    if context.language and context.language not in JUDGED:
        if paper is not None:
            return Verdict(ReviewStatus.NOT_A_RESUME, paper.value)
        return Verdict(ReviewStatus.UNSUPPORTED, "other_language")
    evidence = _resume_evidence(context)
    kind = None if evidence >= ENOUGH_EVIDENCE else _other_kind(context)
    if kind is None and evidence < 2:
        kind = "other"
    return Verdict(ReviewStatus.NOT_A_RESUME if kind else ReviewStatus.COMPLETED, kind)


def _other_kind(context: Context) -> str | None:
    """What else than a resume the text looks like."""
    text = context.text
    openings = {match[0].strip().casefold()[:6] for match in _LETTER.finditer(text)}
    if len(openings) + bool(_LETTER_BODY.search(text)) >= 2:
        return "letter"
    return "advert" if len(advert_phrases(context.tokens, text)) >= 3 else None


def garbled(text: str) -> bool:
    """Whether most of the text is signs of a broken encoding instead of words."""
    visible = sum(map(len, text.split()))
    if not visible:
        return False
    broken = sum(len(match[0]) for match in _BROKEN.finditer(text))
    if broken > 0.2 * visible:
        return True
    words = _LATIN_WORD.findall(text)
    if len(words) < 30 or sum(map(len, words)) < 0.5 * visible:
        letters = sum(character.isalnum() for character in text)
        return letters < 0.45 * visible
    odd = sum(1 for word in words if len(word) > 3 and _VOWELS.isdisjoint(word) and not word.isupper())
    return odd > 0.3 * len(words)


def _resume_evidence(context: Context) -> int:
    """Points for what only resumes hold."""
    fields = context.document.fields
    dated = sum(1 for role in fields.roles if role.start_date or role.end_date)
    types = {section.type for section in context.document.sections if context.genuine(section.start)}
    points = 2 * min(2, dated)
    points += bool(fields.education) + bool(fields.emails or fields.phones)
    points += _GRADUATED.search(context.text) is not None
    points += len(
        types & {SectionType.EXPERIENCE, SectionType.EDUCATION, SectionType.SKILLS, SectionType.PROJECTS}
    )
    return points + (len(_RANGE.findall(context.text)) >= 2)
