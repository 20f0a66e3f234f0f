CREATE TABLE webhook_endpoints (
    id uuid NOT NULL,
    url varchar(2000) NOT NULL,
    events varchar(32)[] NOT NULL,
    secret varchar(100) NOT NULL,
    description varchar(200) NOT NULL,
    previous_secret varchar(100),
    previous_secret_until timestamptz,
    is_active boolean NOT NULL,
    created_by_user_id uuid,
    failures_in_a_row integer NOT NULL,
    failing_since timestamptz,
    disabled_reason varchar(300),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT pk_webhook_endpoints PRIMARY KEY (id),
    CONSTRAINT ck_webhook_endpoints_failures_in_a_row_not_negative CHECK (failures_in_a_row >= 0),
    CONSTRAINT ck_webhook_endpoints_some_event CHECK (cardinality(events) > 0),
    CONSTRAINT fk_webhook_endpoints_created_by_user_id_users
        FOREIGN KEY (created_by_user_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX ix_webhook_endpoints_created_by_user_id ON webhook_endpoints (created_by_user_id);

CREATE TABLE webhook_deliveries (
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    event varchar(32) NOT NULL,
    payload jsonb NOT NULL,
    status varchar(32) NOT NULL,
    attempts integer NOT NULL,
    next_attempt_at timestamptz,
    last_attempt_at timestamptz,
    response_code smallint,
    last_error varchar(300),
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_webhook_deliveries PRIMARY KEY (id),
    CONSTRAINT ck_webhook_deliveries_attempts_not_negative CHECK (attempts >= 0),
    CONSTRAINT ck_webhook_deliveries_response_code_range CHECK (response_code BETWEEN 100 AND 999),
    CONSTRAINT ck_webhook_deliveries_webhookevent CHECK (event IN ('review.completed', 'review.failed', 'ping')),
    CONSTRAINT ck_webhook_deliveries_deliverystatus CHECK (status IN ('pending', 'delivered', 'failed')),
    CONSTRAINT fk_webhook_deliveries_endpoint_id_webhook_endpoints
        FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoints (id) ON DELETE CASCADE
);
CREATE INDEX ix_webhook_deliveries_endpoint_id_created_at ON webhook_deliveries (endpoint_id, created_at DESC);
CREATE INDEX ix_webhook_deliveries_created_at ON webhook_deliveries (created_at);

CREATE TABLE job_failures (
    job_id bigint NOT NULL,
    reason varchar(300) NOT NULL,
    failed_at timestamptz NOT NULL,
    CONSTRAINT pk_job_failures PRIMARY KEY (job_id)
);

CREATE TABLE maintenance_runs (
    name varchar(100) NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    fault varchar(100),
    CONSTRAINT pk_maintenance_runs PRIMARY KEY (name)
);

CREATE UNLOGGED TABLE cache_entries (
    key varchar(255) NOT NULL,
    value bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT pk_cache_entries PRIMARY KEY (key)
);
CREATE INDEX ix_cache_entries_expires_at ON cache_entries (expires_at);

-- The queue looks for a row's job by its subject, and for an owner's last waiting job when a new one is sent.
CREATE INDEX ix_procrastinate_jobs_subject ON procrastinate_jobs ((args ->> 'subject'));
CREATE INDEX ix_procrastinate_jobs_owner ON procrastinate_jobs ((args ->> 'owner'), priority) WHERE status = 'todo';
