"""Requests to addresses that other people chose: public ones only, and to the very address that was checked."""

from resume_review.infrastructure.outbound.addresses import Network, Networks
from resume_review.infrastructure.outbound.errors import RefusedAddressError
from resume_review.infrastructure.outbound.target import Target, check_url
from resume_review.infrastructure.outbound.transport import GuardedTransport, Resolver, resolve

__all__ = [
    "GuardedTransport",
    "Network",
    "Networks",
    "RefusedAddressError",
    "Resolver",
    "Target",
    "check_url",
    "resolve",
]
