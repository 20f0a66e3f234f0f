"""The market tier: years of experience, voted with titles and the scope of the work. The score plays no part.

Each evidence votes for a tier: the years with 0.55, the newest title with 0.35, the largest team with 0.10; what is not
there does not vote. The tier is the rounded mean of the votes. A vote one tier away supports it by half, a vote further
away not at all; confidence is the supported share of the votes cast times the share of all evidence that was there,
between 0.1 and 0.95.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from resume_review.documents import Span
from resume_review.rubric.bullets import Bullet
from resume_review.rubric.model import MarketTier, Tier
from resume_review.rubric.quantities import Unit
from resume_review.rubric.words import tokens

TIERS = tuple(Tier)
# Years from which on a tier begins.
BOUNDS = {Tier.ENTRY: 0.0, Tier.MID: 2.0, Tier.SENIOR: 7.0, Tier.EXECUTIVE: 15.0}
_YEARS_VOTE, _TITLE_VOTE, _SCOPE_VOTE = 0.55, 0.35, 0.10

# Rank of a title by the highest word in it; 2 is a title without any.
_RANKS = {
    0: "intern internship trainee apprentice working-student インターン 見習い",
    1: "junior assistant graduate analyst associate-analyst coordinator clerk アシスタント アナリスト",
    3: "senior specialist supervisor assistant-manager シニア 主任 主査 リーダー",
    4: "assistant-vice-president avp associate-vice-president lead manager principal architect project-leader マネージャー マネジャー 課長 係長 プリンシパル アーキテクト",
    5: "head associate-director deputy-director assistant-director chief-of-staff senior-manager group-manager シニアマネージャー シニアマネジャー 部長 次長 統括",
    6: "director associate-partner vp vice-president ディレクター 本部長 室長",
    7: "partner president managing-director chief ceo cfo cto cio coo founder co-founder owner executive-director executive-vice-president chairman chairwoman "
    "パートナー 取締役 執行役員 社長 役員 代表 最高",
}
_NO_RANK = re.compile(
    r"\b(?:product|process|system|data|account|sales|business|marketing|customer|client|hr|people)\s+(?:owner|executive|partner)s?\b"
    r"|\bpartner\s+(?:manager|success|marketing|engineer|solutions)\b|ビジネスパートナー",
    re.IGNORECASE,
)
"""Words of high rank that name no rank here."""
_ASIDE = re.compile(
    r"part[- ]time|volunteer|\btutor\b|teaching assistant|working student|アルバイト|ボランティア",
    re.IGNORECASE,
)
_TIER_OF_RANK = (0, 0, 1, 1, 2, 2, 3, 3)
PLAIN_RANK = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """What the vote is about.

    Attributes:
        years: Non-overlapping years of experience.
        working_years: The same without internships and jobs beside one's studies.
        titles: Titles with their places, newest first.
        places: Where the dates of the roles are stated.
    """

    years: float
    working_years: float
    titles: Sequence[tuple[str, Span | None]]
    places: Sequence[Span]
    bullets: Sequence[Bullet]


def assess(standing: Standing) -> MarketTier:
    """The tier with its evidence."""
    votes: list[tuple[float, int]] = []
    evidence = list(standing.places)
    if standing.places:
        votes.append((_YEARS_VOTE, tier_of_years(standing.working_years)))
    newest = next(((title, place) for title, place in standing.titles if title), None)
    if newest is not None:
        votes.append((_TITLE_VOTE, _TIER_OF_RANK[title_rank(newest[0])]))
        if newest[1] is not None:
            evidence.append(newest[1])
    team = _largest_team(standing.bullets)
    if team is not None:
        votes.append((_SCOPE_VOTE, team[0]))
        evidence.append(team[1])
    weight = sum(share for share, _ in votes)
    level = int(sum(share * vote for share, vote in votes) / weight + 0.5) if votes else 0
    supported = sum(share * max(0.0, 1 - abs(vote - level) / 2) for share, vote in votes)
    return MarketTier(
        value=TIERS[level],
        years=standing.years,
        confidence=round(max(0.1, min(0.95, supported)), 2),
        evidence=evidence,
    )


def tier_of_years(years: float) -> int:
    """Index of the tier these years belong to."""
    return max(index for index, tier in enumerate(TIERS) if years >= BOUNDS[tier])


@cache
def _rank_words() -> list[tuple[tuple[str, ...], int]]:
    pairs = [(tuple(entry.split("-")), rank) for rank, entries in _RANKS.items() for entry in entries.split()]
    return sorted(pairs, key=lambda pair: -pair[1])


@lru_cache(maxsize=1000)
def title_rank(title: str) -> int:
    """From 0 (intern) to 7 (partner, chief)."""
    words = [token.text.lower() for token in tokens(_NO_RANK.sub(_without_rank, title))]
    found = [
        (len(entry), rank) if entry[0].isascii() else (1, rank)
        for entry, rank in _rank_words()
        if (_contains(words, entry) if entry[0].isascii() else "".join(entry) in title)
    ]
    if not found:
        return PLAIN_RANK
    # A name of several words says more than its words: an associate partner is no partner, a chief of staff no chief.
    longest = max(length for length, _ in found)
    return max(rank for length, rank in found if length == longest)


def _without_rank(match: re.Match[str]) -> str:
    return "manager" if "manager" in match[0].lower() else " "


def is_aside(title: str) -> bool:
    """Whether a job is one beside one's studies or another post."""
    return _ASIDE.search(title) is not None


def _contains(words: list[str], entry: tuple[str, ...]) -> bool:
    length = len(entry)
    return any(tuple(words[index : index + length]) == entry for index in range(len(words) - length + 1))


def _largest_team(bullets: Sequence[Bullet]) -> tuple[int, Span] | None:
    """Tier index of the largest team that is named, and its place."""
    sizes = [
        (int(digits), Span(start=quantity.start, end=quantity.end))
        for bullet in bullets
        for quantity in bullet.quantities
        if quantity.unit is Unit.PEOPLE
        and ("team" in bullet.text.lower() or "チーム" in bullet.text or "体制" in bullet.text)
        if (digits := "".join(character for character in quantity.text if character.isdecimal()))
    ]
    if not sizes:
        return None
    largest, place = max(sizes, key=lambda size: size[0])
    return (0 if largest < 3 else 1 if largest < 8 else 2 if largest < 50 else 3), place
