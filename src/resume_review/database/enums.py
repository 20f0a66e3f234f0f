"""The closed sets of values that columns hold; stored as text, guarded by CHECK constraints."""

from enum import StrEnum


class UserRole(StrEnum):
    """What a user may see and do; the access rules are in the features."""

    JUNIOR_RECRUITER = "junior_recruiter"
    SENIOR_RECRUITER = "senior_recruiter"
    ADMIN = "admin"


class SessionStatus(StrEnum):
    """State of a refresh token; a rotated one stays active until its grace period is over."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


class ApiKeyScope(StrEnum):
    """What an API key may be used for, within what its user may do; `admin` covers accounts, keys and sessions."""

    REVIEWS_READ = "reviews:read"
    REVIEWS_WRITE = "reviews:write"
    CANDIDATES_READ = "candidates:read"
    CANDIDATES_WRITE = "candidates:write"
    RESUMES_READ = "resumes:read"
    RESUMES_WRITE = "resumes:write"
    ADMIN = "admin"


class CandidateStatus(StrEnum):
    """Where a candidate stands with the agency."""

    ACTIVE = "active"
    PLACED = "placed"
    ARCHIVED = "archived"


class AssignmentType(StrEnum):
    """How a user is tied to a candidate."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    VIEWER = "viewer"


class ResumeStatus(StrEnum):
    """How far the reading of an uploaded file has come."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    ERROR = "error"
    CANCELLED = "cancelled"


class BatchItemStatus(StrEnum):
    """How far a file of a bulk upload has come; `waiting` is read and needs a person to say whose it is."""

    PENDING = "pending"
    PROCESSING = "processing"
    WAITING = "waiting"
    COMPLETED = "completed"
    SKIPPED = "skipped"
    ERROR = "error"
    CANCELLED = "cancelled"


class CandidateMatch(StrEnum):
    """Why a file is thought to be a candidate's; only the e-mail address is certain."""

    EMAIL = "email"
    NAME = "name"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


class ScanStatus(StrEnum):
    """What the virus scanner said; without a scanner a file is `not_scanned`, never `clean`."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"


class ReviewRequestStatus(StrEnum):
    """State of a requested review; `failed` is served as `error` by the API."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ExperienceLevel(StrEnum):
    """The level a consultant aims the resume at; not the tier that the resume shows."""

    ENTRY = "entry"
    MID = "mid"
    SENIOR = "senior"
    EXECUTIVE = "executive"


class FeedbackDecision(StrEnum):
    """What the consultant decided about a finding; only accepted and edited ones reach the candidate."""

    OPEN = "open"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


class PromptType(StrEnum):
    """What a prompt is for."""

    SYSTEM = "system"
    ANALYSIS = "analysis"
    EXTRACTION = "extraction"


class AgentType(StrEnum):
    """Which agent a prompt speaks to."""

    BASE = "base_agent"
    STRUCTURE = "structure_agent"
    APPEAL = "appeal_agent"


class UsagePurpose(StrEnum):
    """What a call of a model was made for."""

    REVIEW = "review"
    SHADOW = "shadow"
    TRIAL = "trial"


class ExperimentStatus(StrEnum):
    """Life of an experiment; a stopped one is never started again."""

    DRAFT = "draft"
    RUNNING = "running"
    STOPPED = "stopped"


class ExperimentUnit(StrEnum):
    """What is assigned to an arm, and therefore sees one arm only."""

    USER = "user"
    CANDIDATE = "candidate"
    RESUME = "resume"


class RolloutStatus(StrEnum):
    """Whether a rollout counts; a rolled back one needs a person to switch it on again."""

    ACTIVE = "active"
    PAUSED = "paused"
    ROLLED_BACK = "rolled_back"


class RolloutMode(StrEnum):
    """Whether people see what a rollout changes, or it is only tried beside what they see."""

    LIVE = "live"
    SHADOW = "shadow"


class EntityType(StrEnum):
    """What an entry of the activity log is about."""

    USER = "user"
    SESSION = "session"
    CANDIDATE = "candidate"
    RESUME = "resume"
    REVIEW = "review"
    FINDING = "finding"
    PROMPT = "prompt"
    EXPERIMENT = "experiment"
    ROLLOUT = "rollout"
    INVITATION = "invitation"
    API_KEY = "api_key"
    WEBHOOK = "webhook"
    JOB = "job"
    AUDIT = "audit"


class ActivityAction(StrEnum):
    """What was done."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    VIEW = "view"
    DOWNLOAD = "download"
    EXPORT = "export"
    ASSIGN = "assign"
    UNASSIGN = "unassign"
    REJECT_UPLOAD = "reject_upload"
    CANCEL = "cancel"
    RETRY = "retry"
    DECIDE = "decide"
    LOGIN = "login"
    LOGIN_FAILED = "login_failed"
    LOGOUT = "logout"
    LOCK = "lock"
    CHANGE_PASSWORD = "change_password"  # noqa: S105 - the name of an action
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of an action
    TOKEN_REUSE = "token_reuse"  # noqa: S105 - the name of an action
    REVOKE_SESSION = "revoke_session"
    ROLL_BACK = "roll_back"
    UNLOCK = "unlock"
    ACCEPT = "accept"
    ARCHIVE = "archive"
    RESTORE = "restore"
    ERASE = "erase"
    PUBLISH = "publish"
    START = "start"
    STOP = "stop"


class WebhookEvent(StrEnum):
    """What an endpoint is told about; `ping` is sent by hand only."""

    REVIEW_COMPLETED = "review.completed"
    REVIEW_FAILED = "review.failed"
    PING = "ping"


class DeliveryStatus(StrEnum):
    """How the sending of one message stands; a failed one was tried for the last time."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class ModelBatchStatus(StrEnum):
    """How a batch of questions stands; `submitting` may be at the vendor or not, `stopping` is not waited for any more."""

    GATHERING = "gathering"
    SUBMITTING = "submitting"
    RUNNING = "running"
    STOPPING = "stopping"
    ENDED = "ended"


class ModelBatchItemStatus(StrEnum):
    """How one question of a batch stands; a failed one is asked alone."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"
