"""What convinces: results, scope, ownership, progression, direction, years."""

import re

from resume_review.documents import SectionType, Span
from resume_review.rubric.bullets import Bullet
from resume_review.rubric.checks.base import (
    ENGLISH_JAPANESE,
    Check,
    Dimension,
    Hit,
    Outcome,
    Severity,
    absent,
    flagged,
    graded,
)
from resume_review.rubric.context import Context
from resume_review.rubric.model import Category, Tier
from resume_review.rubric.quantities import Unit
from resume_review.rubric.statements.themes import shortened
from resume_review.rubric.stories import stories, tellable
from resume_review.rubric.tiers import BOUNDS, PLAIN_RANK, title_rank
from resume_review.rubric.verb_list import LEADERSHIP
from resume_review.rubric.words import tokens, word_set

FULL_SHARE = 0.6
WORTH_SAYING = 0.5
FITTING = 0.5
"""From this coverage of the pack on, the work itself points to the industry."""
TOP_CHARACTERS = 1600
"""After the contact part: about a third of two pages. Counted from there, so that a long name changes nothing."""
FEWEST_FOR_STORIES = 4
YOUNG = 3
"""Years of experience below which an internship after another job is no step back."""
ENOUGH_TO_JUDGE = 12
"""Different bullets below which one that leads is enough not to be told."""
_EXPERIENCE = SectionType.EXPERIENCE.value
_CLAIM = re.compile(
    r"(?:(?P<more>over|more than|at least|nearly|almost)\s+)?\b(?P<years>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|(?:twenty|thirty)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)(?P<plus>\+)?[\s-]*(?:years?|yrs?)\b(?P<rest>[^.\n]{0,25})"
    r"|(?:(?:経験|社会人|実務|業界)(?:年数|歴)?[はが::]?\s*|キャリア\s*)?(?P<years_ja>\d{1,2})\s*(?:年(?!目|度|代|次|前|後|版|生|卒)|カ年)(?:間)?(?P<more_ja>以上|超|余り|強)?(?=[のにをで、]?[^。\n\d]{0,16}?"
    r"(?:経験|キャリア|実績|携わ|従事|わた[りっる]|担当|勤務))",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\)?(?:'|’)?\s*(?:of\s+)?(?:[\w&-]+\s+){0,3}?(?:experience\s+|expertise\s+|background\s+)?(?:in|as|with|across|for|at|on|within|[a-z]+ing)\b",
    re.IGNORECASE,
)
_SELECTION = re.compile(
    r"\b(?:earlier|previous|prior|selected|additional|other|further|relevant)\s+(?:\w+\s+)?(?:experience|career|roles?|positions?|employment|history|engagements)\b"
    r"|その他の職[歴務]|以前の|抜粋|主な職[歴務]",
    re.IGNORECASE,
)
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip
_FIRM = re.compile(r"consult|advisor|strateg|コンサル|アドバイザリー|戦略", re.IGNORECASE)
_DISTINCTION = re.compile(
    r"\b(?:award(?:ed)?|prize|finalist|scholarship|fellowship|(?:summa|magna) cum laude|cum laude|first[- ]class honou?rs|with distinction|dean's list|valedictorian|patents?|employee of the)\b"
    r"|表彰|受賞|首席|奨学生|MVP|入賞|特許|社長賞",
    re.IGNORECASE,
)
_LEVELS = {
    "entry": Tier.ENTRY, "junior": Tier.ENTRY, "mid": Tier.MID, "senior": Tier.SENIOR, "executive": Tier.EXECUTIVE,
}  # fmt: skip
_LEADING_JA = re.compile(
    r"統括|主導|率い|リード(?!タイム)|マネジメントし|マネジメントを|管理し|指揮|立ち上げ|策定|責任者|育成|リーダーとして|(?:PM|PL|マネージャー|マネジャー|リーダー)として|牽引|取りまとめ|とりまとめ|主管|束ね"
)
_LEADING = re.compile(
    r"^(?:Mentor|Lead|Head|Chair|Leader|Owner|Captain|President|Founder|Organi[sz]er)\s(?:of|to|for)\b|\b(?:leading|heading|managing|supervising|directing|mentoring|coaching)\s+(?:an?|the|\d+|two|three|four|five|six|seven|eight|ten)\b"
    r"|\band\s+(?:then\s+)?(?:led|managed|headed|chaired|supervised|directed|mentored|coached|hired|oversaw)\b|^(?:[A-Z]\w+ed|Took)\s+(?:over|charge|ownership|the lead)\b",
    re.IGNORECASE,
)


