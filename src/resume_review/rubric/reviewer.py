"""The one entry point: a `Document` in, a `Review` out. Pure: the same document and date give the same answer."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from resume_review.documents import Document
from resume_review.rubric.model import Review, ReviewType

if TYPE_CHECKING:
    from resume_review.rubric.packs import Pack


def review(
    document: Document,
    *,
    industry: str,
    review_date: date,
    language: str = "en",
    target_role: str | None = None,
    experience_level: str | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    severities: Mapping[str, int] | None = None,
    pack: "Pack | None" = None,
    job_text: str | None = None,
    review_type: ReviewType = ReviewType.COMPREHENSIVE,
) -> Review:
    """Judge a resume by the rubric alone.

    Args:
        document: What was read from the file, with any status.
        industry: An industry code; codes of earlier releases are mapped.
        review_date: The day against which `Present` is counted; kept in the receipt.
        language: Language of the findings, `en` or `ja`; the resume may be in any.
        target_role: The title the candidate aims at.
        experience_level: `entry`, `junior`, `mid`, `senior` or `executive`.
        select: Ids or prefixes of the checks to run; all when empty.
        ignore: Ids or prefixes of checks to leave out; a mapping gives the reason of each, for the receipt.
        severities: Other severities (1, 2, 3 or 5) for checks, by id.
        pack: A consultant's own pack in place of the industry's.
        job_text: A job advert: which of its terms the resume shows is told in `job` and moves no score.
        review_type: How much of the review is shown; every type judges the whole resume, so shared scores agree.

    Raises:
        UnknownIndustryError, UnknownFeedbackLanguageError, UnknownCheckError: A code that does not exist.
    """
    # The checks and their patterns are loaded here: importing this package stays cheap for those who only need its types.
    from resume_review.rubric.reviewing import review_document  # noqa: PLC0415

    return review_document(
        document,
        industry=industry,
        review_date=review_date,
        language=language,
        target_role=target_role,
        experience_level=experience_level,
        select=select,
        ignore=ignore,
        severities=severities or {},
        own_pack=pack,
        job_text=job_text,
        review_type=review_type,
    )
