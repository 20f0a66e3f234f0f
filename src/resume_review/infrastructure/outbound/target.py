"""What an address must look like before anything is looked up."""

from dataclasses import dataclass

import httpx2

from resume_review.infrastructure.outbound.addresses import Networks
from resume_review.infrastructure.outbound.errors import RefusedAddressError

PUBLIC_PORTS = (443, 8443)


@dataclass(frozen=True)
class Target:
    """The parts of an address that decide where a request goes."""

    scheme: str
    host: str
    port: int

    @property
    def is_usual(self) -> bool:
        """Whether a public address may be called like this; listed private ones may in any way."""
        return self.scheme == "https" and self.port in PUBLIC_PORTS


def check_url(url: str, networks: Networks) -> Target:
    """The parts of an address that could be called, as far as it can be told without looking it up.

    Raises:
        RefusedAddressError: It never will be, with what is wrong with it.
    """
    try:
        # The parser of the client that will connect: another one might read another host.
        parts = httpx2.URL(url)
    except httpx2.InvalidURL:
        raise RefusedAddressError("This is no address. It must look like https://example.com/hook") from None
    if parts.scheme not in {"https", "http"} or not parts.host:
        raise RefusedAddressError("The address must begin with https:// and name a host.")
    if parts.userinfo:
        raise RefusedAddressError(
            "The address must not hold a user name or password; messages are signed instead."
        )
    if parts.fragment:
        raise RefusedAddressError("The address must not hold a fragment (#).")
    target = Target(parts.scheme, parts.host, parts.port or (443 if parts.scheme == "https" else 80))
    # A host name may still lead to a listed network, so only the connection can refuse it then.
    if not target.is_usual and not networks:
        raise RefusedAddressError
    return target
