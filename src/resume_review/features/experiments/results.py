"""Arms side by side."""

from collections.abc import Sequence

from resume_review.features.experiments.outcomes import ArmFigures, Decisions, OutcomeRepository
from resume_review.features.experiments.schemas import ArmResults, Share
from resume_review.features.experiments.statistics import wilson_interval

_NOTHING = ArmFigures(
    reviews=0,
    errors=0,
    quotes=0,
    dropped=0,
    priced=0,
    cost_usd=None,
    latency_p50_ms=None,
    latency_p95_ms=None,
    drift=None,
)


async def arm_results(outcomes: OutcomeRepository, key: str, arms: Sequence[str]) -> list[ArmResults]:
    """What came of each of these arms, also of one that nobody has met."""
    units, figures, decisions = (
        await outcomes.units(key),
        await outcomes.figures(key),
        await outcomes.decisions(key),
    )
    return [
        _results(arm, units.get(arm, 0), figures.get(arm, _NOTHING), decisions.get(arm, Decisions()))
        for arm in arms
    ]


def _results(arm: str, units: int, figures: ArmFigures, decisions: Decisions) -> ArmResults:
    return ArmResults(
        arm=arm,
        units=units,
        reviews=figures.reviews,
        error_rate=_share(figures.errors, figures.reviews),
        quote_verified_rate=_share(figures.quotes - figures.dropped, figures.quotes),
        acceptance_rate=_share(decisions.accepted, decisions.decided),
        cost_usd=figures.cost_usd,
        priced=figures.priced,
        latency_p50_ms=figures.latency_p50_ms,
        latency_p95_ms=figures.latency_p95_ms,
        drift=figures.drift,
    )


def _share(hits: int, n: int) -> Share:
    low, high = wilson_interval(hits, n)
    return Share(value=hits / n if n else None, low=low, high=high, n=n)
