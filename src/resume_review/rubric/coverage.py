"""How much of what an industry looks for is shown at work. Naming a skill in a list shows nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resume_review.rubric.bullets import Bullet
from resume_review.rubric.packs.model import AppealPoint, Need, Pack, SkillGroup
from resume_review.rubric.verb_list import LEADERSHIP

TERMS_PER_BULLET = 3
"""A bullet can show this many skills; more in one sentence is a list."""
DENSE = 0.5
ENOUGH_IN_GROUP = {Need.MUST: 2, Need.NICE: 1}
ENOUGH_NICE_GROUPS = 2
"""Nobody has worked in every corner of a field: two of the groups that are nice to have are enough."""
ENOUGH_POINTS = 4
_MUST_WEIGHT = 2.0
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
    """Share (0-1) of the pack that is shown, and what carries it.

    Attributes:
        points: Every appeal point made, with each bullet that makes it.
        missing_must: Groups asked for of which nothing is shown.
        missing_points: Appeal points nobody makes.
    """

    share: float
    skills: tuple[Evidence, ...]
    points: tuple[tuple[AppealPoint, tuple[Bullet, ...]], ...]
    missing_must: tuple[SkillGroup, ...]
    missing_points: tuple[AppealPoint, ...]


def coverage_of(pack: Pack, bullets: Sequence[Bullet]) -> Coverage:
    """Skill groups and appeal points of the pack that the bullets show."""
    skills = _shown_skills(pack, bullets)
    points = [(point, tuple(makers)) for point, makers in _points(pack, bullets)]
    made = tuple((point, makers) for point, makers in points if makers)
    names = {item.skill for item in skills}
    counts = {group.name: sum(skill.name in names for skill in group.skills) for group in pack.groups}
    by_skills = _by_skills(pack, counts)
    enough = min(ENOUGH_POINTS, len(points))
    by_points = min(1.0, len(made) / enough) if enough else 1.0
    return Coverage(
        share=(1 - _POINTS_SHARE) * by_skills + _POINTS_SHARE * by_points,
        skills=tuple(skills),
        points=made,
        missing_must=tuple(
            group for group in pack.groups if group.need is Need.MUST and not counts[group.name]
        ),
        missing_points=tuple(point for point, makers in points if not makers),
    )


def _by_skills(pack: Pack, counts: dict[str, int]) -> float:
    degrees: dict[Need, list[float]] = {need: [] for need in Need}
    for group in pack.groups:
        degrees[group.need].append(min(1.0, counts[group.name] / ENOUGH_IN_GROUP[group.need]))
    nice = min(ENOUGH_NICE_GROUPS, len(degrees[Need.NICE]))
    reached = _MUST_WEIGHT * sum(degrees[Need.MUST]) + min(nice, sum(degrees[Need.NICE]))
    total = _MUST_WEIGHT * len(degrees[Need.MUST]) + nice
    return reached / total if total else 1.0


def _shown_skills(pack: Pack, bullets: Sequence[Bullet]) -> list[Evidence]:
    """Skills of the pack in bullets that show work, in the order of the text."""
    found: list[Evidence] = []
    book = pack.skill_book
    for bullet in bullets:
        matches = [*book.find(bullet.words), *book.find_wide(bullet.text, bullet.start)]
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


def _points(pack: Pack, bullets: Sequence[Bullet]) -> Iterator[tuple[AppealPoint, list[Bullet]]]:
    """Each appeal point with the bullets that make it."""
    for point, book, also in pack.appeal_books:
        yield (
            point,
            [
                bullet
                for bullet in bullets
                if _meets(point, bullet)
                and (not point.any_of or book.holds(bullet.words, bullet.text))
                and (not point.also or also.holds(bullet.words, bullet.text))
                and (not point.story or bullet.statement.is_story)
            ],
        )


def _meets(point: AppealPoint, bullet: Bullet) -> bool:
    if point.quantified and not bullet.measured:
        return False
    if point.result and not bullet.has_result:
        return False
    if point.units and not any(quantity.unit in point.units for quantity in bullet.quantities):
        return False
    return not point.leads or (bullet.verb is not None and bullet.verb.lemma in LEADERSHIP)
