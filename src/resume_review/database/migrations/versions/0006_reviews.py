"""Reuse of results, running totals and progress of reviews."""

from pathlib import Path

from resume_review.database.migrations.statements import drop_tables, run_script, run_statements

revision = "0006"
down_revision: str | None = "0005"

# Results with an ATS score alone cannot be told apart from damaged ones by the old rule, so it is not checked for them.
DOWNGRADE = """
DROP TRIGGER tally_delete ON review_requests;
DROP TRIGGER tally_update ON review_requests;
DROP TRIGGER tally_insert ON review_requests;
DROP FUNCTION tally_reviews();
DROP TRIGGER show_on_request ON review_results;
DROP FUNCTION show_result_on_request();
DROP TRIGGER move_reviews ON resumes;
DROP FUNCTION move_reviews_of_resume();
DROP TRIGGER set_candidate ON review_requests;
DROP FUNCTION set_candidate_of_review();
ALTER TABLE review_feedback_items DROP COLUMN decision_version;
ALTER TABLE review_results
    DROP CONSTRAINT ck_review_results_scores_together,
    DROP COLUMN document_fingerprint,
    DROP COLUMN reuse_key,
    ADD CONSTRAINT ck_review_results_scores_together
        CHECK (num_nulls(overall_score, ats_score, content_score, formatting_score) IN (0, 4)) NOT VALID;
DROP INDEX ix_review_requests_requested_at_id;
DROP INDEX ix_review_requests_requested_by_user_id_requested_at_id;
DROP INDEX ix_review_requests_status_requested_at_id;
DROP INDEX ix_review_requests_candidate_id_requested_at_id;
DROP INDEX ix_review_requests_target_industry_requested_at_id;
DROP INDEX ix_review_requests_review_type_requested_at_id;
DROP INDEX ix_review_requests_overall_score_requested_at_id;
ALTER TABLE review_requests
    DROP COLUMN reused_from_id, DROP COLUMN market_tier, DROP COLUMN overall_score, DROP COLUMN candidate_id;
CREATE INDEX ix_review_requests_requested_at ON review_requests (requested_at DESC);
CREATE INDEX ix_review_requests_requested_by_user_id_requested_at
    ON review_requests (requested_by_user_id, requested_at DESC);
CREATE INDEX ix_review_requests_status_requested_at ON review_requests (status, requested_at DESC);
"""


def upgrade() -> None:
    run_script(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    run_statements(DOWNGRADE)
    drop_tables("review_tally_changes", "review_tallies")