def result_share(context: Context) -> Outcome | None:
    """APL01."""
    if not context.bullets:
        return absent()
    groups = {bullet.group for bullet in context.bullets}
    good = {bullet.group for bullet in context.bullets if bullet.has_result and not bullet.listing}
    share = len(good) / len(groups)
    if share >= FULL_SHARE:
        return graded([], 1.0)
    wanted = context.pack.expectations[context.tier.value].quantified_share
    values = {"share": f"{share:.0%}", "count": str(len(good)), "total": str(len(groups))}
    if share >= min(wanted, WORTH_SAYING):
        return graded([], share / FULL_SHARE)
    return graded([_few_results(context, values)], share / FULL_SHARE)


def _few_results(context: Context, values: dict[str, str]) -> Hit:
    """Names the first bullet of the resume that would gain most from a result: the one that gives a size already."""
    bare = [bullet for bullet in context.bullets if not bullet.has_result and not bullet.listing]
    for bullet in sorted(bare, key=lambda each: (not each.measured, each.start)):
        deed = bullet.statement.deed
        if deed is not None:
            named = {**values, "deed": shortened(context.text[slice(*deed)])}
            return Hit(values=named, section=_EXPERIENCE, variant="named")
    return Hit(values=values, section=_EXPERIENCE)


def early_win(context: Context) -> Outcome | None:
    """APL02."""
    if not context.bullets:
        return absent()
    limit = context.head_end + TOP_CHARACTERS
    if any(bullet.quantified_win and bullet.start < limit for bullet in context.bullets):
        return flagged(None)
    best = next((bullet for bullet in context.bullets if bullet.quantified_win), None)
    if best is None:
        return flagged(Hit(section=_EXPERIENCE, variant="none"))
    return flagged(Hit(best.start, best.end))


def claimed_years(context: Context) -> Outcome | None:
    """APL05."""
    match = _claim(context)
    if (
        match is None
        or len(context.periods) < len(context.roles)
        or not context.periods
        or _is_selection(context)
    ):
        return None
    number = match["years"] or match["years_ja"]
    claimed = (
        int(number)
        if number.isdecimal()
        else sum(_NUMBERS[word] for word in re.split(r"[\s-]+", number.lower()))
    )
    values = {"claimed": str(claimed), "actual": f"{context.years:g}"}
    # Years without months are wrong by half a year at either end.
    slack = 1.0 if all(period.exact for period in context.periods) else 2.0
    if claimed > context.years + slack:
        return flagged(Hit(match.start(), _years_end(match), values))
    # A claim may be about one field only: less than all dates together is no contradiction, unless it says all.
    short = claimed < context.years - max(2.0, 0.25 * context.years) and not _is_partial(match, context.text)
    if short or claimed < 0.25 * context.years:
        return flagged(Hit(match.start(), _years_end(match), values, variant="less", confidence=0.6))
    return flagged(None)


def _is_partial(match: re.Match[str], text: str) -> bool:
    """Whether the claim is open ("over 8 years") or about one field ("8 years in banking")."""
    if match["plus"] or match["more"] or match["more_ja"]:
        return True
    if match["years_ja"]:
        before = re.split(r"[。\n、]", text[max(0, match.start() - 40) : match.start()])[-1]
        return len(before.strip()) > 2
    after = text[_years_end(match) : _years_end(match) + 60]
    return _FIELD.match(after) is not None


def _is_selection(context: Context) -> bool:
    """Whether the resume says that it leaves roles out."""
    return any(_SELECTION.search(section.title or "") for section in context.document.sections) or any(
        _SELECTION.search(context.text, block.start, block.end) for block in context.headings
    )


def _claim(context: Context) -> re.Match[str] | None:
    headline = context.document.fields.headline
    spans = [(context.summary.start, context.summary.end)] if context.summary else []
    spans += [(headline.start, headline.end)] if headline else []
    for start, end in spans:
        match = _CLAIM.search(context.text, start, end)
        if match:
            return match
    return None


def _years_end(match: re.Match[str]) -> int:
    return match.start("rest") if match["years"] else match.end()


