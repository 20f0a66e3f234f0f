"""What rows and log entries keep of a virus scan."""

from typing import Any

from resume_review.database.enums import ScanStatus
from resume_review.infrastructure.scanning import Verdict


def scan_status(verdict: Verdict) -> ScanStatus:
    """The column that follows from a verdict."""
    if verdict.signature is not None:
        return ScanStatus.INFECTED
    return ScanStatus.CLEAN if verdict.scanned else ScanStatus.NOT_SCANNED


def infection(sha256: str, signature: str) -> dict[str, Any]:
    """What the audit log says of a find."""
    return {"sha256": sha256, "status": ScanStatus.INFECTED.value, "signature": signature}
