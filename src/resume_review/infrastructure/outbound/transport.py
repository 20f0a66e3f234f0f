"""Connections to the address that was checked, and to no other."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence

import httpx2

from resume_review.infrastructure.outbound.addresses import Networks
from resume_review.infrastructure.outbound.errors import RefusedAddressError
from resume_review.infrastructure.outbound.target import check_url

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""All addresses of a host name, as the system would use them for this port."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system.

    Raises:
        OSError: There is no such host, or nobody to ask.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class GuardedTransport(httpx2.AsyncBaseTransport):
    """Looks the host up once, checks every address it has and connects to one of these very addresses.

    Nothing is looked up between the check and the connection, so an answer of the name server that changes
    (rebinding) changes nothing. TLS and the `Host` header keep the name. Proxies of the environment are not used.
    Each request, so each hop of a redirect too, is checked anew.
    """

    def __init__(self, networks: Networks, *, resolver: Resolver = resolve) -> None:
        self._networks = networks
        self._resolver = resolver
        self._inner = httpx2.AsyncHTTPTransport(
            trust_env=False, retries=0, limits=httpx2.Limits(max_keepalive_connections=0)
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request.

        Raises:
            RefusedAddressError: An address of the host is not one that may be called.
            httpx2.ConnectError: The host has no address.
        """
        target = check_url(str(request.url), self._networks)
        address = await self._checked_address(request, target.host, target.port, usual=target.is_usual)
        pinned = httpx2.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": target.host},
        )
        return await self._inner.handle_async_request(pinned)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _checked_address(self, request: httpx2.Request, host: str, port: int, *, usual: bool) -> str:
        try:
            addresses = await self._resolver(host, port)
        except OSError as error:
            raise httpx2.ConnectError("The host name has no address.", request=request) from error
        if not addresses:
            raise httpx2.ConnectError("The host name has no address.", request=request)
        for address in addresses:
            if not self._networks.allows(address) or not (usual or self._networks.lists(address)):
                raise RefusedAddressError
        return addresses[0]
