"""Invitations and API keys."""

from pathlib import Path

from resume_review.database.migrations.statements import drop_tables, run_script

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    run_script(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    drop_tables("api_keys", "invitations")
