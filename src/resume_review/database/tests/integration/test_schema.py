"""Rules that the schema keeps, whatever the code above it does."""

import traceback

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from resume_review.core.clock import utc_now
from resume_review.database.base import Base
from resume_review.database.enums import (
    ActivityAction,
    EntityType,
    FeedbackDecision,
    ResumeStatus,
    ReviewRequestStatus,
)
from resume_review.database.models import (
    ActivityLog,
    Candidate,
    Resume,
    ResumeSection,
    ReviewFeedbackItem,
    ReviewRequest,
    ReviewResult,
    User,
    UserCandidateAssignment,
)
from resume_review.documents.model import SectionType
from resume_review.testing.factories import (
    TEXT,
    make_assignment,
    make_candidate,
    make_feedback_item,
    make_refresh_token,
    make_resume,
    make_review_request,
    make_review_result,
    make_user,
)

pytestmark = pytest.mark.integration


@pytest.fixture
async def user(session: AsyncSession) -> User:
    user = make_user()
    session.add(user)
    await session.flush()
    return user


@pytest.fixture
async def candidate(session: AsyncSession, user: User) -> Candidate:
    candidate = make_candidate(user)
    session.add_all([candidate, make_assignment(user, candidate)])
    await session.flush()
    return candidate


@pytest.fixture
async def resume(session: AsyncSession, user: User, candidate: Candidate) -> Resume:
    resume = make_resume(candidate, user)
    session.add(resume)
    await session.flush()
    return resume


@pytest.fixture
async def review_request(session: AsyncSession, user: User, resume: Resume) -> ReviewRequest:
    request = make_review_request(resume, user)
    session.add(request)
    await session.flush()
    return request


@pytest.fixture
async def result(session: AsyncSession, review_request: ReviewRequest) -> ReviewResult:
    result = make_review_result(review_request)
    session.add(result)
    await session.flush()
    return result


async def assert_refused(session: AsyncSession, constraint: str, *rows: Base) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        async with session.begin_nested():
            session.add_all(rows)


@pytest.mark.parametrize("column", ["overall_score", "ats_score", "content_score", "formatting_score"])
@pytest.mark.parametrize("score", [-1, 101])
async def test_score_out_of_range_is_refused(
    session: AsyncSession, review_request: ReviewRequest, column: str, score: int
) -> None:
    result = make_review_result(review_request)
    setattr(result, column, score)

    await assert_refused(session, f"{column}_range", result)


async def test_error_does_not_repeat_the_row(session: AsyncSession, user: User, candidate: Candidate) -> None:
    resume = make_resume(candidate, user, text="a very private line")
    resume.progress = 101

    with pytest.raises(IntegrityError) as caught:
        async with session.begin_nested():
            session.add(resume)

    assert "private" not in "".join(traceback.format_exception(caught.value))


async def test_scores_are_all_there_or_none(session: AsyncSession, review_request: ReviewRequest) -> None:
    result = make_review_result(review_request)
    result.ats_score = None

    await assert_refused(session, "scores_together", result)


async def test_second_result_of_a_request_is_refused(session: AsyncSession, result: ReviewResult) -> None:
    request = await session.get_one(ReviewRequest, result.review_request_id)

    await assert_refused(session, "uq_review_results_review_request_id", make_review_result(request))


@pytest.mark.parametrize("severity", [0, 6])
async def test_severity_out_of_range_is_refused(
    session: AsyncSession, result: ReviewResult, severity: int
) -> None:
    item = make_feedback_item(result)
    item.severity_level = severity

    await assert_refused(session, "severity_level_range", item)


async def test_span_without_its_words_is_refused(session: AsyncSession, result: ReviewResult) -> None:
    item = make_feedback_item(result)
    item.original_text = None

    await assert_refused(session, "span_has_quote", item)


async def test_decision_without_its_time_is_refused(session: AsyncSession, result: ReviewResult) -> None:
    item = make_feedback_item(result)
    item.decision = FeedbackDecision.ACCEPTED

    await assert_refused(session, "decided_at_when_decided", item)


async def test_completed_resume_without_text_is_refused(
    session: AsyncSession, user: User, candidate: Candidate
) -> None:
    resume = make_resume(candidate, user)
    resume.extracted_text = None

    await assert_refused(session, "completed_has_text", resume)


async def test_error_without_reason_is_refused(
    session: AsyncSession, user: User, candidate: Candidate
) -> None:
    resume = make_resume(candidate, user)
    resume.status = ResumeStatus.ERROR

    await assert_refused(session, "error_has_code", resume)


async def test_version_of_a_resume_is_given_once(session: AsyncSession, user: User, resume: Resume) -> None:
    candidate = await session.get_one(Candidate, resume.candidate_id)

    await assert_refused(session, "version_number", make_resume(candidate, user, version=1))


