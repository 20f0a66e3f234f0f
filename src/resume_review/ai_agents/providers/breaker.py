"""Stops asking a vendor that does not answer, and asks again after a while."""

import time
from collections.abc import Callable

FAILURES = 5
PAUSE_S = 30.0


class CircuitBreaker:
    """Opens after several failures in a row; after a pause lets one call through to see."""

    def __init__(
        self, *, failures: int = FAILURES, pause_s: float = PAUSE_S, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = failures
        self._pause = pause_s
        self._now = now
        self._failed = 0
        self._opened_at: float | None = None

    @property
    def lets_through(self) -> bool:
        """Whether a call may be made now; the first one after the pause is the trial that the others wait for."""
        if self._opened_at is None:
            return True
        if self._now() - self._opened_at < self._pause:
            return False
        self._opened_at = self._now()
        return True

    @property
    def rests(self) -> bool:
        """Whether calls are held back now; asking changes nothing."""
        return self._opened_at is not None and self._now() - self._opened_at < self._pause

    def record(self, *, success: bool) -> None:
        """Tell how a call ended."""
        if success:
            self._failed, self._opened_at = 0, None
            return
        self._failed += 1
        if self._failed >= self._most:
            self._opened_at = self._now()
