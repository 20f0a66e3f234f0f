"""The port through which the platform has a resume judged."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from resume_review.documents import Document
from resume_review.rubric import Review


@dataclass(frozen=True, kw_only=True)
class AnalysisRequest:
    """One resume and what it is to be judged for.

    Attributes:
        document: What was read from the file; visible text only.
        industry: One of the rubric's industry codes.
        language: Language of the findings, `en` or `ja`.
        review_date: The day against which `Present` and gaps are counted; part of the receipt.
    """

    document: Document
    industry: str
    language: str
    review_date: date
    target_role: str | None = None
    experience_level: str | None = None


class AnalysisError(Exception):
    """An analysis that gave no answer; the subclass says what may be done about it."""


class RetryableAnalysisError(AnalysisError):
    """The same call may succeed later."""


class LimitAnalysisError(AnalysisError):
    """A budget or a rate limit is used up."""


class MalformedAnswerError(AnalysisError):
    """The answer does not have the agreed shape, even after a repair turn."""


class RefusedAnalysisError(AnalysisError):
    """The engine declines to judge this resume."""


class UnavailableAnalysisError(AnalysisError):
    """The engine cannot be reached at all."""


class AIAnalyzer(Protocol):
    """Judges one resume."""

    @property
    def name(self) -> str:
        """The engine's name as receipts and health checks show it."""
        ...

    async def analyze(self, request: AnalysisRequest) -> Review:
        """Judge the resume.

        Returns:
            A review; where no score can be given its status says why.

        Raises:
            AnalysisError: No answer; one of the subclasses.
        """
        ...