def scope_kinds(bullets: list[Bullet]) -> dict[str, Bullet]:
    """Kinds of scope that are given with a figure, each with the first bullet that gives it."""
    found: dict[str, Bullet] = {}
    for bullet in bullets:
        if bullet.listing or bullet.weak:
            continue
        for quantity in bullet.quantities:
            kind = _scope_kind(quantity.unit, quantity.noun)
            if kind:
                found.setdefault(kind, bullet)
    return found


_PLACES = word_set(
    "country site location market region office store plant city 拠点 か国 カ国 ヶ国 店舗 市場"
)
_UNITS = word_set(
    "project system server application service client account process workstream deal target engagement product "
    "transaction request record interface module 件 案件 プロジェクト システム サーバ 社"
)


def _scope_kind(unit: Unit, noun: str) -> str | None:
    if unit is Unit.MONEY:
        return "money"
    if unit is Unit.PEOPLE:
        return "people"
    singular = noun[:-3] + "y" if noun.endswith("ie") else noun
    if singular in _PLACES or noun.removesuffix("ie") + "y" in _PLACES:
        return "places"
    return "volume" if singular in _UNITS else None


def scope(context: Context) -> Outcome | None:
    """APL06."""
    if not context.bullets:
        return absent()
    wanted = context.pack.expectations[context.tier.value].scope
    kinds = scope_kinds(context.bullets)
    hits = [] if kinds else [Hit(section=_EXPERIENCE)]
    return graded(hits, len(kinds) / wanted)


def leadership_bullets(context: Context) -> list[Bullet]:
    """Bullets that tell of leading or owning, one per group."""
    seen: set[int] = set()
    found: list[Bullet] = []
    for bullet in context.bullets:
        if bullet.listing or bullet.length < 5 or bullet.group in seen:
            continue
        if _leads(bullet, japanese=context.japanese):
            seen.add(bullet.group)
            found.append(bullet)
    return found


def _leads(bullet: Bullet, *, japanese: bool) -> bool:
    if bullet.verb is not None and bullet.verb.lemma.removeprefix("co") in LEADERSHIP:
        return True
    return (_LEADING_JA if japanese else _LEADING).search(bullet.text) is not None


def ownership(context: Context) -> Outcome | None:
    """APL07."""
    if not context.bullets:
        return absent()
    count = len(leadership_bullets(context))
    wanted = context.pack.expectations[context.tier.value].leadership
    starting = context.tier.value is Tier.ENTRY
    if count >= wanted / 2 or ((count or starting) and context.bullet_groups < ENOUGH_TO_JUDGE):
        return graded([], count / wanted)
    values = {"count": str(count), "wanted": str(wanted)}
    return graded(
        [Hit(values=values, section=_EXPERIENCE, variant="none" if not count else None, confidence=0.7)],
        count / wanted,
    )


def progression(context: Context) -> Outcome | None:
    """APL08."""
    dated = sorted(
        (view for view in context.roles if view.period is not None and view.role.title),
        key=lambda view: view.period.end if view.period else 0,
    )
    if not dated:
        return absent()
    ranks = [title_rank(view.role.title or "") for view in dated]
    # Students go from a plain job to an internship: no step back.
    if ranks[-1] < max(ranks) - 1 and not (
        ranks[-1] == 0 and (max(ranks) <= PLAIN_RANK or context.years < YOUNG)
    ):
        newest = dated[-1].role
        span = newest.title_span or Span(start=newest.start, end=newest.end)
        return graded([Hit(span.start, span.end, confidence=0.5)], 0.5)
    steady = len(ranks) >= 3 and len(set(ranks)) == 1 and context.years >= 8
    return graded([], 0.7 if steady else 1.0)


