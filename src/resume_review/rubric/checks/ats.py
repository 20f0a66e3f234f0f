"""What makes a resume hard to read for a tracking system."""

import re

from resume_review.documents import BlockKind, GlitchKind, Kind, SectionType
from resume_review.rubric.checks.base import Check, Dimension, Hit, Outcome, Severity, counted, flagged, ratio
from resume_review.rubric.checks.headings import unknown_heading
from resume_review.rubric.context import Context
from resume_review.rubric.entries import TIME, lost_entries
from resume_review.rubric.job import terms_of
from resume_review.rubric.model import Category
from resume_review.rubric.words import word_set

LEAST_CHARACTERS = 100
LARGEST_BYTES = 10 * 1024 * 1024
_PAGED = frozenset({Kind.PDF, Kind.DOCX, Kind.ODT, Kind.RTF})
_BROKEN = re.compile(
    r"\(cid:\d+\)(?:\s?\(cid:\d+\))*|\ufffd+|â€[™œ˜“”¦\x80-\x9f]?|Ã[\x80-\xbf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]|Â(?=[\s\xa0£€©®°])|ï»¿|(?:[ãâåäæçèé][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ€][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ€¡-¿]?){2,}|(?<![^\W_])(?:[A-Za-z] ){5,}[A-Za-z](?![^\W_])|\b[^\W\ufb00-\ufb06]*+[\ufb00-\ufb06]\w*\b"
)
# In everything that is broken is one of these, which are quick to look for.
_BROKEN_SIGN = re.compile(r"[\ufffdâÃÂãåäæçèéï\ufb00-\ufb06]|\(cid:")
_SPACED = re.compile(r" [A-Za-z] [A-Za-z] [A-Za-z] [A-Za-z] ")
_ICONS = re.compile(r"[\ue000-\uf8ff☎☏✆✇✈✉✍✎✏⌂⌨⚑⚐⚙➔➙➜➝➞➠➢➣➤➥\U0001f000-\U0001faff]+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:\+|\()?\d[\d\s().-]{7,}\d")
_DIGIT_DATE = re.compile(
    r"\b\d{2,4}s?\b|['’]\d{2}\b|\b(?:summer|spring|autumn|fall|winter|early|late|mid|since|recently|years?|months?|ago|circa|present|now)\b"
    r"|\b\d{2}xx\b|\b\d{1,2}\s?(?:yrs?|mos?)\b|\d年|数年|約\s?\d|前半|後半|頃",
    re.IGNORECASE,
)
_VAGUE_DATE = re.compile(
    r"\b(?:summer|spring|autumn|fall|winter|early|late|mid|circa|ca\.|approx\w*|about|around|roughly|some|for|ago|until it|onwards?|winters?|summers?|yrs?|mos?)\b|\b\d{2}xx\b|頃|くらい|ごろ|数年",
    re.IGNORECASE,
)
_ENDLESS = re.compile(r"\b(?:winters|summers|seasons|stints?)\b", re.IGNORECASE)
_COMMON_ACRONYMS = word_set("""
    CEO CFO CTO CIO COO CMO CHRO USA UK EU UAE NYC IT HR PR QA UX UI AI ML BI SQL API APIS REST HTML CSS XML JSON PDF AWS
    GCP SAP ERP CRM KPI KPIS OKR ROI GPA MBA BBA BSC MSC BA MA BS MS PHD LLB LLM CPA CFA ACCA PMP ITIL GMAT TOEIC TOEFL
    IELTS B2B B2C SAAS CI CD HTTP TCP IP OK AM PM HQ R&D M&A P&L IPO EBITDA USD EUR GBP JPY IFRS GAAP VP SVP AVP IBM HSBC
    SAFE SOX VBA NET EMEA APAC DACH ASEAN NATO UN NGO SME SMES FTE FTES ISO IEEE ACM NHS MIT UCLA INSEAD LSE II III IV PMO
    SEK NOK DKK PLN CZK HUF RON KRW TWD HKD NZD AUD CAD CHF INR CNY RMB SGD BRL MXN ZAR AED SAR THB IDR MYR ILS JSON
    DCF LBO ESG GDPR PMI SLA AB CA NY TX NSW ON BC DC WA MA IL CV
    """)


