"""What a resume has to hold. Nothing here looks at who the person is."""

import re

from resume_review.documents import SectionType
from resume_review.rubric import lexicon
from resume_review.rubric.checks.base import Check, Dimension, Hit, Outcome, Severity, counted, flagged
from resume_review.rubric.context import Context
from resume_review.rubric.model import Category
from resume_review.rubric.timeline import gaps
from resume_review.rubric.words import count_words

LONGEST_GAP = 6
"""Months."""
_CONTACT = SectionType.CONTACT.value
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:\+|\()?\d[\d\s().-]{7,}\d")
_DATES = re.compile(r"(?:19|20)\d\d\s*[-–/.]")
_LIKE_EMAIL = re.compile(r"[\w.+-]*@[\w.-]*|\b[\w.+-]+\s?[(\[](?:at|AT)[)\]]\s?[\w.-]+")
_GOOD_EMAIL = re.compile(
    r"[A-Za-z0-9](?:[\w.+-]*[\w+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
# Words that no one has as a name, in the part of an address before the @.
_UNSERIOUS = re.compile(
    r"(?:party|sexy|hottie|babe|ninja|gangsta|cutie|princess|gamer|drunk|beer|stoner|420|69|666|xxx|lover|killer|rockstar"
    r"|wild|crazy|cool(?:dude|guy|girl|kid)|dude|badboy|badgirl|playboy|pimp|swag|yolo|unicorn|honey|kitty|bunny|sweetie|hotstuff|hotboy|hotgirl|4u\b|4ever|ilove|iheart|pizza|thebest|number1|no1|boss|queen|king\d|batman|superman|spiderman|pokemon|naruto|metalhead|dragon|wizard|ninja|warrior|devil|demon|angelface|babygirl|babyboy|bigboy|biggun|stud|flirt|cuddl|sugar|candy|weed|vodka|whisky|tequila|football|soccer|skater|surfer|rebel|loser|nerd|geek|lazy|sleepy|fluffy|puppy|kitten|monkey|panda|tiger\d|rocker|punk|goth|vampire|zombie|slayer|sniper|hacker|hax|pwn|noob|fart|butt|ass\d|shit|fuck)",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"(?:date of birth|birth ?date|d\.o\.b\.?|\bdob\b|born(?: on)?\s*:|\bage\s*:\s*\d+|marital status|\b(?:married|single|divorced)\b"
    r"(?=\s*(?:$|[,|;\n]))|nationality\s*:|citizenship\s*:|religion\s*:|\bgender\s*:|\bsex\s*:|\bpassport (?:no|number)"
    r"|\bssn\b|social security|national (?:id|insurance)|children\s*:|place of birth|\bheight\s*:|\bweight\s*:|\bblood (?:type|group)|\bborn\b(?=[^\n]{0,20}\d{4})|\bage\s+\d{2}\b|\b\d{2} (?:years old|yrs old|y/o)|\b(?:\d|one|two|three) (?:children|kids)\b|\b(?:father|mother) of\b|\bdriving licen[cs]e no"
    r"|生年月日|年齢\s*[::]|満\s?\d+\s?歳|性別|配偶者|扶養家族|本籍|国籍\s*[::]|血液型|宗教|既婚|未婚|独身|\d+月\d+日\s?生|\d+年生まれ|子供\s?\d|身長|体重|マイナンバー)[^\n|,;]{0,40}",
    re.IGNORECASE | re.MULTILINE,
)
_PERSONAL_WORDS = (
    "birth", "d.o.b", "dob", "born", "age:", "age :", "marital", "married", "single", "divorced", "nationality", "citizenship",
    "religion", "gender", "sex:", "passport", "ssn", "social security", "national id", "national insurance", "children",
    "height", "weight", "blood", "生年月日", "年齢", "歳", "性別", "配偶者", "扶養", "本籍", "国籍", "血液型", "宗教",
    "years old", "yrs old", "y/o", "kids", "age 1", "age 2", "age 3", "age 4", "age 5", "age 6", "father of", "mother of", "driving li", "既婚", "未婚", "独身", "日生", "日 生", "年生", "子供", "身長", "体重", "マイナンバー",
)  # fmt: skip
_PLACE_JA = re.compile(r"(?:東京都|北海道|(?:大阪|京都)府|[一-龥]{2,3}県)")
_JAPANESE_FORM = re.compile(r"履\s?歴\s?書")


def email(context: Context) -> Outcome | None:
    """CMP01."""
    furniture = "\n".join(context.document.layout.header_footer)
    found = context.document.fields.emails or _EMAIL.search(furniture) or _LIKE_EMAIL.search(context.text)
    return flagged(None if found else Hit(section=_CONTACT))


def phone(context: Context) -> Outcome | None:
    """CMP02."""
    if context.document.fields.phones:
        return flagged(None)
    places = [context.text[: context.head_end], *context.document.layout.header_footer]
    places += [context.text[section.start : section.end] for section in context.sections(SectionType.CONTACT)]
    found = any(_PHONE.search(_DATES.sub(" ", place)) for place in places)
    return flagged(None if found else Hit(section=_CONTACT))


def name_line(context: Context) -> Outcome | None:
    """CMP03."""
    return flagged(None if context.document.fields.name or _has_name_line(context) else Hit(section=_CONTACT))


def _has_name_line(context: Context) -> bool:
    """A short first line of words that are no title: names of all cultures look like that."""
    for line in context.text[: context.head_end].splitlines()[:3]:
        words = line.split()
        if not words or any(character.isdigit() or character in "@/|:" for character in line):
            continue
        if (
            len(words) <= 6
            and not lexicon.book("title").search(line)
            and "履歴書" not in line
            and "経歴書" not in line
        ):
            return True
    return False


def place(context: Context) -> Outcome | None:
    """CMP04; not scored, because whether an address is recognised depends on where someone lives."""
    found = context.document.fields.location or _PLACE_JA.search(context.text, 0, context.head_end)
    return flagged(None if found else Hit(section=_CONTACT, confidence=0.6))


def experience(context: Context) -> Outcome | None:
    """CMP05."""
    if any(context.genuine(role.start) for role in context.document.fields.roles):
        return flagged(None)
    for section in context.sections(SectionType.EXPERIENCE, SectionType.PROJECTS):
        start, end = context.body(section)
        if context.genuine(start) and count_words(context.text[start:end]) >= 20:
            return flagged(None)
    return flagged(Hit(section=SectionType.EXPERIENCE.value))


def education(context: Context) -> Outcome | None:
    """CMP06."""
    return _part(context, bool(context.document.fields.education), SectionType.EDUCATION)


def skills(context: Context) -> Outcome | None:
    """CMP07."""
    return _part(context, bool(context.skills), SectionType.SKILLS)


def _part(context: Context, found: bool, kind: SectionType) -> Outcome:  # noqa: FBT001 - read at once with its section
    if not found:
        for section in context.sections(kind):
            start, end = context.body(section)
            found = found or (end > start and context.genuine(start))
    return flagged(None if found else Hit(section=kind.value))


def profile_link(context: Context) -> Outcome | None:
    """CMP08."""
    return flagged(None if context.document.fields.links else Hit(section=_CONTACT))


def email_form(context: Context) -> Outcome | None:
    """CMP09."""
    own = [(value.start, value.end) for value in context.document.fields.emails]
    places = own or [match.span() for match in _LIKE_EMAIL.finditer(context.text, 0, context.head_end)]
    if not places:
        return flagged(None)
    name = context.document.fields.name
    names = {part.casefold() for part in re.split(r"\W+", name.value)} if name else set[str]()
    for start, end in places:
        address = context.text[start:end]
        if not _GOOD_EMAIL.fullmatch(address):
            return flagged(Hit(start, end))
        unserious = _UNSERIOUS.search(address.partition("@")[0])
        if unserious and not any(
            part in unserious[0].casefold() or unserious[0].casefold() in part for part in names if part
        ):
            return flagged(Hit(start, end, variant="unserious"))
    return flagged(None)


def personal_data(context: Context) -> Outcome | None:
    """CMP10; not scored, because it is about the person."""
    if context.japanese and _JAPANESE_FORM.search(context.text[:200]):
        return flagged(None)
    hits: list[Hit] = []
    head = context.head_end
    lower = context.lower
    # The words first: the pattern is slow and most resumes hold none of them.
    matches = _PERSONAL.finditer(context.text) if any(word in lower for word in _PERSONAL_WORDS) else ()
    for match in matches:
        section = context.section_at(match.start())
        kind = section.type if section else SectionType.CONTACT
        personal = match.start() < head or kind in {
            SectionType.CONTACT,
            SectionType.OTHER,
            SectionType.INTERESTS,
        }
        if personal or ":" in match[0] or not match[0].isascii():
            hits.append(Hit(match.start(), match.start() + len(match[0].rstrip())))
    if context.document.layout.photo:
        hits.append(Hit(variant="photo"))
    return counted(hits, 3)


def gap(context: Context) -> Outcome | None:
    """CMP11; never scored: gaps go with care work and illness."""
    exact = [period for period in context.periods if period.exact]
    if len(exact) != len(context.periods):
        return flagged(None)
    hits: list[Hit] = []
    for start, end in gaps(exact, longer_than=LONGEST_GAP):
        after = next(view for view in context.roles if view.period and view.period.start == end)
        span = after.role.dates_span or after.role.title_span
        values = {"months": str(end - start), "from": _month(start), "to": _month(end - 1)}
        hits.append(Hit(span.start if span else None, span.end if span else None, values))
    return counted(hits, 3)


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"


_COMPLETE = (Dimension.COMPLETENESS,)
_KIND = Category.COMPLETENESS

CHECKS = (
    Check("CMP01", _KIND, Severity.HIGH, email, _COMPLETE),
    Check("CMP02", _KIND, Severity.MEDIUM, phone, _COMPLETE),
    Check("CMP03", _KIND, Severity.HIGH, name_line, _COMPLETE),
    Check("CMP04", _KIND, Severity.LOW, place, scored=False, version=2),
    Check("CMP05", _KIND, Severity.HIGH, experience, _COMPLETE),
    Check("CMP06", _KIND, Severity.MEDIUM, education, _COMPLETE),
    Check("CMP07", _KIND, Severity.MEDIUM, skills, _COMPLETE),
    Check("CMP08", _KIND, Severity.LOW, profile_link, _COMPLETE),
    Check("CMP09", _KIND, Severity.MEDIUM, email_form, _COMPLETE),
    Check("CMP10", _KIND, Severity.MEDIUM, personal_data, scored=False),
    Check("CMP11", _KIND, Severity.INFO, gap, scored=False),
)
