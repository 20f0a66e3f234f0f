"""The market tier: years of experience, voted with titles and the scope of the work. The score plays no part."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

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
    3: "senior specialist supervisor シニア 主任 主査 リーダー",
    4: "lead manager principal architect project-leader マネージャー マネジャー 課長 係長 プリンシパル アーキテクト",
    5: "head senior-manager group-manager シニアマネージャー シニアマネジャー 部長 次長 統括",
    6: "director ディレクター 本部長 室長",
    7: "partner president vp vice-president managing-director chief ceo cfo cto cio coo founder co-founder owner executive "
    "パートナー 取締役 執行役員 社長 役員 代表 最高",
}
_TIER_OF_RANK = (0, 0, 1, 1, 2, 2, 3, 3)
_PLAIN_RANK = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """What the vote is about.

    Attributes:
        years: Non-overlapping years of experience.
        titles: Titles with their places, newest first.
        places: Where the dates of the roles are stated.
    """

    years: float
    titles: Sequence[tuple[str, Span | None]]
    places: Sequence[Span]
    bullets: Sequence[Bullet]


def assess(standing: Standing) -> MarketTier:
    """The tier with its evidence."""
    by_years = tier_of_years(standing.years)
    votes = [(_YEARS_VOTE, by_years)]
    evidence = list(standing.places)
    newest = next(((title, place) for title, place in standing.titles if title), None)
    if newest is not None:
        votes.append((_TITLE_VOTE, _TIER_OF_RANK[title_rank(newest[0])]))
        if newest[1] is not None:
            evidence.append(newest[1])
    scope = _scope_level(standing.bullets)
    if scope is not None:
        votes.append((_SCOPE_VOTE, scope))
    weight = sum(share for share, _ in votes)
    level = int(sum(share * vote for share, vote in votes) / weight + 0.5)
    agreement = sum(share for share, vote in votes if vote == level) / weight
    known = weight if standing.places else weight - _YEARS_VOTE
    return MarketTier(
        value=TIERS[level],
        years=standing.years,
        confidence=round(max(0.1, min(0.95, agreement * known)), 2),
        evidence=evidence,
    )


def tier_of_years(years: float) -> int:
    """Index of the tier these years belong to."""
    return max(index for index, tier in enumerate(TIERS) if years >= BOUNDS[tier])


@cache
def _rank_words() -> list[tuple[tuple[str, ...], int]]:
    pairs = [(tuple(entry.split("-")), rank) for rank, entries in _RANKS.items() for entry in entries.split()]
    return sorted(pairs, key=lambda pair: -pair[1])


@cache
def title_rank(title: str) -> int:
    """From 0 (intern) to 7 (partner, chief)."""
    words = [token.text.lower() for token in tokens(title)]
    # An assistant manager is no manager, a senior associate no junior.
    if "assistant" in words or "associate" in words:
        words = [
            word for word in words if word not in {"manager", "director", "partner"} or "associate" in words
        ]
    for entry, rank in _rank_words():
        if entry[0].isascii():
            if _contains(words, entry):
                return rank
        elif "".join(entry) in title:
            return rank
    return _PLAIN_RANK


def _contains(words: list[str], entry: tuple[str, ...]) -> bool:
    length = len(entry)
    return any(tuple(words[index : index + length]) == entry for index in range(len(words) - length + 1))


def _scope_level(bullets: Sequence[Bullet]) -> int | None:
    """Tier index from the largest team that is named."""
    sizes = [
        int(digits)
        for bullet in bullets
        for quantity in bullet.quantities
        if quantity.unit is Unit.PEOPLE and ("team" in bullet.text.lower() or "チーム" in bullet.text)
        if (digits := "".join(character for character in quantity.text if character.isdecimal()))
    ]
    if not sizes:
        return None
    largest = max(sizes)
    return 0 if largest < 3 else 1 if largest < 8 else 2 if largest < 50 else 3
