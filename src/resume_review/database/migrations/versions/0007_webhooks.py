"""Addresses that are told when a review ends; what is kept beside the queue."""

from pathlib import Path

from resume_review.database.migrations.statements import drop_tables, run_script, run_statements

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    run_script(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    run_statements("DROP INDEX ix_procrastinate_jobs_subject")
    run_statements("DROP INDEX ix_procrastinate_jobs_owner")
    drop_tables(
        "webhook_deliveries", "webhook_endpoints", "job_failures", "maintenance_runs", "cache_entries"
    )
