"""How much of what an industry looks for is shown at work. Naming a skill in a list shows nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from resume_review.rubric.bullets import Bullet
from resume_review.rubric.packs.model import AppealPoint, Need, Pack, SkillGroup

TERMS_PER_BULLET = 3
"""A bullet can show this many skills; more in one sentence is a list."""
DENSE = 0.5
ENOUGH_IN_GROUP = {Need.MUST: 2, Need.NICE: 1}
_GROUP_WEIGHT = {Need.MUST: 2.0, Need.NICE: 1.0}
_POINTS_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Evidence:
    """A skill and the bullet that shows it."""

    skill: str
    start: int
    end: int
    bullet: Bullet


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share (0-1) of the pack that is shown, and what carries it."""

    share: float
    skills: tuple[Evidence, ...]
    points: tuple[tuple[AppealPoint, Bullet], ...]
    missing_must: tuple[SkillGroup, ...]


def coverage_of(pack: Pack, bullets: Sequence[Bullet]) -> Coverage:
    """Skill groups and appeal points of the pack that the bullets show."""
    skills = _shown_skills(pack, bullets)
    points = _shown_points(pack, bullets)
    names = {item.skill for item in skills}
    reached, total = 0.0, 0.0
    missing: list[SkillGroup] = []
    for group in pack.groups:
        count = sum(skill.name in names for skill in group.skills)
        degree = min(1.0, count / ENOUGH_IN_GROUP[group.need])
        reached += _GROUP_WEIGHT[group.need] * degree
        total += _GROUP_WEIGHT[group.need]
        if group.need is Need.MUST and count == 0:
            missing.append(group)
    by_skills = reached / total if total else 1.0
    by_points = len(points) / len(pack.appeal_points) if pack.appeal_points else 1.0
    share = (1 - _POINTS_SHARE) * by_skills + _POINTS_SHARE * by_points
    return Coverage(share, tuple(skills), tuple(points), tuple(missing))


def _shown_skills(pack: Pack, bullets: Sequence[Bullet]) -> list[Evidence]:
    """Skills of the pack in bullets that show work, in the order of the text."""
    found: list[Evidence] = []
    book = pack.skill_book
    for bullet in bullets:
        matches = [*book.find(list(bullet.words)), *book.find_wide(bullet.text, bullet.start)]
        matches.sort(key=lambda match: match.start)
        if sum(match.end - match.start for match in matches) > DENSE * len(bullet.text):
            continue
        credited: set[str] = set()
        for match in matches:
            if len(credited) == TERMS_PER_BULLET:
                break
            if match.value not in credited:
                credited.add(match.value)
                found.append(Evidence(match.value, match.start, match.end, bullet))
    return found


def _shown_points(pack: Pack, bullets: Sequence[Bullet]) -> list[tuple[AppealPoint, Bullet]]:
    """Appeal points of the pack with the first bullet that makes each."""
    found: list[tuple[AppealPoint, Bullet]] = []
    for point, book in pack.appeal_books:
        for bullet in bullets:
            if point.quantified and not bullet.measured:
                continue
            if next(book.find(list(bullet.words)), None) or next(book.find_wide(bullet.text), None):
                found.append((point, bullet))
                break
    return found
