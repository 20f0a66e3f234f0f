"""Who is calling, as far as the connection tells."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from resume_review.infrastructure.rate_limit import address_key

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

MAX_DEVICE_LENGTH = 200


@dataclass(frozen=True)
class ClientInfo:
    """Address of the caller, its user agent (cut) and the id of the request."""

    address: str
    device: str
    request_id: str

    @property
    def network(self) -> str:
        """Whom limits count: an IPv6 customer has a whole network of addresses."""
        return address_key(self.address)


async def client_info(request: Request) -> ClientInfo:
    """What the middleware found out about the caller."""
    device = request.headers.get("user-agent", "")[:MAX_DEVICE_LENGTH]
    return ClientInfo(
        address=request.state.client_address, device=device, request_id=request.state.request_id
    )


Client = Annotated[ClientInfo, Depends(client_info)]


def client_address(peer: str, forwarded: str | None, *, trusted: Sequence[Network]) -> str:
    """The address nearest to us that is not a trusted proxy.

    `forwarded` (X-Forwarded-For) is read from the right, and only while the sender of each entry is
    trusted: everything further left was written by somebody else.
    """
    address = peer
    for hop in reversed([part.strip() for part in (forwarded or "").split(",") if part.strip()]):
        if not is_trusted(address, trusted) or _parse(hop) is None:
            break
        address = hop
    return address


def is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    """Whether an address is in one of the networks."""
    parsed = _parse(address)
    return parsed is not None and any(parsed in network for network in trusted)


def _parse(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None
