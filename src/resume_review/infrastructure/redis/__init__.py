"""The connection to Redis or Valkey, where one is configured."""

from resume_review.infrastructure.redis.connection import FAULTS, connect_redis
from resume_review.infrastructure.redis.outage import Outage

__all__ = ["FAULTS", "Outage", "connect_redis"]
