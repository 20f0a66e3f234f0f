"""The analyzer without models, alone and behind another one."""

import asyncio

import structlog
from msgspec.structs import replace

from resume_review.ai_agents.interface import AIAnalyzer, AnalysisError, AnalysisRequest
from resume_review.rubric import Review, ReviewStatus, review
from resume_review.rubric.packs import own_pack

log = structlog.get_logger(__name__)

OWN_PACK = "the pack of the request"
"""What faults of such a pack are named after."""


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
            pack=None if request.own_pack is None else own_pack(request.own_pack, OWN_PACK),
        )


class DegradingAnalyzer:
    """Another analyzer, in whose place the rubric judges when it gives no answer."""

    def __init__(self, analyzer: AIAnalyzer, rubric: AIAnalyzer) -> None:
        self._analyzer = analyzer
        self._rubric = rubric

    @property
    def name(self) -> str:
        """See `AIAnalyzer.name`."""
        return self._analyzer.name

    async def analyze(self, request: AnalysisRequest) -> Review:
        """See `AIAnalyzer.analyze`; never raises for the other one's sake."""
        try:
            return await self._analyzer.analyze(request)
        except AnalysisError as error:
            log.warning("analyzer_gave_no_answer", analyzer=self._analyzer.name, fault=type(error).__name__)
            judged = await self._rubric.analyze(request)
            if judged.status is not ReviewStatus.COMPLETED:
                return judged
            return replace(judged, degraded=True, degraded_reason=f"{self._analyzer.name}: {error}")
