"""Searching candidates, and what is left after an erasure."""

from pathlib import Path

from resume_review.database.migrations.statements import drop_tables, run_script, run_statements

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    run_script(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    drop_tables("file_deletions", "erasures")
    run_statements("""
        DROP INDEX ix_candidates_last_name_first_name_id;
        DROP INDEX ix_candidates_created_at_id;
        ALTER TABLE candidates DROP COLUMN search_grams, DROP COLUMN search_text;
    """)
