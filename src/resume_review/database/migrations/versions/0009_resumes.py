"""Reading that a job finishes, versions that share a file, and bulk uploads."""

from resume_review.database.migrations.statements import drop_tables, run_statements

revision = "0009"
down_revision: str | None = "0008"

UPGRADE = """
ALTER TABLE resumes
    ADD COLUMN attempt smallint NOT NULL DEFAULT 0,
    ADD COLUMN attempt_token uuid,
    ADD COLUMN warnings jsonb,
    DROP CONSTRAINT uq_resumes_stored_filename,
    ADD CONSTRAINT ck_resumes_attempt_not_negative CHECK (attempt >= 0) NOT VALID,
    ADD CONSTRAINT ck_resumes_resumestatus_0009 CHECK (status IN (
        'pending', 'processing', 'completed', 'error', 'cancelled')) NOT VALID;
ALTER TABLE resumes
    VALIDATE CONSTRAINT ck_resumes_attempt_not_negative,
    VALIDATE CONSTRAINT ck_resumes_resumestatus_0009;
ALTER TABLE resumes DROP CONSTRAINT ck_resumes_resumestatus;
ALTER TABLE resumes RENAME CONSTRAINT ck_resumes_resumestatus_0009 TO ck_resumes_resumestatus;
CREATE INDEX ix_resumes_stored_filename ON resumes (stored_filename);

CREATE TABLE upload_batches (
    id uuid NOT NULL,
    created_by_user_id uuid NOT NULL,
    auto boolean NOT NULL,
    review_industry varchar(50),
    review_language varchar(8),
    review_type varchar(32),
    created_at timestamptz NOT NULL,
    cancelled_at timestamptz,
    CONSTRAINT pk_upload_batches PRIMARY KEY (id),
    CONSTRAINT ck_upload_batches_review_whole CHECK ((review_industry IS NULL) = (review_type IS NULL)),
    CONSTRAINT fk_upload_batches_created_by_user_id_users
        FOREIGN KEY (created_by_user_id) REFERENCES users (id) ON DELETE RESTRICT,
    CONSTRAINT ck_upload_batches_reviewtype CHECK (review_type IN ('comprehensive', 'quick_scan', 'ats_check'))
);
CREATE INDEX ix_upload_batches_created_by_user_id_created_at ON upload_batches (created_by_user_id, created_at DESC);

CREATE TABLE upload_batch_items (
    id uuid NOT NULL,
    batch_id uuid NOT NULL,
    position integer NOT NULL,
    filename varchar(255) NOT NULL,
    file_hash varchar(64) NOT NULL,
    file_size bigint NOT NULL,
    file_key varchar(255),
    status varchar(32) NOT NULL,
    match varchar(32),
    candidate_id uuid,
    resume_id uuid,
    review_id uuid,
    error_code varchar(64),
    error_message text,
    attempt smallint NOT NULL,
    attempt_token uuid,
    contact jsonb,
    document jsonb,
    CONSTRAINT pk_upload_batch_items PRIMARY KEY (id),
    CONSTRAINT uq_upload_batch_items_batch_id_position UNIQUE (batch_id, position),
    CONSTRAINT ck_upload_batch_items_file_hash_sha256 CHECK (file_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT ck_upload_batch_items_error_has_code CHECK (status <> 'error' OR error_code IS NOT NULL),
    CONSTRAINT ck_upload_batch_items_file_size_not_negative CHECK (file_size >= 0),
    CONSTRAINT ck_upload_batch_items_attempt_not_negative CHECK (attempt >= 0),
    CONSTRAINT fk_upload_batch_items_batch_id_upload_batches
        FOREIGN KEY (batch_id) REFERENCES upload_batches (id) ON DELETE CASCADE,
    CONSTRAINT fk_upload_batch_items_candidate_id_candidates
        FOREIGN KEY (candidate_id) REFERENCES candidates (id) ON DELETE SET NULL,
    CONSTRAINT fk_upload_batch_items_resume_id_resumes
        FOREIGN KEY (resume_id) REFERENCES resumes (id) ON DELETE SET NULL,
    CONSTRAINT fk_upload_batch_items_review_id_review_requests
        FOREIGN KEY (review_id) REFERENCES review_requests (id) ON DELETE SET NULL,
    CONSTRAINT ck_upload_batch_items_batchitemstatus CHECK (status IN (
        'pending', 'processing', 'waiting', 'completed', 'skipped', 'error', 'cancelled')),
    CONSTRAINT ck_upload_batch_items_candidatematch CHECK (match IN ('email', 'name', 'ambiguous', 'none'))
);
CREATE INDEX ix_upload_batch_items_file_key ON upload_batch_items (file_key);
CREATE INDEX ix_upload_batch_items_candidate_id ON upload_batch_items (candidate_id);
CREATE INDEX ix_upload_batch_items_resume_id ON upload_batch_items (resume_id);
CREATE INDEX ix_upload_batch_items_review_id ON upload_batch_items (review_id);
"""

# The old rules know no called-off reading and no shared file: the first becomes an error, and of the second the first
# version keeps the file and the others point at none.
DOWNGRADE = """
DROP INDEX ix_resumes_stored_filename;
UPDATE resumes SET status = 'error', error_code = 'resumes.cancelled' WHERE status = 'cancelled';
UPDATE resumes SET stored_filename = stored_filename || '#' || id WHERE id IN (
    SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY stored_filename ORDER BY version_number) AS nth
                    FROM resumes) AS shared WHERE nth > 1);
ALTER TABLE resumes
    DROP COLUMN attempt,
    DROP COLUMN attempt_token,
    DROP COLUMN warnings,
    ADD CONSTRAINT uq_resumes_stored_filename UNIQUE (stored_filename),
    DROP CONSTRAINT ck_resumes_resumestatus,
    ADD CONSTRAINT ck_resumes_resumestatus CHECK (status IN ('pending', 'processing', 'completed', 'error'));
"""


def upgrade() -> None:
    run_statements(UPGRADE)


def downgrade() -> None:
    drop_tables("upload_batch_items", "upload_batches")
    run_statements(DOWNGRADE)
