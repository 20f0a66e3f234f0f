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
    r"^\W*(?:key )?requirements\b|\bhow to apply\b|\bsend (?:us )?your (?:cv|resume|application)|\bjob title\s*:|^\W*about (?:us|the role|the company|the team)\b|^\W*salary\b|^\W*the role\b|"
    r"\b\d\+? (?:or more )?years(?:'|’)? (?:of )?experience (?:in|with|on)\b|\(w/m/d\)|\(h/f\)|\bh/f\b|\brémunération\b|\bvergütung\b|給与[：:]|職種[：:]|歓迎スキル|社会保険完備|"
    r"募集要項|応募資格|仕事内容|応募方法|求める人材|勤務時間|待遇"
)
_INVOICE = (
    r"\binvoice\b|\brechnung(?:snummer)?\b|\bfacture\b|請求書|\bamount due\b|\btotal due\b|\bsubtotal\b|\bgesamtbetrag\b|\bzwischensumme\b|\bmontant (?:ttc|ht)\b|\biban\b|小計|合計金額|"
    r"\bdue date\b|\bbill to\b|\bvat\b|\bmwst\b|\btva\b|消費税"
)
_INVOICE_TITLE = (
    r"\A(?:[^\n]*\n){0,3}\W*(?:(?:tax|commercial|pro[ -]?forma)\s+)?(?:invoice|receipt|quotation|purchase order|delivery note|rechnung|lieferschein|facture|devis|factura|"
    r"請\s?求\s?書|御請求書|領\s?収\s?書|見\s?積\s?書|納\s?品\s?書)"
    r"(?=\s*(?:$|[#:：№]|no\b|nr\b|n°|number\b|date\b|[A-Z]{0,4}[-/]?\d))"
)
_CONTRACT = (
    r"\bagreement\b|\bcontract\b|\bthe employee\b|\beither party\b|\bhereby\b|\bterminat(?:e|ion)\b|\bsigned:|\bnotice period\b|\barbeitsvertrag\b|\bvertragsparteien\b|\bkündigungsfrist\b|"
    r"\bcontrat de travail\b|\ble salarié\b|\bpréavis\b|契約書|甲及び乙|甲と乙|本契約"
)
# So many different phrases of an advert, an invoice or a contract make the paper one.
TELLING = 2
CERTAIN = 3


def not_a_resume(document: Document) -> OtherKind | None:
    """Return what the document is instead of a resume; null for a resume and where nothing tells.

    The facts of a resume win: a cover letter bound in front of a resume leaves it a resume.
    """
    fields = document.fields
    parts = {section.type for section in document.sections} & _STANDARD
    dated = sum(role.start_date is not None for role in fields.roles) + len(fields.education)
    # Periods of account read like those of roles, but stand under no heading of a resume.
    text = document.text
    titled = not parts and _count(_INVOICE_TITLE, text) > 0
    if titled or dated >= 2:
        return OtherKind.INVOICE if titled else None
    greeted, closed = _count(_SALUTATION, text) > 0, _count(_CLOSING, text) > 0
    if (greeted and closed) or _count(_CONTRACT, text) >= CERTAIN:
        return OtherKind.LETTER if greeted else OtherKind.OTHER
    if any(role.start_date and role.employer and role.title for role in fields.roles):
        return None
    reachable = bool(fields.emails or fields.phones or fields.links)
    owned = len(parts) >= 2 and fields.name is not None and reachable
    told = _told(text, owned=owned)
    if told is not None or len(parts) >= 2:
        return told
    if greeted and not parts:
        return OtherKind.LETTER
    return None if dated or reachable else OtherKind.OTHER


def _told(text: str, *, owned: bool) -> OtherKind | None:
    """What the phrases of business papers tell; more of them are needed where a resume's owner shows."""
    if _count(_INVOICE, text) >= CERTAIN:
        return OtherKind.INVOICE
    return OtherKind.ADVERT if _count(_ADVERT, text) >= (CERTAIN if owned else TELLING) else None


def _count(pattern: str, text: str) -> int:
    """How many different forms of a pattern occur."""
    return len(
        {
            match.group().casefold().strip()
            for match in re.finditer(pattern, text, re.IGNORECASE | re.MULTILINE)
        }
    )
