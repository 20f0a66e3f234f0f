"""Which scanner the settings ask for."""

import structlog

from resume_review.core.addresses import SocketAddress
from resume_review.core.settings import Settings
from resume_review.infrastructure.scanning.clamd import ClamdScanner
from resume_review.infrastructure.scanning.scanner import NullScanner, Scanner

log = structlog.get_logger(__name__)


def open_scanner(settings: Settings) -> Scanner:
    """The configured clamd, which need not answer yet: until it does, uploads are refused. Else the null twin."""
    if settings.clamd is None:
        log.info("uploads_are_not_scanned", hint="set RESUME_REVIEW_CLAMD to the address of a clamd")
        return NullScanner()
    return ClamdScanner(SocketAddress.parse(settings.clamd))
