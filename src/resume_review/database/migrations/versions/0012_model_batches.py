"""Questions of bulk reviews that go to a vendor together, at a lower price."""

from resume_review.database.migrations.statements import drop_tables, run_statements

revision = "0012"
down_revision: str | None = "0011"

UPGRADE = """
CREATE TABLE model_batches (
    id uuid NOT NULL,
    model varchar(200) NOT NULL,
    closes_at timestamptz NOT NULL,
    gives_up_at timestamptz NOT NULL,
    status varchar(32) NOT NULL,
    vendor_id varchar(200),
    upload_id varchar(200),
    questions integer NOT NULL,
    left_out varchar(64)[] NOT NULL,
    attempt_token uuid,
    submitted_at timestamptz,
    ended_at timestamptz,
    fault varchar(64),
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_model_batches PRIMARY KEY (id),
    CONSTRAINT ck_model_batches_modelbatchstatus
        CHECK (status IN ('gathering', 'submitting', 'running', 'stopping', 'ended')),
    CONSTRAINT ck_model_batches_questions_not_negative CHECK (questions >= 0),
    CONSTRAINT ck_model_batches_running_is_known CHECK (status <> 'running' OR vendor_id IS NOT NULL),
    CONSTRAINT ck_model_batches_ended_at_when_ended CHECK ((status = 'ended') = (ended_at IS NOT NULL))
);
CREATE INDEX ix_model_batches_model_created_at ON model_batches (model, created_at DESC);
CREATE INDEX ix_model_batches_closes_at_open ON model_batches (closes_at) WHERE status <> 'ended';

CREATE TABLE model_batch_items (
    id uuid NOT NULL,
    batch_id uuid NOT NULL,
    review_request_id uuid NOT NULL,
    agent varchar(64) NOT NULL,
    prompt_name varchar(100) NOT NULL,
    prompt_version varchar(32) NOT NULL,
    prompt_hash varchar(64) NOT NULL,
    variables jsonb NOT NULL,
    status varchar(32) NOT NULL,
    finish varchar(32),
    fault varchar(64),
    usage_id uuid,
    reserved_tokens bigint NOT NULL,
    reserved_usd numeric(14, 6) NOT NULL,
    CONSTRAINT pk_model_batch_items PRIMARY KEY (id),
    CONSTRAINT uq_model_batch_items_review_request_id_agent UNIQUE (review_request_id, agent),
    CONSTRAINT ck_model_batch_items_modelbatchitemstatus CHECK (status IN ('waiting', 'answered', 'failed')),
    CONSTRAINT ck_model_batch_items_failed_has_fault CHECK (status <> 'failed' OR fault IS NOT NULL),
    CONSTRAINT ck_model_batch_items_reserved_tokens_not_negative CHECK (reserved_tokens >= 0),
    CONSTRAINT ck_model_batch_items_reserved_usd_not_negative CHECK (reserved_usd >= 0),
    CONSTRAINT fk_model_batch_items_batch_id_model_batches
        FOREIGN KEY (batch_id) REFERENCES model_batches (id) ON DELETE CASCADE,
    CONSTRAINT fk_model_batch_items_review_request_id_review_requests
        FOREIGN KEY (review_request_id) REFERENCES review_requests (id) ON DELETE CASCADE,
    CONSTRAINT fk_model_batch_items_usage_id_prompt_usage_history
        FOREIGN KEY (usage_id) REFERENCES prompt_usage_history (id) ON DELETE SET NULL
);
CREATE INDEX ix_model_batch_items_batch_id_status ON model_batch_items (batch_id, status);
CREATE INDEX ix_model_batch_items_usage_id ON model_batch_items (usage_id);
"""


def upgrade() -> None:
    run_statements(UPGRADE)


def downgrade() -> None:
    drop_tables("model_batch_items", "model_batches")
