"""Papers that come with applications but are no resume: a letter, an advert, an invoice."""

import re
from enum import StrEnum

from resume_review.documents.model import Document, SectionType


class OtherKind(StrEnum):
    """What a document is instead of a resume."""

    LETTER = "letter"
    ADVERT = "advert"
    INVOICE = "invoice"
    OTHER = "other"


_STANDARD = {SectionType.EXPERIENCE, SectionType.EDUCATION, SectionType.SKILLS, SectionType.PROJECTS}
_SALUTATION = r"^\s*(?:dear |to whom it may concern|sehr geehrte|liebe[rs]? |guten tag|madame,? monsieur|(?:chère|cher) |bonjour|estimad[oa]s?|拝啓|前略)"
_CLOSING = (
    r"^\s*(?:(?:yours )?(?:sincerely|faithfully|truly)|(?:kind|best|warm) regards|respectfully|mit freundlichen grüßen|freundliche grüße|"
    r"cordialement|veuillez agréer|bien à vous|atentamente|敬具|草々|以上、?よろしく)"
)
_ADVERT = (
    r"\bwe(?:'re| are) (?:looking for|seeking|hiring)|\bwe offer\b|\byou(?:'ll| will) (?:be|work|have|join)|\bapply (?:now|today|online|by)\b|"
    r"\bequal opportunity employer|\bjob (?:description|type)\b|\bjoin our team|\bthe ideal candidate|\bsalary range|\bwhat you(?:'ll| will) do|"
    r"\bwir (?:suchen|bieten)\b|\bihr profil\b|\bihre aufgaben\b|\bbewerben sie sich|\(m/w/d\)|\bnous (?:recherchons|offrons)\b|\bvotre profil\b|\bvos missions\b|\bpostulez\b|"
    r"募集要項|応募資格|仕事内容|応募方法|求める人材|勤務時間|待遇"
)
_INVOICE = (
    r"\binvoice\b|\brechnung(?:snummer)?\b|\bfacture\b|請求書|\bamount due\b|\btotal due\b|\bsubtotal\b|\bgesamtbetrag\b|\bzwischensumme\b|\bmontant (?:ttc|ht)\b|\biban\b|小計|合計金額|"
    r"\bdue date\b|\bbill to\b|\bvat\b|\bmwst\b|\btva\b|消費税"
)


def not_a_resume(document: Document) -> OtherKind | None:
    """Return what the document is instead of a resume; null for a resume and where nothing tells.

    The facts of a resume win: a cover letter bound in front of a resume leaves it a resume.
    """
    fields = document.fields
    parts = {section.type for section in document.sections} & _STANDARD
    dated = sum(role.start_date is not None for role in fields.roles) + len(fields.education)
    if len(parts) >= 2 or dated >= 2:
        return None
    text = document.text
    if _count(_INVOICE, text) >= 3:
        return OtherKind.INVOICE
    if _count(_ADVERT, text) >= 2 and not fields.roles:
        return OtherKind.ADVERT
    if _count(_SALUTATION, text) and (_count(_CLOSING, text) or not parts):
        return OtherKind.LETTER
    reachable = bool(fields.emails or fields.phones or fields.links)
    return None if parts or dated or reachable else OtherKind.OTHER


def _count(pattern: str, text: str) -> int:
    """How many different forms of a pattern occur."""
    return len(
        {
            match.group().casefold().strip()
            for match in re.finditer(pattern, text, re.IGNORECASE | re.MULTILINE)
        }
    )
