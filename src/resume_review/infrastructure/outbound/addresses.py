"""Which addresses belong to the public internet.

Listed here rather than asked of `ipaddress`, whose opinion changes between releases of Python.
Source: IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and successors).
"""

import ipaddress
from collections.abc import Sequence

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NOT_PUBLIC_4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",  # carrier-grade NAT, also Alibaba's metadata service
            "127.0.0.0/8",
            "168.63.129.16/32",  # Azure's host service, in public space
            "169.254.0.0/16",  # link-local, the metadata services
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
# Everything outside this one is loopback, mapped, NAT64, link-local, unique local, multicast or not assigned.
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # Teredo, ORCHID, benchmarks
            "2001:db8::/32",
            "2002::/16",  # 6to4: an IPv4 address inside
            "3fff::/20",
        ),
    )
)


class Networks:
    """The public internet, and the private networks that the operator listed."""

    def __init__(self, allowed: Sequence[Network] = ()) -> None:
        self._allowed = tuple(allowed)

    def __bool__(self) -> bool:
        """Whether any private network is allowed."""
        return bool(self._allowed)

    def lists(self, address: str) -> bool:
        """Whether the operator listed a network of this address."""
        parsed = _parse(address)
        return parsed is not None and any(parsed in network for network in self._allowed)

    def allows(self, address: str) -> bool:
        """Whether the address may be called at all."""
        parsed = _parse(address)
        return parsed is not None and (_is_public(parsed) or self.lists(address))


def _parse(address: str) -> Address | None:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped
    return parsed


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    if address.scope_id is not None:
        return False
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)