def direction(context: Context) -> Outcome | None:
    """APL09."""
    headline = context.document.fields.headline
    titles = [view.role.title for view in context.roles[:3] if view.role.title]
    texts = [*titles, *([headline.value] if headline and len(headline.value) < 80 else [])]
    summary = context.summary.text[:400] if context.summary else ""
    if not texts and not summary:
        return absent()
    if context.target_role:
        wanted = {token.form for token in tokens(context.target_role)} - {
            "senior",
            "junior",
            "of",
            "the",
            "and",
        }
        given = {token.form for text in [*texts, summary] for token in tokens(text)}
        share = (
            len(wanted & given) / len(wanted)
            if wanted
            else float(context.target_role in " ".join([*texts, summary]))
        )
        values = {"target": context.target_role[:60]}
        return graded(
            [Hit(values=values, section=SectionType.SUMMARY.value)] if share < 0.5 else [], share * 2
        )
    employers = [view.role.employer for view in context.roles[:3] if view.role.employer]
    fits = any(context.pack.title_book.search(text) for text in [*texts, *employers, summary])
    # Work of the industry points there too, by its share, so that no single bullet turns the answer.
    degree = (
        1.0 if fits or any(_FIRM.search(text) for text in employers) else min(1.0, context.coverage.share)
    )
    hit = Hit(section=SectionType.SUMMARY.value, variant="industry", confidence=0.6)
    enough = FITTING / 2 if context.tier.value is Tier.ENTRY else FITTING
    return graded([hit] if degree < enough else [], degree)


def years_for_level(context: Context) -> Outcome | None:
    """APL11: only where the review asks for a level."""
    level = _LEVELS.get((context.experience_level or "").lower())
    if level is None:
        return None
    wanted = BOUNDS[level]
    if context.years >= wanted:
        return flagged(None)
    values = {"years": f"{context.years:g}", "wanted": f"{wanted:g}"}
    return graded([Hit(values=values, section=_EXPERIENCE)], context.years / wanted)


def distinctions(context: Context) -> Outcome | None:
    """APL12: awards, certificates, publications, work of some scope; any two are enough."""
    fields = context.document.fields
    types = {section.type for section in context.document.sections if context.genuine(section.start)}
    kinds = scope_kinds(context.bullets)
    count = bool(fields.certifications) or SectionType.CERTIFICATIONS in types
    total = (
        int(count)
        + int(SectionType.AWARDS in types)
        + int(SectionType.PUBLICATIONS in types)
        + int(len(kinds) >= 2)
        + int(_is_distinguished(context))
    )
    hits = [] if total else [Hit(confidence=0.5)]
    return graded(hits, total / 2)


def _is_distinguished(context: Context) -> bool:
    """A prize or a distinction that is told where it was won, not listed as a word."""
    places = context.sections(SectionType.EDUCATION, SectionType.EXPERIENCE, SectionType.PROJECTS)
    return any(
        context.genuine(match.start())
        for section in places
        for match in _DISTINCTION.finditer(context.text, *context.body(section))
    )


def untold(context: Context) -> Outcome | None:
    """APL13: only where the pack looks for cases; never counted, because a good bullet may have no room for it."""
    if not context.pack.stories or len(context.evidence) < FEWEST_FOR_STORIES:
        return None
    if next(stories(context), None) is not None:
        return flagged(None)
    bullet = tellable(context)
    deed = bullet.statement.deed if bullet else None
    if bullet is None or deed is None:
        return flagged(None)
    return flagged(
        Hit(bullet.start, bullet.end, {"deed": shortened(context.text[slice(*deed)])}, confidence=0.6)
    )


_ACHIEVEMENT = (Dimension.ACHIEVEMENT_RELEVANCE,)
_FIT = (Dimension.EXPERIENCE_FIT,)
_POSITION = (Dimension.COMPETITIVE_POSITIONING,)
_KIND = Category.APPEAL

_WORDED = ENGLISH_JAPANESE

CHECKS = (
    Check("APL01", _KIND, Severity.MEDIUM, result_share, _ACHIEVEMENT, languages=_WORDED, version=2),
    Check("APL02", _KIND, Severity.LOW, early_win, _ACHIEVEMENT, languages=_WORDED, version=2),
    Check("APL05", _KIND, Severity.HIGH, claimed_years, _FIT, version=2),
    Check("APL06", _KIND, Severity.LOW, scope, _ACHIEVEMENT, languages=_WORDED, version=2),
    Check("APL07", _KIND, Severity.LOW, ownership, _POSITION, languages=_WORDED, version=2),
    Check("APL08", _KIND, Severity.LOW, progression, _FIT, version=2),
    Check("APL09", _KIND, Severity.MEDIUM, direction, _POSITION, languages=_WORDED, version=2),
    Check("APL11", _KIND, Severity.LOW, years_for_level, _FIT),
    Check("APL12", _KIND, Severity.LOW, distinctions, _POSITION, version=2),
    Check("APL13", _KIND, Severity.INFO, untold, languages=_WORDED, scored=False),
)
