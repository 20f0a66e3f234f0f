"""Builds the analyzer that the settings ask for."""

import asyncio

from resume_review.ai_agents.interface import AIAnalyzer, AnalysisRequest
from resume_review.rubric import Review, review


class RubricAnalyzer:
    """The rubric alone: no key, no network, the same answer every time."""

    @property
    def name(self) -> str:
        """See `AIAnalyzer.name`."""
        return "rubric"

    async def analyze(self, request: AnalysisRequest) -> Review:
        """See `AIAnalyzer.analyze`; runs in a thread, as it computes for some milliseconds."""
        return await asyncio.to_thread(
            review,
            request.document,
            industry=request.industry,
            language=request.language,
            review_date=request.review_date,
            target_role=request.target_role,
            experience_level=request.experience_level,
            review_type=request.review_type,
        )


def create_analyzer() -> AIAnalyzer:
    """The analyzer for this process."""
    return RubricAnalyzer()
