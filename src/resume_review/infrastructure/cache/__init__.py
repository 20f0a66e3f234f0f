"""Results that are dear to make again, shared by all processes; losing them costs time and nothing else."""

from resume_review.infrastructure.cache.cache import Cache
from resume_review.infrastructure.cache.fallback import FallbackCache
from resume_review.infrastructure.cache.postgres import PostgresCache
from resume_review.infrastructure.cache.redis import RedisCache

__all__ = ["Cache", "FallbackCache", "PostgresCache", "RedisCache"]
