"""What makes a resume hard to read for a tracking system."""

import difflib
import re

from resume_review.documents import BlockKind, Kind, SectionType
from resume_review.rubric.checks.base import Check, Dimension, Hit, Outcome, Severity, counted, flagged, ratio
from resume_review.rubric.context import Context
from resume_review.rubric.entries import TIME, lost_entries
from resume_review.rubric.job import terms_of
from resume_review.rubric.model import Category
from resume_review.rubric.words import tokens, word_set

LEAST_CHARACTERS = 100
LARGEST_BYTES = 10 * 1024 * 1024
_PAGED = frozenset({Kind.PDF, Kind.DOCX, Kind.ODT, Kind.RTF})
_BROKEN = re.compile(
    r"\(cid:\d+\)(?:\s?\(cid:\d+\))*|\ufffd+|â€[™œ˜“”¦\x80-\x9f]?|Ã[\x80-\xbf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]|Â(?=[\s\xa0£€©®°])|ï»¿|ã[\x80-\x83][\x80-\xbf]|(?<![^\W_])(?:[A-Za-z] ){5,}[A-Za-z](?![^\W_])|\b\w*[\ufb00-\ufb06]\w*\b"
)
_PRIVATE = re.compile(r"[\ue000-\uf8ff☎✆✉🏠📞📧📍🔗📱🖂🕿]+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:\+|\()?\d[\d\s().-]{7,}\d")
_DIGIT_DATE = re.compile(
    r"\b\d{2,4}s?\b|['’]\d{2}\b|\b(?:summer|spring|autumn|fall|winter|early|late|mid|since|recently|years?|months?|ago|circa|present|now)\b"
    r"|\d年|数年|約\s?\d|前半|後半|頃",
    re.IGNORECASE,
)
_VAGUE_DATE = re.compile(
    r"\b(?:summer|spring|autumn|fall|winter|early|late|mid|circa|ca\.|approx\w*|about|around|roughly|some|for|ago|until it|onwards?)\b|頃|くらい|ごろ|数年",
    re.IGNORECASE,
)
_STANDARD = {
    SectionType.SUMMARY: "Summary",
    SectionType.EXPERIENCE: "Experience",
    SectionType.EDUCATION: "Education",
    SectionType.SKILLS: "Skills",
    SectionType.CERTIFICATIONS: "Certifications",
    SectionType.PROJECTS: "Projects",
    SectionType.LANGUAGES: "Languages",
    SectionType.PUBLICATIONS: "Publications",
    SectionType.AWARDS: "Awards",
    SectionType.INTERESTS: "Interests",
}
_FANCIFUL = re.compile(
    r"\b(?:journey|adventures?|toolbox|toolkit|superpowers?|arsenal|badges|secret sauce|brain food|story so far)\b"
    r"|^(?:where|what|things|how|who) i\b|できること|学びの|歩み|軌跡|武器",
    re.IGNORECASE,
)
# What people write over a section when they avoid the usual word.
_FANCY = {
    "journey": "Experience", "career": "Experience", "path": "Experience", "story": "Summary", "been": "Experience",
    "worked": "Experience", "adventure": "Experience", "work": "Experience", "did": "Experience", "done": "Experience",
    "me": "Summary", "who": "Summary", "toolbox": "Skills", "toolkit": "Skills", "superpower": "Skills",
    "arsenal": "Skills", "know": "Skills", "bring": "Skills", "good": "Skills", "can": "Skills", "expertise": "Skills",
    "learned": "Education", "learnt": "Education", "studie": "Education", "study": "Education", "school": "Education",
    "schooling": "Education", "knowledge": "Education", "badge": "Certifications", "built": "Projects", "fun": "Interests",
    "経歴": "職務経歴", "自分": "職務要約", "できること": "スキル", "学び": "学歴", "強み": "自己PR",
}  # fmt: skip
_ACCEPTED = word_set("""
    volunteer volunteering community patent military additional personal memberships membership affiliation affiliations
    leadership activity extracurricular conference speaking press training course coursework board hobby reference
    industry sector domain client tool technology method qualification competency research teaching selected visa
    availability portfolio profile patents strength area interest hobby 得意分野 語学 活かせる 自己
    engagement transaction deal achievement accomplishment highlight objective other information detail data declaration
    自己pr その他 備考 志望動機 職務内容 特記事項 本人希望 趣味 活用
    """)
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
    furniture = "\n".join(context.document.layout.header_footer)
    if context.document.source.kind not in _PAGED:
        return None
    # Some readers show the page header as the first lines of the text.
    body = context.text
    for part in context.document.layout.header_footer:
        body = body.replace(part, "", 1) if part else body
    only_there = (_EMAIL.search(furniture) and not _EMAIL.search(body)) or (
        _PHONE.search(furniture) and not context.document.fields.phones and not context.document.fields.emails
    )
    return flagged(Hit(section=SectionType.CONTACT.value) if only_there else None)