def text_layer(context: Context) -> Outcome | None:
    """ATS01."""
    if context.document.source.kind is not Kind.PDF or not context.document.pages:
        return None
    thin = [page for page in context.document.pages if page.end - page.start < LEAST_CHARACTERS]
    # The last page may hold a few lines only; a page without words but with a picture is a scan.
    thin = [page for page in thin if page.end == page.start and context.document.layout.images > 0]
    return flagged(Hit(values={"page": str(thin[0].number)}) if thin else None)


def columns(context: Context) -> Outcome | None:
    """ATS02."""
    if not context.document.layout.columns:
        return None
    wide = [page for page, count in enumerate(context.document.layout.columns, start=1) if count > 1]
    return flagged(Hit(values={"page": str(wide[0])}, confidence=0.7) if wide else None)


def tables(context: Context) -> Outcome | None:
    """ATS03."""
    if context.document.source.kind not in _PAGED:
        return None
    if not context.document.layout.tables:
        return flagged(None)
    row = next((block for block in context.document.blocks if block.kind is BlockKind.TABLE_ROW), None)
    return flagged(Hit(row.start, row.end) if row else Hit())


def contact_in_header(context: Context) -> Outcome | None:
    """ATS04."""
    if context.document.source.kind not in _PAGED:
        return None
    furniture = "\n".join(context.document.layout.header_footer)
    body = _without_furniture(context)
    if _EMAIL.search(body) or not (
        _EMAIL.search(furniture) or (_PHONE.search(furniture) and not _PHONE.search(body))
    ):
        return flagged(None)
    place = _EMAIL.search(context.text) or _PHONE.search(context.text)
    if place is None:
        return flagged(Hit(section=SectionType.CONTACT.value))
    return flagged(Hit(place.start(), place.end(), section=SectionType.CONTACT.value))


def _without_furniture(context: Context) -> str:
    """The text with blanks for the page header and footer, which readers show once where they hold contact data."""
    body = context.text
    for part in context.document.layout.header_footer:
        words = r"\s+".join(re.escape(word) for word in part.split())
        body = re.sub(words, lambda match: " " * len(match[0]), body, count=1) if words else body
    return body


def unparsed_dates(context: Context) -> Outcome | None:
    """ATS06."""
    if not context.roles and not context.sections(SectionType.EXPERIENCE):
        return None
    hits: list[Hit] = []
    for view in context.roles:
        role = view.role
        head_end = min([span.start for span in role.bullets] + [role.end])
        one_date = role.start_date == role.end_date
        endless = role.current and _ENDLESS.search(context.text, role.start, head_end)
        if role.start_date and (role.end_date or role.current) and not one_date and not endless:
            continue
        if (role.start_date or role.end_date) and not _VAGUE_DATE.search(context.text, role.start, head_end):
            continue
        match = _DIGIT_DATE.search(context.text, role.start, head_end)
        if match:
            line_start = context.text.rfind("\n", 0, match.start()) + 1
            line_end = context.text.find("\n", match.end())
            line_end = head_end if line_end < 0 else min(line_end, head_end)
            line_end = max(line_end, match.end())
            hits.append(Hit(max(line_start, role.start), line_end))
    lost = [
        block
        for header in lost_entries(context)
        for block in header
        if TIME.search(context.text, block.start, block.end)
    ]
    hits += [Hit(block.start, block.end) for block in lost]
    return ratio(hits, len(context.roles) + len(lost))


def icon_glyphs(context: Context) -> Outcome | None:
    """ATS07."""
    marks = {
        block.start
        for block in context.blocks
        if block.kind is BlockKind.BULLET and block.start >= context.head_end
    }
    hits = [
        Hit(match.start(), match.end())
        for match in _ICONS.finditer(context.text)
        # An arrow is an even list mark like any other.
        if match.start() not in marks or not "➔" <= match[0] <= "➥"
    ]
    hits += _glitches(context, GlitchKind.ICON, variant="beside")
    return counted(hits, 4)


def _glitches(context: Context, *kinds: GlitchKind, variant: str | None = None) -> list[Hit]:
    return [
        Hit(glitch.start, glitch.end, variant=variant)
        for glitch in context.document.layout.glitches
        if glitch.kind in kinds
    ]


