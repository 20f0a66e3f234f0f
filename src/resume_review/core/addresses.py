"""Where a local service listens: a host and a port, or a path."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit


@dataclass(frozen=True)
class SocketAddress:
    """Either `path`, or `host` and `port`."""

    path: str | None = None
    host: str | None = None
    port: int | None = None

    @classmethod
    def parse(cls, value: str) -> Self:
        """Read `/path/of/socket`, `host:port` or `[IPv6]:port`.

        Raises:
            ValueError: It is none of them.
        """
        if value.startswith("/"):
            return cls(path=value)
        fault = "must be the path of a socket, which begins with /, or host:port"
        try:
            parts = urlsplit(f"//{value}")
            host, port = parts.hostname, parts.port
        except ValueError:
            raise ValueError(fault) from None
        if not host or not port or parts.netloc != value or parts.username is not None:
            raise ValueError(fault)
        return cls(host=host, port=port)

    def __str__(self) -> str:
        return self.path or f"{self.host}:{self.port}"
