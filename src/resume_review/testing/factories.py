"""Rows with believable values; a test names only what it is about. Nothing here adds them to a session."""

import hashlib
from datetime import timedelta

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.enums import ResumeStatus, UserRole
from resume_review.database.models import (
    Candidate,
    RefreshToken,
    Resume,
    ReviewFeedbackItem,
    ReviewRequest,
    ReviewResult,
    User,
    UserCandidateAssignment,
)
from resume_review.rubric.model import Category, Engine, FindingType

TEXT = "Jane Doe\njane@example.com\nConsultant, Example Ltd, 2020 to 2024"


def make_user(
    *,
    role: UserRole = UserRole.JUNIOR_RECRUITER,
    email: str | None = None,
    password_hash: str = "$argon2id$unusable",  # noqa: S107 - a hash that no password fits
    is_active: bool = True,
) -> User:
    """A recruiter with an address of their own and no usable password."""
    identity = new_id()
    return User(
        id=identity,
        email=email or f"{identity.hex}@example.com",
        password_hash=password_hash,
        first_name="Robin",
        last_name="Recruiter",
        role=role,
        is_active=is_active,
    )


def make_refresh_token(user: User, *, token: str | None = None) -> RefreshToken:
    """The first token of a new session, good for a week."""
    return RefreshToken(
        user_id=user.id,
        token_hash=hashlib.sha256((token or new_id().hex).encode()).hexdigest(),
        family_id=new_id(),
        session_id=new_id(),
        expires_at=utc_now() + timedelta(days=7),
    )


def make_candidate(created_by: User, *, first_name: str = "Jane", last_name: str = "Doe") -> Candidate:
    """An active candidate without contact details; nobody is assigned yet."""
    return Candidate(first_name=first_name, last_name=last_name, created_by_user_id=created_by.id)


def make_assignment(user: User, candidate: Candidate) -> UserCandidateAssignment:
    """An active primary assignment."""
    return UserCandidateAssignment(
        user_id=user.id, candidate_id=candidate.id, assigned_by_user_id=candidate.created_by_user_id
    )


def make_resume(candidate: Candidate, uploaded_by: User, *, version: int = 1, text: str = TEXT) -> Resume:
    """A resume that was read completely."""
    return Resume(
        candidate_id=candidate.id,
        uploaded_by_user_id=uploaded_by.id,
        original_filename="resume.txt",
        stored_filename=f"resumes/{new_id()}",
        file_hash=hashlib.sha256(text.encode()).hexdigest(),
        file_size=len(text.encode()),
        mime_type="text/plain",
        version_number=version,
        status=ResumeStatus.COMPLETED,
        progress=100,
        extracted_text=text,
        word_count=len(text.split()),
        page_count=1,
        processed_at=utc_now(),
    )


def make_review_request(
    resume: Resume, requested_by: User, *, industry: str = "tech_consulting"
) -> ReviewRequest:
    """A review that waits for a worker."""
    return ReviewRequest(resume_id=resume.id, requested_by_user_id=requested_by.id, target_industry=industry)


def make_review_result(request: ReviewRequest, *, score: int = 70) -> ReviewResult:
    """An answer with the same score everywhere; the status of the request is not changed."""
    return ReviewResult(
        review_request_id=request.id,
        engine=Engine.RUBRIC,
        overall_score=score,
        ats_score=score,
        content_score=score,
        formatting_score=score,
        confidence=1.0,
    )


def make_feedback_item(result: ReviewResult, *, order: int = 0) -> ReviewFeedbackItem:
    """An undecided finding about the first words of `TEXT`."""
    return ReviewFeedbackItem(
        review_result_id=result.id,
        finding_id=f"finding-{order}",
        check_id="CON01",
        feedback_type=FindingType.WEAKNESS,
        category=Category.CONTENT,
        severity_level=3,
        sequence_order=order,
        title="Starts with a duty",
        feedback_text="Say what was achieved.",
        original_text=TEXT[:8],
        span_start=0,
        span_end=8,
        page=1,
    )
