"""What every scanner promises, and the twin that stands in where there is none."""

from dataclasses import dataclass
from typing import Protocol

from resume_review.core.errors import UnavailableError


class ScannerError(UnavailableError):
    """No verdict, for whatever reason: what was not found clean is refused."""

    code = "scanner.unavailable"
    message = "The virus scanner does not answer, so the file was refused and nothing was stored. Try again shortly."


@dataclass(frozen=True)
class Verdict:
    """Whether a file was looked at, and the name of what was found in it; null when nothing was."""

    scanned: bool
    signature: str | None = None


class Scanner(Protocol):
    """Looks into files before anything else does."""

    @property
    def configured(self) -> bool:
        """Whether files are looked at."""
        ...

    async def scan(self, data: bytes) -> Verdict:
        """What is known of the bytes.

        Raises:
            ScannerError: There is no verdict, so the file may not be taken.
        """
        ...

    async def ping(self) -> None:
        """Find out whether files can be scanned now.

        Raises:
            ScannerError: They cannot; the message says why.
        """
        ...


class NullScanner:
    """Looks at nothing and says so."""

    configured = False

    async def scan(self, data: bytes) -> Verdict:  # noqa: ARG002 - it looks at nothing
        """See `Scanner.scan`."""
        return Verdict(scanned=False)

    async def ping(self) -> None:
        """See `Scanner.ping`."""
