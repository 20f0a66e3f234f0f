"""Looking for viruses in uploaded files, by a clamd where one is configured."""

from resume_review.infrastructure.scanning.clamd import ClamdScanner
from resume_review.infrastructure.scanning.opening import open_scanner
from resume_review.infrastructure.scanning.scanner import NullScanner, Scanner, ScannerError, Verdict

__all__ = ["ClamdScanner", "NullScanner", "Scanner", "ScannerError", "Verdict", "open_scanner"]