def pictures(context: Context) -> Outcome | None:
    """ATS08."""
    if context.document.source.kind not in _PAGED:
        return None
    # A portrait says something about the person, who must not move a score; CMP10 mentions it.
    count = context.document.layout.pictures
    return flagged(Hit(values={"count": str(count)}, confidence=0.6) if count > 0 else None)


def file_limits(context: Context) -> Outcome | None:
    """ATS09; encrypted and unsupported files have a status of their own and no score."""
    size = context.document.source.bytes
    return flagged(Hit(values={"size": str(round(size / 1024 / 1024))}) if size > LARGEST_BYTES else None)


def broken_encoding(context: Context) -> Outcome | None:
    """ATS10."""
    text = context.text
    broken = _BROKEN.finditer(text) if _BROKEN_SIGN.search(text) or _SPACED.search(text) else ()
    hits = [Hit(match.start(), match.end()) for match in broken]
    hits += _glitches(context, GlitchKind.UNREADABLE, GlitchKind.SPACED)
    return counted(hits, 3)


def unexplained_acronym(context: Context) -> Outcome | None:
    """ATS12."""
    if not context.bullets:
        return None
    seen: set[str] = set()
    hits: list[Hit] = []
    for bullet in context.bullets:
        for token in bullet.words:
            word = token.text
            if not _is_acronym(word) or word in seen:
                continue
            seen.add(word)
            if not _spelled_out(context.text, word):
                hits.append(Hit(token.start, token.end, confidence=0.6))
    return counted(hits, 6)


def _is_acronym(word: str) -> bool:
    letters = word.replace("&", "")
    return 3 <= len(letters) <= 6 and letters.isalpha() and word.isupper() and word not in _COMMON_ACRONYMS


def _spelled_out(text: str, acronym: str) -> bool:
    if re.search(rf"\(\s*{acronym}s?\s*\)|\b{acronym}\s*\(", text):
        return True
    initials = r"[a-z]*[\s-]+(?:(?:of|and|for|the|in)\s+)?".join(re.escape(letter) for letter in acronym)
    return re.search(rf"\b{initials}[a-z]+", text, re.IGNORECASE) is not None


def missing_terms(context: Context) -> Outcome | None:
    """ATS11: only beside a job advert, and never counted: an advert must not move the score of a resume."""
    if not context.job_text:
        return None
    terms = [term for term in terms_of(context.job_text, context) if term.required]
    missing = [term.term for term in terms if not term.evidence]
    values = {
        "shown": str(len(terms) - len(missing)),
        "total": str(len(terms)),
        "missing": ", ".join(missing[:8]),
    }
    return flagged(Hit(values=values, section=SectionType.SKILLS.value, confidence=0.7) if missing else None)


_LAYOUT = (Dimension.FORMAT, Dimension.ATS)

CHECKS = (
    Check("ATS01", Category.ATS, Severity.HIGH, text_layer, _LAYOUT),
    Check("ATS02", Category.ATS, Severity.HIGH, columns, _LAYOUT),
    Check("ATS03", Category.ATS, Severity.MEDIUM, tables, _LAYOUT),
    Check("ATS04", Category.ATS, Severity.HIGH, contact_in_header, _LAYOUT, version=2),
    Check("ATS05", Category.ATS, Severity.MEDIUM, unknown_heading, _LAYOUT, version=2),
    Check("ATS06", Category.ATS, Severity.MEDIUM, unparsed_dates, _LAYOUT),
    Check("ATS07", Category.ATS, Severity.LOW, icon_glyphs, _LAYOUT, version=2),
    Check("ATS08", Category.ATS, Severity.MEDIUM, pictures, _LAYOUT, version=2),
    Check("ATS09", Category.ATS, Severity.HIGH, file_limits, _LAYOUT),
    Check("ATS10", Category.ATS, Severity.HIGH, broken_encoding, _LAYOUT, tolerance=0.5, version=2),
    Check("ATS11", Category.ATS, Severity.MEDIUM, missing_terms, scored=False),
    Check("ATS12", Category.ATS, Severity.LOW, unexplained_acronym, _LAYOUT),
)
