"""The few figures that an evaluation needs."""

import statistics
from collections.abc import Sequence
from itertools import groupby


def spread(values: Sequence[float]) -> float:
    """Standard deviation of a sample; 0 for a single value."""
    return statistics.stdev(values) if len(values) > 1 else 0.0


def spearman(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Rank correlation (-1 to 1) with ties; null where one side does not vary."""
    first, second = _ranks([one for one, _ in pairs]), _ranks([other for _, other in pairs])
    if len(set(first)) < 2 or len(set(second)) < 2:
        return None
    return statistics.correlation(first, second)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share (0-1) of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.499) - 1))]


def _ranks(values: Sequence[float]) -> list[float]:
    places = sorted(range(len(values)), key=lambda place: values[place])
    ranks = [0.0] * len(values)
    position = 0
    for _, equal in groupby(places, key=lambda place: values[place]):
        group = list(equal)
        for place in group:
            ranks[place] = position + (len(group) - 1) / 2
        position += len(group)
    return ranks
