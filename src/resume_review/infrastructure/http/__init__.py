"""What every request carries: an id, the caller's address, a path without a trailing slash."""

from resume_review.infrastructure.http.client import Client, ClientInfo
from resume_review.infrastructure.http.middleware import RequestContextMiddleware

__all__ = ["Client", "ClientInfo", "RequestContextMiddleware"]
