"""Two answers side by side."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from resume_review.ai_agents.interface import TrialAnswer, TrialComment
from resume_review.features.prompt_trials.schemas import Comment, Difference, SideAnswer, SideFigures

SAME_PLACE = 0.5
"""Share of the shorter quote that both must cover to be about the same words."""


def difference(current: TrialAnswer, new: TrialAnswer) -> Difference:
    """What the new prompt changes on one resume."""
    unmatched, only_new = [one for one in current.comments if one.start is not None], list[TrialComment]()
    verified = [one for one in new.comments if one.start is not None]
    for comment in verified:
        twin = next((one for one in unmatched if _same(one, comment)), None)
        if twin is None:
            only_new.append(comment)
        else:
            unmatched.remove(twin)
    costs = (current.cost_usd, new.cost_usd)
    return Difference(
        steps=_less(new.steps, current.steps),
        points=_less(new.points, current.points),
        only_current=[one.quote for one in unmatched],
        only_new=[one.quote for one in only_new],
        both=len(verified) - len(only_new),
        dropped=new.dropped - current.dropped,
        tokens=_tokens(new) - _tokens(current),
        cost_usd=None if costs[0] is None or costs[1] is None else costs[1] - costs[0],
        latency_ms=new.latency_ms - current.latency_ms,
    )


def figures(answers: Sequence[TrialAnswer]) -> SideFigures:
    """What one side came to; an answer that called nobody cost nothing."""
    costs = [answer.cost_usd for answer in answers if answer.calls]
    known = [cost for cost in costs if cost is not None]
    return SideFigures(
        answered=sum(answer.fault is None for answer in answers),
        failed=sum(answer.fault is not None for answer in answers),
        quotes=sum(answer.quotes for answer in answers),
        dropped=sum(answer.dropped for answer in answers),
        tokens=sum(_tokens(answer) for answer in answers),
        cost_usd=sum(known, Decimal(0)) if len(known) == len(costs) else None,
        latency_ms=round(sum(answer.latency_ms for answer in answers) / len(answers)) if answers else None,
    )


def means(differences: Iterable[Mapping[str, int]]) -> dict[str, float]:
    """The mean of each dimension over the resumes that have it on both sides."""
    values: dict[str, list[int]] = {}
    for one in differences:
        for name, value in one.items():
            values.setdefault(name, []).append(value)
    return {name: round(sum(found) / len(found), 2) for name, found in values.items()}


def side(answer: TrialAnswer) -> SideAnswer:
    """An answer as it is served."""
    told = {name: getattr(answer, name) for name in SideAnswer.model_fields if name != "comments"}
    return SideAnswer(comments=[_comment(one) for one in answer.comments], **told)


def _comment(comment: TrialComment) -> Comment:
    return Comment(
        category=comment.category,
        severity=comment.severity,
        quote=comment.quote,
        verified=comment.start is not None,
        issue=comment.issue,
        suggestion=comment.suggestion,
        rewrite=comment.rewrite,
    )


def _less(new: Mapping[str, int], current: Mapping[str, int]) -> dict[str, int]:
    return {name: value - current[name] for name, value in new.items() if name in current}


def _tokens(answer: TrialAnswer) -> int:
    return answer.input_tokens + answer.output_tokens


def _same(one: TrialComment, other: TrialComment) -> bool:
    """Whether both say something of the same kind about the same words."""
    if one.category != other.category or one.start is None or other.start is None:
        return False
    assert one.end is not None
    assert other.end is not None
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > SAME_PLACE * min(one.end - one.start, other.end - other.start)
