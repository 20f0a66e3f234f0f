"""What a resume has to hold. Nothing here looks at who the person is."""

import re
from functools import lru_cache

from resume_review.documents import SectionType
from resume_review.rubric import lexicon
from resume_review.rubric.checks.base import Check, Dimension, Hit, Outcome, Severity, counted, flagged
from resume_review.rubric.context import Context
from resume_review.rubric.model import Category
from resume_review.rubric.timeline import gaps
from resume_review.rubric.words import count_words, word_set

LONGEST_GAP = 6
"""Months."""
SHORTEST_NAME = 3
"""Letters; an initial of a name is in nearly every word."""
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
    r"(?:party|sexy|hottie|babe(?![a-z])|ninja|gangsta|cutie|princess|gamer|drunk|beer|stoner|420|69|666|xxx|lover|killer|rockstar"
    r"|wild|crazy|cool(?:dude|guy|girl|kid)|dude|badboy|badgirl|playboy|pimp|swag|yolo|unicorn|honey|kitty|bunny|sweetie|hotstuff|hotboy|hotgirl|4u\b|4ever|ilove|iheart|pizza|thebest|number1|no1|boss(?![a-z])|queen|king\d|batman|superman|spiderman|pokemon|naruto|metalhead|dragon|wizard|ninja|warrior|devil|demon|angelface|babygirl|babyboy|bigboy|biggun|stud|flirt|cuddl|sugar|candy|weed|vodka|whisky|tequila|football|soccer|skater|surfer|rebel|loser|nerd|geek|lazy|sleepy|fluffy|puppy|kitten|monkey|panda|tiger\d|rocker|punk|goth|vampire|zombie|slayer|sniper|hacker|hax|pwn|noob|fart|butt|ass\d|shit|fuck)",
    re.IGNORECASE,
)
# Words of which a playful address is put together; those in the second list are also family names and count in company only.
_PLAYFUL = word_set("""
    daddy mommy mummy mama mami papi boi boyz grl grrl gurl chick chicks hunk dude dudette bro brah awesome amazing fabulous gorgeous legend epic hot
    cute cutest funky groovy genius naughty cheeky crazy mad silly sassy spicy dirty lil chubby skinny funny lonely chocolate cookie cookies cupcake
    muffin banana noodle noodles taco burger donut doughnut pizza sushi beer wine vodka rum peach avocado pickle waffle pancake potato elf orc troll
    pirate samurai ghost zombie unicorn fairy mermaid goddess jedi darth hobbit gandalf sith lover addict junkie freak maniac gamer gamerz player
    rockstar popstar superstar superman supergirl batman ninja monster beast beauty sexy sex kiss kisses devil princess
    cutie smiley giggles sunshine rainbow butterfly dolphin kitty kitten puppy doggy doggo bunny panda koala penguin shark tiger dragon neko inu
    fanatic fangirl fanboy diva hustler gangster thug boss partygirl partyboy bookworm foodie nerdy geeky chill swagger bling moneymaker cash
    punk goth emo otaku anime meme lol lmao rofl omg wtf bae babe baby babes sweetheart honeybunny darling snuggles
    """)
_COMPANY = word_set("""
    heart hearts angel angels the my me i a an of and is so too for to in mr mrs miss ms mister sir lady big little small old young bad good great super mega ultra king queen
    prince lord duke boy girl man woman guy kid love sweet sugar honey happy lucky star fox wolf bear lion rider runner dancer master wild cool real
    true free fly high low red blue pink black white golden best fan cat dog bird fish rose cherry candy pepper angel x xx xxx xo xoxo u ur n da
    """)
