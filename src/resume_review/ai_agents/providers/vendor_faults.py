"""From a vendor's HTTP status to what may be done about it."""

from collections.abc import Mapping

from resume_review.ai_agents.providers.base import (
    BadKeyError,
    BadRequestError,
    OverloadedError,
    ProviderError,
    RateLimitedError,
    TimedOutError,
    Vendor,
)

_NO_KEY = {401, 402, 403}
_TIMED_OUT = {408, 504}
_LONGEST_WAIT_S = 600.0


def from_status(status: int, headers: Mapping[str, str], *, vendor: Vendor) -> ProviderError:
    """The failure behind a status; the vendor's own words are left out, since they may repeat the request."""
    if status == 429:
        return RateLimitedError(f"{vendor} asks for patience.", retry_after=retry_after(headers))
    if status in _TIMED_OUT:
        return TimedOutError(f"{vendor} gave up waiting for its model ({status}).")
    if status >= 500:
        return OverloadedError(f"{vendor} has trouble ({status}).", retry_after=retry_after(headers))
    if status in _NO_KEY:
        return BadKeyError(
            f"{vendor} does not accept the key ({status}). Check it, and that it may use the model."
        )
    return BadRequestError(
        f"{vendor} does not accept the request ({status}). Check the model's name and its limits."
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the vendor asks to wait, from either header; dates and nonsense count as none."""
    for name, factor in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers[name]) * factor
        except (KeyError, ValueError):
            continue
        if 0 <= seconds < float("inf"):
            return min(seconds, _LONGEST_WAIT_S)
    return None