async def test_work_without_a_claim_is_refused(session: AsyncSession, user: User, resume: Resume) -> None:
    request = make_review_request(resume, user)
    request.status = ReviewRequestStatus.PROCESSING

    await assert_refused(session, "processing_is_claimed", request)


async def test_end_without_its_time_is_refused(session: AsyncSession, user: User, resume: Resume) -> None:
    request = make_review_request(resume, user)
    request.status = ReviewRequestStatus.CANCELLED

    await assert_refused(session, "completed_at_when_ended", request)


async def test_unknown_role_is_refused(session: AsyncSession, user: User) -> None:
    with pytest.raises(IntegrityError, match="ck_users_userrole"):
        async with session.begin_nested():
            await session.execute(sa.text("UPDATE users SET role = 'owner' WHERE id = :id"), {"id": user.id})


async def test_address_has_one_spelling(session: AsyncSession) -> None:
    await assert_refused(session, "email_lower", make_user(email="Robin@example.com"))


async def test_second_active_assignment_is_refused(
    session: AsyncSession, user: User, candidate: Candidate
) -> None:
    await assert_refused(session, "uq_user_candidate_assignments_active", make_assignment(user, candidate))


async def test_ended_assignment_stays_as_history(
    session: AsyncSession, user: User, candidate: Candidate
) -> None:
    ended = make_assignment(user, candidate)
    ended.is_active, ended.unassigned_at = False, utc_now()

    session.add(ended)
    await session.flush()

    assert await session.scalar(sa.select(sa.func.count()).select_from(UserCandidateAssignment)) == 2


async def test_deleting_a_candidate_erases_everything_about_them(
    session: AsyncSession, candidate: Candidate, resume: Resume, result: ReviewResult
) -> None:
    section = ResumeSection(
        resume_id=resume.id, section_type=SectionType.OTHER, content=TEXT, sequence_order=0
    )
    session.add_all([section, make_feedback_item(result)])
    await session.flush()

    await session.delete(candidate)
    await session.flush()

    left = [
        await session.scalar(sa.select(sa.func.count()).select_from(model))
        for model in (
            UserCandidateAssignment,
            Resume,
            ResumeSection,
            ReviewRequest,
            ReviewResult,
            ReviewFeedbackItem,
        )
    ]
    assert left == [0] * 6


async def test_user_who_did_work_cannot_be_deleted(
    session: AsyncSession, user: User, candidate: Candidate
) -> None:
    with pytest.raises(IntegrityError, match="fk_candidates_created_by_user_id_users"):
        async with session.begin_nested():
            await session.execute(sa.delete(User).where(User.id == user.id))

    assert candidate.created_by_user_id == user.id


async def test_sessions_go_with_their_user(session: AsyncSession, user: User) -> None:
    token = make_refresh_token(user)
    session.add(token)
    await session.flush()

    await session.delete(user)
    await session.flush()

    assert await session.get(type(token), token.id, populate_existing=True) is None


async def test_updated_at_follows_changes(session: AsyncSession, user: User) -> None:
    before = user.updated_at

    user.first_name = "Sam"
    await session.flush()

    assert user.updated_at > before


async def test_json_comes_back_as_it_was_stored(session: AsyncSession, resume: Resume) -> None:
    stored = {"text": '職務経歴書 \\ "quoted"', "pages": [{"box": [0.1, 2.0, 3.5, 4.25]}], "none": None}
    resume.document = stored
    await session.flush()
    session.expunge_all()

    loaded = await session.scalar(
        sa.select(Resume).where(Resume.id == resume.id).options(undefer(Resume.document))
    )

    assert loaded is not None
    assert loaded.document == stored


async def test_no_document_is_null_and_not_json_null(session: AsyncSession, resume: Resume) -> None:
    found = await session.scalar(sa.select(Resume.id).where(Resume.document.is_(None)))

    assert found == resume.id


async def test_large_json_is_loaded_only_when_asked_for(session: AsyncSession, resume: Resume) -> None:
    session.expunge_all()
    loaded = await session.get_one(Resume, resume.id)

    with pytest.raises(InvalidRequestError, match="raiseload"):
        _ = loaded.document


@pytest.mark.parametrize(
    "statement",
    ["UPDATE activity_logs SET action = 'view'", "DELETE FROM activity_logs", "TRUNCATE activity_logs"],
)
async def test_activity_log_is_append_only(session: AsyncSession, statement: str) -> None:
    session.add(ActivityLog(entity_type=EntityType.USER, action=ActivityAction.LOGIN))
    await session.flush()

    with pytest.raises(DBAPIError, match="rows of this table are written once"):
        async with session.begin_nested():
            await session.execute(sa.text(statement))

    assert await session.scalar(sa.select(ActivityLog.action)) == ActivityAction.LOGIN
