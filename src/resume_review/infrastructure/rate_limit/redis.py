"""The generic cell rate algorithm as one script, which Redis runs as a whole, on the clock of Redis."""

from typing import cast

from redis.asyncio import Redis

from resume_review.infrastructure.rate_limit.limit import Allowance, Limit

NAMESPACE = "resume-review:limit:"

# Times in microseconds. Returns whether the cells were taken, and how far the arrival time lies ahead.
_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local cost, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
if arrival + cost > now + window then
    return {0, arrival - now}
end
arrival = arrival + cost
redis.call('SET', KEYS[1], string.format('%.0f', arrival), 'PX', math.ceil((arrival - now) / 1000) + 1)
return {1, arrival - now}
"""
_MICRO = 1_000_000


class RedisRateLimiter:
    """Shared by all processes on one Redis; keys expire by themselves."""

    def __init__(self, redis: Redis) -> None:
        self._take = redis.register_script(_TAKE)

    async def take(self, limit: Limit, key: str, *, number: int = 1) -> Allowance:
        """See `RateLimiter.take`."""
        cost, window = round(limit.gap * number * _MICRO), limit.seconds * _MICRO
        answer = await self._take(keys=[NAMESPACE + limit.stored_key(key)], args=[cost, window])
        taken, backlog = cast("tuple[int, int]", answer)
        if taken:
            return Allowance(number, backlog / _MICRO)
        raise limit.refusal((backlog + cost - window) / _MICRO)

    async def purge(self) -> None:
        """Nothing to do."""
