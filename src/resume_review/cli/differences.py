"""What differs between two reviews of the same text, and what made the difference."""

from collections.abc import Iterator

from msgspec.structs import asdict

from resume_review.rubric import Finding, Review

_LONGEST_QUOTE = 60


def differences(before: Review, after: Review) -> list[str]:
    """One line for each: first what judged, then what came of it; none when both are the same."""
    return [*_causes(before, after), *_scores(before, after), *_findings(before, after)]


def _causes(before: Review, after: Review) -> Iterator[str]:
    old, new = before.receipt, after.receipt
    for name, was, is_now in (
        ("extractor", old.extractor, new.extractor),
        ("rubric", old.rubric, new.rubric),
        ("pack", old.pack, new.pack),
        ("prompts", ", ".join(sorted(old.prompts)), ", ".join(sorted(new.prompts))),
        ("model", _models(before), _models(after)),
        ("engine", before.engine.value, after.engine.value),
        ("degraded", before.degraded_reason or "no", after.degraded_reason or "no"),
        ("settings", ", ".join(old.settings), ", ".join(new.settings)),
    ):
        if was != is_now:
            yield f"{name}: {was or 'none'} -> {is_now or 'none'}"


def _models(review: Review) -> str:
    return ", ".join(
        dict.fromkeys(f"{agent.vendor}:{agent.model}" for agent in review.receipt.agents if agent.model)
    )


def _scores(before: Review, after: Review) -> Iterator[str]:
    old, new = _flat(before), _flat(after)
    for name in dict.fromkeys([*old, *new]):
        was, is_now = old.get(name), new.get(name)
        if was != is_now:
            change = f" ({is_now - was:+d})" if was is not None and is_now is not None else ""
            yield f"score {name}: {was} -> {is_now}{change}"


def _flat(review: Review) -> dict[str, int | None]:
    scores = review.scores
    flat: dict[str, int | None] = {
        name: getattr(scores, name) for name in ("overall", "ats", "content", "formatting")
    }
    for group in (scores.structure, scores.appeal):
        if group is not None:
            flat |= asdict(group)
    return flat


def _findings(before: Review, after: Review) -> Iterator[str]:
    old = {finding.id: finding for finding in [*before.findings, *before.strengths]}
    new = {finding.id: finding for finding in [*after.findings, *after.strengths]}
    yield from (f"gone: {_told(finding)}" for key, finding in old.items() if key not in new)
    yield from (f"added: {_told(finding)}" for key, finding in new.items() if key not in old)
    for key in old.keys() & new.keys():
        if old[key].severity != new[key].severity:
            yield f"severity {old[key].severity} -> {new[key].severity}: {_told(new[key])}"


def _told(finding: Finding) -> str:
    quote = (finding.quote or "").replace("\n", " ")
    place = f' "{quote[:_LONGEST_QUOTE]}"' if quote else ""
    return f"{finding.check} {finding.title}{place}"
