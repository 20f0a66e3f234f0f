"""What every request carries: an id, the caller's address, a path without a trailing slash."""

from resume_review.infrastructure.http.client import Client, ClientInfo
from resume_review.infrastructure.http.middleware import RequestContextMiddleware
from resume_review.infrastructure.http.observed import ObservedRequestsMiddleware

__all__ = ["Client", "ClientInfo", "ObservedRequestsMiddleware", "RequestContextMiddleware"]
