"""The connection to Redis or Valkey, where one is configured."""

from resume_review.infrastructure.redis.connection import FAULTS, connect_redis

__all__ = ["FAULTS", "connect_redis"]
