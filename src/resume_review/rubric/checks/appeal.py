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
from resume_review.rubric.tiers import BOUNDS, title_rank
from resume_review.rubric.verb_list import LEADERSHIP
from resume_review.rubric.words import tokens, word_set

FULL_SHARE = 0.6
WORTH_SAYING = 0.5
TOP_CHARACTERS = 1600
"""After the contact part: about a third of two pages. Counted from there, so that a long name changes nothing."""
_EXPERIENCE = SectionType.EXPERIENCE.value
_CLAIM = re.compile(
    r"(?:(?P<more>over|more than|at least|nearly|almost)\s+)?\b(?P<years>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty)(?P<plus>\+)?[\s-]*(?:years?|yrs?)\b(?P<rest>[^.\n]{0,25})"
    r"|(?:(?:経験|社会人|実務|業界)(?:年数|歴)?[はが::]?\s*|キャリア\s*)?(?P<years_ja>\d{1,2})\s*(?:年|カ年)(?:間)?(?P<more_ja>以上|超|余り|強)?(?=[のにをで、]?[^。\n\d]{0,16}?"
    r"(?:経験|キャリア|実績|携わ|従事|わた[りっる]|担当|勤務))",
    re.IGNORECASE,
)
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip
_LEVELS = {
    "entry": Tier.ENTRY, "junior": Tier.ENTRY, "mid": Tier.MID, "senior": Tier.SENIOR, "executive": Tier.EXECUTIVE,
}  # fmt: skip
_LEADING_JA = (
    "統括",
    "主導",
    "率い",
    "リード",
    "マネジメント",
    "管理し",
    "指揮",
    "立ち上げ",
    "策定",
    "責任者",
    "育成",
    "獲得",
    "受注",
    "折衝",
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
    hits = [Hit(values=values, section=_EXPERIENCE)] if share < min(wanted, WORTH_SAYING) else []
    return graded(hits, share / FULL_SHARE)


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
    if match is None or len(context.periods) < len(context.roles) or not context.periods:
        return None
    number = match["years"] or match["years_ja"]
    claimed = _NUMBERS.get(number.lower()) or int(number)
    values = {"claimed": str(claimed), "actual": f"{context.years:g}"}
    if claimed > context.years + 1:
        return flagged(Hit(match.start(), _years_end(match), values))
    open_ended = (
        match["plus"]
        or match["more"]
        or match["more_ja"]
        or re.match(r"\s*(?:in|as|of)\s", match["rest"] or "")
    )
    partial = open_ended and not re.match(
        r"\s*of (?:professional )?(?:work )?experience", match["rest"] or ""
    )
    # A claim may be about one field only: a little less than all dates together is no contradiction.
    if claimed < context.years - max(1.5, 0.1 * context.years) and not partial:
        return flagged(Hit(match.start(), _years_end(match), values, variant="less", confidence=0.6))
    return flagged(None)


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
        if bullet.listing:
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
    """Bullets that start with leading or owning, one per group."""
    seen: set[int] = set()
    found: list[Bullet] = []
    for bullet in context.bullets:
        leads = bullet.verb is not None and bullet.verb.lemma in LEADERSHIP
        leads = leads or (context.japanese and any(word in bullet.text for word in _LEADING_JA))
        if leads and not bullet.listing and bullet.length >= 5 and bullet.group not in seen:
            seen.add(bullet.group)
            found.append(bullet)
    return found


def ownership(context: Context) -> Outcome | None:
    """APL07."""
    if not context.bullets:
        return absent()
    count = len(leadership_bullets(context))
    wanted = context.pack.expectations[context.tier.value].leadership
    values = {"count": str(count), "wanted": str(wanted)}
    hits = [Hit(values=values, section=_EXPERIENCE, confidence=0.7)] if count < wanted / 2 else []
    return graded(hits, count / wanted)


def progression(context: Context) -> Outcome | None:
    """APL08."""
    dated = sorted(
        (view for view in context.roles if view.period is not None and view.role.title),
        key=lambda view: view.period.end if view.period else 0,
    )
    if not dated:
        return absent()
    ranks = [title_rank(view.role.title or "") for view in dated]
    if ranks[-1] < max(ranks) - 1:
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
    fits = any(context.pack.title_book.search(text) for text in [*texts, summary])
    return graded(
        [] if fits else [Hit(section=SectionType.SUMMARY.value, variant="industry", confidence=0.6)],
        float(fits),
    )


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
    )
    hits = [] if total else [Hit(confidence=0.5)]
    return graded(hits, total / 2)


_ACHIEVEMENT = (Dimension.ACHIEVEMENT_RELEVANCE,)
_FIT = (Dimension.EXPERIENCE_FIT,)
_POSITION = (Dimension.COMPETITIVE_POSITIONING,)
_KIND = Category.APPEAL

CHECKS = (
    Check("APL01", _KIND, Severity.MEDIUM, result_share, _ACHIEVEMENT),
    Check("APL02", _KIND, Severity.LOW, early_win, _ACHIEVEMENT),
    Check("APL05", _KIND, Severity.HIGH, claimed_years, _FIT),
    Check("APL06", _KIND, Severity.LOW, scope, _ACHIEVEMENT),
    Check("APL07", _KIND, Severity.LOW, ownership, _POSITION, languages=ENGLISH_JAPANESE),
    Check("APL08", _KIND, Severity.LOW, progression, _FIT),
    Check("APL09", _KIND, Severity.MEDIUM, direction, _POSITION, languages=ENGLISH_JAPANESE),
    Check("APL11", _KIND, Severity.LOW, years_for_level, _FIT),
    Check("APL12", _KIND, Severity.LOW, distinctions, _POSITION),
)
