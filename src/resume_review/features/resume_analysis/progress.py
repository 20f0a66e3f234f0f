"""The steps of a review, in numbers and in words, and how they are told to those who watch."""

import uuid
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.settings import FeedbackLanguage
from resume_review.database.enums import ReviewRequestStatus
from resume_review.features.webhooks import announce_review_end
from resume_review.infrastructure.events import publish


class Step(StrEnum):
    """Where a review stands; kept with it while it runs."""

    QUEUED = "queued"
    READ = "read"
    JUDGE = "judge"
    PREPARE = "prepare"
    BATCH = "batch"
    STRUCTURE = "structure"
    APPEAL = "appeal"
    SUMMARY = "summary"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


PERCENT = {
    Step.QUEUED: 0,
    Step.READ: 10,
    Step.JUDGE: 40,
    Step.PREPARE: 45,
    Step.BATCH: 47,
    Step.STRUCTURE: 50,
    Step.APPEAL: 60,
    Step.SUMMARY: 85,
    Step.DONE: 100,
    Step.FAILED: 100,
    Step.CANCELLED: 100,
}

_ENDS = {
    ReviewRequestStatus.COMPLETED: Step.DONE,
    ReviewRequestStatus.FAILED: Step.FAILED,
    ReviewRequestStatus.CANCELLED: Step.CANCELLED,
}

_WORDS = {
    FeedbackLanguage.ENGLISH: {
        Step.QUEUED: "Waiting for a free worker",
        Step.READ: "Reading the resume",
        Step.JUDGE: "Judging the resume",
        Step.PREPARE: "Preparing what the models are asked",
        Step.BATCH: "Waiting for the vendor's batch",
        Step.STRUCTURE: "A model looks at the structure",
        Step.APPEAL: "A model looks at the appeal to the industry",
        Step.SUMMARY: "Writing the summary",
        Step.DONE: "The review is finished",
        Step.FAILED: "The review failed",
        Step.CANCELLED: "The review was cancelled",
    },
    FeedbackLanguage.JAPANESE: {
        Step.QUEUED: "順番を待っています",
        Step.READ: "履歴書を読み込んでいます",
        Step.JUDGE: "履歴書を審査しています",
        Step.PREPARE: "AIへの質問を準備しています",
        Step.BATCH: "AIの一括処理の結果を待っています",
        Step.STRUCTURE: "AIが構成を確認しています",
        Step.APPEAL: "AIが業界への訴求を確認しています",
        Step.SUMMARY: "要約を作成しています",
        Step.DONE: "審査が完了しました",
        Step.FAILED: "審査に失敗しました",
        Step.CANCELLED: "審査は取り消されました",
    },
}


def end_step(status: ReviewRequestStatus) -> Step:
    """The step of a review that has ended with this status."""
    return _ENDS[status]


def current_step(status: ReviewRequestStatus, kept: str | None) -> Step:
    """The step to show; a step of a newer release counts as judging."""
    if status in _ENDS:
        return _ENDS[status]
    if status is ReviewRequestStatus.PENDING:
        return Step.QUEUED
    return Step(kept) if kept in set(Step) else Step.JUDGE


def say(step: Step, language: FeedbackLanguage) -> str:
    """The step as a short sentence for people."""
    return _WORDS[language][step]


def topic(review_id: uuid.UUID) -> str:
    """Where the changes of one review are told."""
    return f"review:{review_id}"


async def announce(session: AsyncSession, review_id: uuid.UUID) -> None:
    """Tell those who watch the review to look, when this transaction commits."""
    await publish(session, topic(review_id), {})


async def announce_end(session: AsyncSession, review_id: uuid.UUID) -> None:
    """Tell those who watch the review, and the webhooks, that it has been completed or has failed."""
    await announce(session, review_id)
    await announce_review_end(session, review_id)
