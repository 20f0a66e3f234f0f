"""How a list of reviews is narrowed and ordered, and the statements that follow from it."""

import base64
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Exists, Select, True_, and_, select, tuple_
from sqlalchemy.sql.elements import UnaryExpression

from resume_review.core.folding import fold, word_grams
from resume_review.database.enums import FeedbackDecision, ReviewRequestStatus
from resume_review.database.models import (
    Candidate,
    ReviewFeedbackItem,
    ReviewRequest,
    ReviewResult,
    User,
)
from resume_review.features.candidates import readable_by
from resume_review.features.resume_analysis.errors import InvalidCursorError
from resume_review.rubric import ReviewType

UTC_DAY = timedelta(days=1)


class Sort(StrEnum):
    """What a list is ordered by; reviews without a score come after those with one."""

    DATE = "date"
    SCORE = "score"
    CANDIDATE = "candidate"


class Order(StrEnum):
    """Which end comes first."""

    DESCENDING = "desc"
    ASCENDING = "asc"


@dataclass(frozen=True, kw_only=True)
class ReviewFilter:
    """Which reviews are wanted; what is null does not matter. Days are UTC days, both ends included."""

    candidate_id: uuid.UUID | None = None
    resume_id: uuid.UUID | None = None
    industry: str | None = None
    status: ReviewRequestStatus | None = None
    review_type: ReviewType | None = None
    requested_by: uuid.UUID | None = None
    from_date: date | None = None
    to_date: date | None = None
    min_score: int | None = None
    max_score: int | None = None
    search: str | None = None
    undecided: bool = False

    @property
    def is_tallied(self) -> bool:
        """Whether the running totals know the number of these reviews."""
        return self == ReviewFilter(industry=self.industry, status=self.status, review_type=self.review_type)


@dataclass(frozen=True)
class Cursor:
    """The last row of a page ordered by date."""

    requested_at: datetime
    id: uuid.UUID

    def encode(self) -> str:
        """As clients hand it back."""
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """What `encode` gave.

        Raises:
            InvalidCursorError: Something else.
        """
        try:
            return msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=cls)
        except (ValueError, msgspec.DecodeError):
            raise InvalidCursorError from None


def sees_all(user: User) -> bool:
    """Whether no review is hidden from the user."""
    return isinstance(readable_by(user), True_)


def matching(user: User, wanted: ReviewFilter) -> Select[uuid.UUID]:
    """The ids of the reviews that are wanted and that the user may see, in no order.

    It joins candidates only where it must, so that the order can come from an index of the reviews.
    """
    statement = select(ReviewRequest.id).where(*_conditions(wanted))
    if sees_all(user):
        return statement
    return statement.join(Candidate, Candidate.id == ReviewRequest.candidate_id).where(readable_by(user))


def ordered(
    user: User, wanted: ReviewFilter, *, sort: Sort, order: Order, after: Cursor | None = None
) -> Select[uuid.UUID]:
    """The same in order; `after` continues a list by date."""
    statement = matching(user, wanted)
    if sort is Sort.CANDIDATE and sees_all(user):
        statement = statement.join(Candidate, Candidate.id == ReviewRequest.candidate_id)
    if after is not None:
        place = tuple_(ReviewRequest.requested_at, ReviewRequest.id)
        last = tuple_(after.requested_at, after.id)
        statement = statement.where(place < last if order is Order.DESCENDING else place > last)
    return statement.order_by(*ordering(sort, order))


def ordering(sort: Sort, order: Order) -> list[UnaryExpression[Any]]:
    """The columns of an order; ids break ties, so that no row is on two pages."""
    up = order is Order.ASCENDING
    by_date = [
        column.asc() if up else column.desc() for column in (ReviewRequest.requested_at, ReviewRequest.id)
    ]
    match sort:
        case Sort.DATE:
            return [*by_date]
        case Sort.SCORE:
            score = ReviewRequest.overall_score
            return [score.asc().nulls_first() if up else score.desc().nulls_last(), *by_date]
        case Sort.CANDIDATE:
            names = (Candidate.last_name, Candidate.first_name, Candidate.id)
            newest = (ReviewRequest.requested_at.desc(), ReviewRequest.id.desc())
            return [*(name.asc() if up else name.desc() for name in names), *newest]


def _conditions(wanted: ReviewFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    equal = (
        (ReviewRequest.candidate_id, wanted.candidate_id),
        (ReviewRequest.resume_id, wanted.resume_id),
        (ReviewRequest.target_industry, wanted.industry),
        (ReviewRequest.status, wanted.status),
        (ReviewRequest.review_type, wanted.review_type),
        (ReviewRequest.requested_by_user_id, wanted.requested_by),
    )
    found += [column == value for column, value in equal if value is not None]
    if wanted.from_date is not None:
        found.append(ReviewRequest.requested_at >= _midnight(wanted.from_date))
    if wanted.to_date is not None:
        found.append(ReviewRequest.requested_at < _midnight(wanted.to_date) + UTC_DAY)
    if wanted.min_score is not None:
        found.append(ReviewRequest.overall_score >= wanted.min_score)
    if wanted.max_score is not None:
        found.append(ReviewRequest.overall_score <= wanted.max_score)
    if wanted.search is not None:
        found.append(ReviewRequest.candidate_id.in_(_candidates_called(wanted.search)))
    if wanted.undecided:
        found.append(~_decided())
    return found


def _decided() -> Exists:
    """Whether somebody has decided about a finding of the review."""
    return (
        select(ReviewFeedbackItem.id)
        .join(ReviewResult, ReviewResult.id == ReviewFeedbackItem.review_result_id)
        .where(
            ReviewResult.review_request_id == ReviewRequest.id,
            ReviewFeedbackItem.decision != FeedbackDecision.OPEN,
        )
        .exists()
    )


def _candidates_called(search: str) -> Select[uuid.UUID]:
    """Candidates in whose searchable text all words occur."""
    words = fold(search).split()
    grams = sorted({gram for word in words for gram in word_grams(word)})
    return select(Candidate.id).where(
        and_(
            Candidate.search_grams.contains(grams),
            *(Candidate.search_text.contains(word, autoescape=True) for word in words),
        )
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
