"""The whole schema of the first release."""

from pathlib import Path

from resume_review.database.migrations.statements import drop_tables, run_script, run_statements

revision = "0001"
down_revision: str | None = None

# Children first.
TABLES = (
    "idempotency_keys",
    "rate_limits",
    "activity_logs",
    "rollouts",
    "experiments",
    "prompt_usage_history",
    "prompt_labels",
    "prompt_versions",
    "prompts",
    "review_feedback_items",
    "review_results",
    "review_requests",
    "resume_sections",
    "resumes",
    "user_candidate_assignments",
    "candidates",
    "refresh_tokens",
    "users",
)


def upgrade() -> None:
    run_script(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    drop_tables(*TABLES)
    run_statements("DROP FUNCTION refuse_change()")
