"""Who met which variant of the prompts and models, what came of it, and reviews made only for comparison."""

from resume_review.database.migrations.statements import drop_tables, run_statements

revision = "0010"
down_revision: str | None = "0009"

# A rollout of before could not say what it changes, so none may be under way.
UPGRADE = """
UPDATE rollouts SET status = 'paused' WHERE status = 'active';
ALTER TABLE experiments
    ADD COLUMN traffic numeric(5, 2) NOT NULL DEFAULT 100,
    ADD COLUMN stop_reason text,
    ADD CONSTRAINT ck_experiments_traffic_range CHECK (traffic BETWEEN 0 AND 100);
ALTER TABLE experiments ALTER COLUMN traffic DROP DEFAULT;

ALTER TABLE rollouts
    ADD COLUMN change jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN unit varchar(32) NOT NULL DEFAULT 'user',
    ADD COLUMN mode varchar(32) NOT NULL DEFAULT 'live',
    ADD COLUMN restarted_at timestamptz,
    ADD COLUMN shadow_per_day integer NOT NULL DEFAULT 0,
    ADD COLUMN shadow_usd_per_day numeric(12, 6) NOT NULL DEFAULT 0,
    ADD CONSTRAINT ck_rollouts_experimentunit CHECK (unit IN ('user', 'candidate', 'resume')),
    ADD CONSTRAINT ck_rollouts_rolloutmode CHECK (mode IN ('live', 'shadow')),
    ADD CONSTRAINT ck_rollouts_shadow_per_day_not_negative CHECK (shadow_per_day >= 0),
    ADD CONSTRAINT ck_rollouts_shadow_usd_per_day_not_negative CHECK (shadow_usd_per_day >= 0);
ALTER TABLE rollouts
    ALTER COLUMN change DROP DEFAULT,
    ALTER COLUMN unit DROP DEFAULT,
    ALTER COLUMN mode DROP DEFAULT,
    ALTER COLUMN shadow_per_day DROP DEFAULT,
    ALTER COLUMN shadow_usd_per_day DROP DEFAULT;
CREATE UNIQUE INDEX uq_rollouts_mode_under_way ON rollouts (mode) WHERE status = 'active' AND percentage > 0;

CREATE TABLE experiment_exposures (
    variant_key varchar(100) NOT NULL,
    unit_hash varchar(64) NOT NULL,
    arm varchar(64) NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_experiment_exposures PRIMARY KEY (variant_key, unit_hash, arm)
);

CREATE TABLE experiment_outcomes (
    id uuid NOT NULL,
    variant_key varchar(100) NOT NULL,
    arm varchar(64) NOT NULL,
    review_request_id uuid,
    ok boolean NOT NULL,
    quotes integer NOT NULL,
    dropped integer NOT NULL,
    latency_ms integer NOT NULL,
    cost_usd numeric(12, 6),
    drift smallint,
    at timestamptz NOT NULL,
    CONSTRAINT pk_experiment_outcomes PRIMARY KEY (id),
    CONSTRAINT uq_experiment_outcomes_review_request_id_variant_key_arm UNIQUE (review_request_id, variant_key, arm),
    CONSTRAINT ck_experiment_outcomes_dropped_are_quotes CHECK (dropped BETWEEN 0 AND quotes),
    CONSTRAINT ck_experiment_outcomes_latency_ms_not_negative CHECK (latency_ms >= 0),
    CONSTRAINT ck_experiment_outcomes_cost_usd_not_negative CHECK (cost_usd >= 0),
    CONSTRAINT ck_experiment_outcomes_drift_range CHECK (drift BETWEEN -100 AND 100),
    CONSTRAINT fk_experiment_outcomes_review_request_id_review_requests
        FOREIGN KEY (review_request_id) REFERENCES review_requests (id) ON DELETE SET NULL
);
CREATE INDEX ix_experiment_outcomes_variant_key_at ON experiment_outcomes (variant_key, at);

CREATE TABLE shadow_results (
    id uuid NOT NULL,
    variant_key varchar(100) NOT NULL,
    review_request_id uuid NOT NULL,
    ok boolean,
    overall_score smallint,
    cost_usd numeric(12, 6),
    review jsonb,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT pk_shadow_results PRIMARY KEY (id),
    CONSTRAINT uq_shadow_results_review_request_id_variant_key UNIQUE (review_request_id, variant_key),
    CONSTRAINT ck_shadow_results_overall_score_range CHECK (overall_score BETWEEN 0 AND 100),
    CONSTRAINT ck_shadow_results_cost_usd_not_negative CHECK (cost_usd >= 0),
    CONSTRAINT ck_shadow_results_finished_says_how CHECK ((ok IS NULL) = (finished_at IS NULL)),
    CONSTRAINT fk_shadow_results_review_request_id_review_requests
        FOREIGN KEY (review_request_id) REFERENCES review_requests (id) ON DELETE CASCADE
);
CREATE INDEX ix_shadow_results_variant_key_started_at ON shadow_results (variant_key, started_at);
"""

DOWNGRADE = """
DROP INDEX uq_rollouts_mode_under_way;
ALTER TABLE rollouts
    DROP COLUMN change,
    DROP COLUMN unit,
    DROP COLUMN mode,
    DROP COLUMN restarted_at,
    DROP COLUMN shadow_per_day,
    DROP COLUMN shadow_usd_per_day;
ALTER TABLE experiments
    DROP COLUMN traffic,
    DROP COLUMN stop_reason;
"""


def upgrade() -> None:
    run_statements(UPGRADE)


def downgrade() -> None:
    drop_tables("shadow_results", "experiment_outcomes", "experiment_exposures")
    run_statements(DOWNGRADE)
