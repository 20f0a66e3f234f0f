"""Whether the files of a bulk upload were scanned, and which resumes were not."""

from resume_review.database.migrations.statements import run_statements

revision = "0014"
down_revision: str | None = "0013"

UPGRADE = """
ALTER TABLE upload_batch_items
    ADD COLUMN scan_status varchar(32) NOT NULL DEFAULT 'not_scanned',
    ADD CONSTRAINT ck_upload_batch_items_scanstatus CHECK (scan_status IN (
        'not_scanned', 'clean', 'infected', 'failed')) NOT VALID;
ALTER TABLE upload_batch_items VALIDATE CONSTRAINT ck_upload_batch_items_scanstatus;
CREATE INDEX ix_resumes_not_scanned ON resumes (id) WHERE scan_status = 'not_scanned';
"""

DOWNGRADE = """
DROP INDEX ix_resumes_not_scanned;
ALTER TABLE upload_batch_items DROP COLUMN scan_status;
"""


def upgrade() -> None:
    run_statements(UPGRADE)


def downgrade() -> None:
    run_statements(DOWNGRADE)