_SOUNDED = re.compile(
    r"[a-z]{2,}[48][a-z]+|\b(?:sk|gr|m|l|h|str|w|b)8(?![0-9])|[a-z]{3,}2[a-z]{3,}|\d(?:u|ever|eva|life)\b|[a-z]*1337|l33t|n00b|h4x"
)
"""Figures read aloud: sk8r, gr8, love2pizza, hot4u."""
_PERSONAL = re.compile(
    r"(?:date of birth|birth ?date|d\.o\.b\.?|\bdob\b|born(?: on)?\s*:|\bage\s*:\s*\d+|marital status|\b(?:married|single|divorced)\b"
    r"(?=\s*(?:$|[,|;\n]))|nationality\s*:|citizenship\s*:|religion\s*:|\bgender\s*:|\bsex\s*:|\bpassport (?:no|number)"
    r"|\bssn\b|social security|national (?:id|insurance)|children\s*:|place of birth|\bheight\s*:|\bweight\s*:|\bblood (?:type|group)|\bborn\b(?=[^\n]{0,20}\d{4})|\bage\s+\d{2}\b|\b\d{2} (?:years old|yrs old|y/o)|\b(?:\d|one|two|three) (?:children|kids)\b|\b(?:father|mother) of\b|\bdriving licen[cs]e no"
    r"|生年月日|年齢\s*[::]|満\s?\d+\s?歳|性別|配偶者|扶養家族|本籍|国籍\s*[::]|血液型|宗教|既婚|未婚|独身|\d+月\d+日\s?生|\d+年生まれ|子供\s?\d|身長|体重|マイナンバー)[^\n|,;]{0,40}",
    re.IGNORECASE | re.MULTILINE,
)
# Labels that could also stand before a field of work; they count away from it only. For text in lower case.
_LABELLED = re.compile(
    r"\b(?:(?:civil|family|relationship|military|parental) status|birthday|b-day|faith|religious (?:views?|beliefs?)|health(?: status| condition)?|ethnicity|ethnic (?:origin|group)|race|caste|tribe"
    r"|complexion|(?:political|party) (?:views?|affiliation|membership)|sexual orientation|orientation|disabilit(?:y|ies)|spouse|wife|husband|dependents|dependants|(?:father|mother|parent|spouse)(?:['’]?s)?(?: maiden)? name"
    r"|country of birth|home ?town|native place|native of|zodiac(?: sign)?|star sign|(?:eye|hair) colou?r|bmi|(?:id|identity|tax|personal|resident|passport)(?: card| registration| identity)? ?(?:number|no\.?|code)|aadhaar|cnic|nric|cpf|personnummer|cprs?|bsn|nin)"
    r"\s*[:::#–-]\s*\S[^\n|,;]{0,40}|\baged?:?\s+\d{2}\b|\b\d{2} years? of age\b|\b(?:non-?)?smoker\b|\b(?:widowed|separated|engaged to be married|in good health|in excellent health)\b"
    r"|\b(?:married|single|divorced) (?:with|and|mother|father|parent)\b[^\n|,;]{0,30}|\b(?:proud )?(?:father|mother|mum|mom|dad|parent) (?:of|to)\b[^\n|,;]{0,30}"
    r"|(?:誕生日|家族構成|家族|出身地?|健康状態|婚姻(?:状況|歴)?|信仰|支持政党|支持する政党|思想|星座|干支|戸籍|現住所の状況|住居|同居(?:家族)?|妻|夫|子(?:供|ども)?|お子様|運転免許証番号|旅券番号|パスポート番号|基礎年金番号|人種|民族)\s*[::][^\n|、]{1,30}"
    r"|(?<![\d年/])[1-9]\d\s?[才歳](?!以|未|の|向)|[妻夫]と(?:子|二人|2人)[^\n|、]{0,10}|子(?:供|ども)[0-9一二三四]人|[一二三四]児の[父母]|喫煙(?:者|なし|あり)"
)
_ABOUT_PERSON = (SectionType.CONTACT, SectionType.OTHER, SectionType.INTERESTS)
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
    location = context.document.fields.location
    for line in context.text[: context.head_end].splitlines()[:3]:
        words = line.split()
        if not words or any(character.isdigit() or character in "@/|:" for character in line):
            continue
        if _PLACE_JA.match(line) or (location is not None and line.strip() == location.value):
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
        unserious = _unserious(address.partition("@")[0].casefold())
        if unserious and not any(
            part in unserious or unserious in part for part in names if len(part) >= SHORTEST_NAME
        ):
            return flagged(Hit(start, end, variant="unserious"))
    return flagged(None)


def _unserious(local: str) -> str:
    """The playful words of an address; empty when there are none."""
    found = _UNSERIOUS.search(local) or _SOUNDED.search(local)
    if found:
        return found[0]
    return next((part for part in re.findall(r"[a-z]+", local) if _is_playful(part)), "")


@lru_cache(maxsize=1024)
def _is_playful(word: str) -> bool:
    """Whether a word is playful, or several that nobody is called are written as one."""
    if word in _PLAYFUL:
        return True
    starts = ((word[:end], word[end:]) for end in range(len(word) - 1, 0, -1))
    return any(
        (len(first) > SHORTEST_NAME and first in _PLAYFUL and (rest in _COMPANY or _is_playful(rest)))
        or (first in _COMPANY and _is_playful(rest))
        for first, rest in starts
    )


def personal_data(context: Context) -> Outcome | None:
    """CMP10; not scored, because it is about the person."""
    if context.japanese and _JAPANESE_FORM.search(context.text[:200]):
        return flagged(None)
    hits: list[Hit] = []
    head = context.head_end
    lower = context.lower
    # The words first: the pattern is slow and most resumes hold none of them.
    matches = _PERSONAL.finditer(context.text) if any(word in lower for word in _PERSONAL_WORDS) else ()
    found = list(matches)
    places = [(0, head), *((part.start, part.end) for part in context.sections(*_ABOUT_PERSON))]
    for start, end in places:
        # Reading lower case is quicker than leaving the case to the pattern.
        found += [
            match
            for match in _LABELLED.finditer(lower, start, end)
            if not any(match.start() < other.end() and other.start() < match.end() for other in found)
        ]
    for match in sorted(found, key=lambda match: match.start()):
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
    Check("CMP03", _KIND, Severity.HIGH, name_line, _COMPLETE, version=2),
    Check("CMP04", _KIND, Severity.LOW, place, scored=False, version=2),
    Check("CMP05", _KIND, Severity.HIGH, experience, _COMPLETE),
    Check("CMP06", _KIND, Severity.MEDIUM, education, _COMPLETE),
    Check("CMP07", _KIND, Severity.MEDIUM, skills, _COMPLETE),
    Check("CMP08", _KIND, Severity.LOW, profile_link, _COMPLETE),
    Check("CMP09", _KIND, Severity.MEDIUM, email_form, _COMPLETE, version=2),
    Check("CMP10", _KIND, Severity.MEDIUM, personal_data, scored=False, version=2),
    Check("CMP11", _KIND, Severity.INFO, gap, scored=False),
)
