"""Cases as consultants tell them: what was wrong, what was done, what came of it; in one bullet or in several that follow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from resume_review.rubric.bullets import Bullet
from resume_review.rubric.context import Context

_PROBLEM = re.compile(r"(?:Situation|Context|Background|Challenge|Problem|Issue|Starting point|Client need)s?\s?[::]|[【\[<＜■◆]?\s?(?:背景|課題|状況|問題|経緯)(?:・[一-龥]+)?\s?[】\]>＞::]", re.IGNORECASE)  # fmt: skip
_RESULT = re.compile(r"(?:Results?|Outcomes?|Impact|Benefits?)\s?[::]|[【\[<＜■◆]?\s?(?:成果|結果|効果|実績)\s?[】\]>＞::]", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """A case and its place.

    Attributes:
        complication: What was wrong, in the words of the resume.
        bullet: The bullet that tells it, or the one with the result.
    """

    start: int
    end: int
    complication: str
    bullet: Bullet


def stories(context: Context) -> Iterator[Story]:
    """The cases of a resume in the order of the text."""
    for bullet in context.bullets:
        if not (bullet.has_result or bullet.measured):
            continue
        told = bullet.statement
        if told.is_story and told.complication is not None:
            yield Story(bullet.start, bullet.end, told.complication.text, bullet)
    yield from _labelled(context)


def _labelled(context: Context) -> Iterator[Story]:
    """`Challenge: ...`, `Action: ...`, `Result: ...` one below the other."""
    for _, part in groupby(context.bullets, key=lambda bullet: bullet.role):
        problem: Bullet | None = None
        for bullet in part:
            if _PROBLEM.match(bullet.text):
                problem = bullet
            elif problem is not None and _RESULT.match(bullet.text):
                said = re.split(r"[::】\]]", problem.text, maxsplit=1)[-1].strip()
                yield Story(problem.start, bullet.end, said, bullet)
                problem = None


def tellable(context: Context) -> Bullet | None:
    """The bullet most worth a word on what was wrong before: a deed with a result, in the latest roles, with the most figures."""
    recent = {view.index for view in context.roles[:2]}
    found = [
        bullet
        for bullet in context.bullets
        if bullet.role in recent and bullet.has_result and not bullet.listing and bullet.statement.deed
    ]
    return max(found, key=lambda bullet: (len(bullet.quantities), -bullet.start), default=None)