def unknown_heading(context: Context) -> Outcome | None:
    """ATS05."""
    if not context.document.sections:
        return None
    hits: list[Hit] = []
    for start, end in _other_headings(context):
        title = context.text[start:end].strip(" :：")
        if title and context.genuine(start) and not _accepted(title):
            standard = _nearest(title)
            values = {"standard": standard or ""}
            hits.append(Hit(start, end, values, variant=None if standard else "plain"))
    return counted(hits, 3)


def _other_headings(context: Context) -> list[tuple[int, int]]:
    """Headings of sections of no known kind, and headings on the level of sections that start none."""
    found = [
        (section.start, section.start + len(section.title))
        for section in context.sections(SectionType.OTHER)
        if context.text.startswith(section.title, section.start)
    ]
    # The reader may guess what a fanciful heading stands for; other systems may not.
    found += [
        (section.start, section.start + len(section.title))
        for section in context.document.sections
        if section.type is not SectionType.OTHER
        and context.text.startswith(section.title, section.start)
        and _FANCIFUL.search(section.title)
    ]
    known = {section.start for section in context.document.sections}
    levels = {block.level for block in context.headings if block.start in known}
    # Where levels are guessed from the look, a role may look like a section.
    guessed = context.document.source.kind not in {Kind.MD, Kind.DOCX, Kind.HTML, Kind.ODT}
    named = [
        span.start
        for view in (context.roles if guessed else [])
        for span in (view.role.title_span, view.role.employer_span, view.role.dates_span)
        if span is not None
    ]
    for block in context.headings:
        if block.start in known or block.level not in levels or block.start < context.head_end:
            continue
        if not any(block.start <= place < block.end for place in named):
            found.append((block.start, block.end))
    return found


def _accepted(title: str) -> bool:
    lower = title.lower()
    words = {token.form for token in tokens(title)}
    return bool(words & _ACCEPTED) or any(not name.isascii() and name in lower for name in _ACCEPTED)


def _nearest(title: str) -> str | None:
    for word, standard in _FANCY.items():
        if word.isascii():
            if any(token.form == word for token in tokens(title)):
                return standard
        elif word in title:
            return standard
    close = difflib.get_close_matches(title.title(), list(_STANDARD.values()), n=1, cutoff=0.6)
    return close[0] if close else None


def unparsed_dates(context: Context) -> Outcome | None:
    """ATS06."""
    if not context.roles and not context.sections(SectionType.EXPERIENCE):
        return None
    hits: list[Hit] = []
    for view in context.roles:
        role = view.role
        head_end = min([span.start for span in role.bullets] + [role.end])
        one_date = role.start_date == role.end_date
        if role.start_date and (role.end_date or role.current) and not one_date:
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
    hits = [Hit(match.start(), match.end()) for match in _PRIVATE.finditer(context.text)]
    return counted(hits, 4)


def pictures(context: Context) -> Outcome | None:
    """ATS08."""
    if context.document.source.kind not in _PAGED:
        return None
    layout = context.document.layout
    # A portrait says something about the person, who must not move a score; CMP10 mentions it.
    others = layout.images - (1 if layout.photo else 0)
    return flagged(Hit(values={"count": str(others)}, confidence=0.6) if others > 0 else None)


def file_limits(context: Context) -> Outcome | None:
    """ATS09; encrypted and unsupported files have a status of their own and no score."""
    size = context.document.source.bytes
    return flagged(Hit(values={"size": str(round(size / 1024 / 1024))}) if size > LARGEST_BYTES else None)


def broken_encoding(context: Context) -> Outcome | None:
    """ATS10."""
    hits = [Hit(match.start(), match.end()) for match in _BROKEN.finditer(context.text)]
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
    Check("ATS04", Category.ATS, Severity.HIGH, contact_in_header, _LAYOUT),
    Check("ATS05", Category.ATS, Severity.MEDIUM, unknown_heading, _LAYOUT),
    Check("ATS06", Category.ATS, Severity.MEDIUM, unparsed_dates, _LAYOUT),
    Check("ATS07", Category.ATS, Severity.LOW, icon_glyphs, _LAYOUT),
    Check("ATS08", Category.ATS, Severity.MEDIUM, pictures, _LAYOUT),
    Check("ATS09", Category.ATS, Severity.HIGH, file_limits, _LAYOUT),
    Check("ATS10", Category.ATS, Severity.HIGH, broken_encoding, _LAYOUT, tolerance=0.5),
    Check("ATS11", Category.ATS, Severity.MEDIUM, missing_terms, scored=False),
    Check("ATS12", Category.ATS, Severity.LOW, unexplained_acronym, _LAYOUT),
)
