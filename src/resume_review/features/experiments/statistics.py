"""The little statistics that decisions here rest on, in closed form."""

import math
from collections.abc import Sequence

Z_ONE_SIDED_95 = 1.6448536269514722
Z_TWO_SIDED_95 = 1.959963984540054


def wilson_interval(hits: int, n: int, *, z: float = Z_TWO_SIDED_95) -> tuple[float, float]:
    """Where the true share (0-1) behind `hits` of `n` lies (Wilson's score interval); all of 0-1 without any.

    The lower end with `Z_ONE_SIDED_95` is the share that the truth exceeds with 95 % confidence.
    """
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    scale = 1 + z * z / n
    centre = (share + z * z / (2 * n)) / scale
    reach = z / scale * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, centre - reach), min(1.0, centre + reach)


def sample_ratio_p(counts: Sequence[int], weights: Sequence[int]) -> float:
    """How likely (0-1) counts this far from the weights are by chance (Pearson's chi-squared); 1 without counts.

    Raises:
        ValueError: The two have different lengths, or a weight is not above zero.
    """
    if len(counts) != len(weights) or not all(weight > 0 for weight in weights):
        raise ValueError("Every count needs a weight above zero.")
    total, whole = sum(counts), sum(weights)
    if total == 0 or len(counts) == 1:
        return 1.0
    expected = [total * weight / whole for weight in weights]
    statistic = sum((seen - due) ** 2 / due for seen, due in zip(counts, expected, strict=True))
    return chi_squared_p(statistic, freedom=len(counts) - 1)


def chi_squared_p(statistic: float, *, freedom: int) -> float:
    """The chance (0-1) of a chi-squared statistic at least this large.

    Source: the finite sums of Abramowitz & Stegun, 26.4.4 and 26.4.5.
    """
    half = statistic / 2
    if freedom % 2:
        p = math.erfc(math.sqrt(half))
        powers = [index - 0.5 for index in range(1, (freedom + 1) // 2)]
    else:
        p = 0.0
        powers = [float(index) for index in range(freedom // 2)]
    if half == 0:
        return 1.0
    # In logarithms, as powers and factorials alone overflow long before their quotient matters.
    p += sum(math.exp(power * math.log(half) - half - math.lgamma(power + 1)) for power in powers)
    return min(1.0, p)
