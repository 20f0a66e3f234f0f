"""Reviews whose questions are, or were, with a vendor's batch, as conditions of a statement about reviews."""

from sqlalchemy import ColumnElement, exists

from resume_review.database.enums import ModelBatchItemStatus
from resume_review.database.models import ModelBatchItem, ReviewRequest


def batched() -> ColumnElement[bool]:
    """Whether a batch has, or had, questions about the review: it may have taken hours that others do not take."""
    return exists().where(ModelBatchItem.review_request_id == ReviewRequest.id)


def paused() -> ColumnElement[bool]:
    """Whether it waits for a batch, which starts it again."""
    return exists().where(
        ModelBatchItem.review_request_id == ReviewRequest.id,
        ModelBatchItem.status == ModelBatchItemStatus.WAITING,
    )
