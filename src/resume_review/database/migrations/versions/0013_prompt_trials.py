"""Prompts tried on resumes, and what a call of a model was made for."""

from resume_review.database.migrations.statements import drop_tables, run_statements

revision = "0013"
down_revision: str | None = "0012"

UPGRADE = """
CREATE TABLE prompt_trials (
    id uuid NOT NULL,
    name varchar(100) NOT NULL,
    locale varchar(8) NOT NULL,
    industry varchar(50) NOT NULL,
    current_prompt jsonb NOT NULL,
    new_prompt jsonb NOT NULL,
    created_by_user_id uuid,
    created_at timestamptz NOT NULL,
    cancelled_at timestamptz,
    CONSTRAINT pk_prompt_trials PRIMARY KEY (id),
    CONSTRAINT fk_prompt_trials_created_by_user_id_users
        FOREIGN KEY (created_by_user_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX ix_prompt_trials_created_at ON prompt_trials (created_at DESC);
CREATE INDEX ix_prompt_trials_created_by_user_id ON prompt_trials (created_by_user_id);

CREATE TABLE prompt_trial_results (
    id uuid NOT NULL,
    trial_id uuid NOT NULL,
    resume_id uuid NOT NULL,
    position integer NOT NULL,
    current_answer jsonb,
    new_answer jsonb,
    fault varchar(300),
    finished_at timestamptz,
    CONSTRAINT pk_prompt_trial_results PRIMARY KEY (id),
    CONSTRAINT uq_prompt_trial_results_trial_id_resume_id UNIQUE (trial_id, resume_id),
    CONSTRAINT ck_prompt_trial_results_position_not_negative CHECK (position >= 0),
    CONSTRAINT fk_prompt_trial_results_trial_id_prompt_trials
        FOREIGN KEY (trial_id) REFERENCES prompt_trials (id) ON DELETE CASCADE,
    CONSTRAINT fk_prompt_trial_results_resume_id_resumes
        FOREIGN KEY (resume_id) REFERENCES resumes (id) ON DELETE CASCADE
);
CREATE INDEX ix_prompt_trial_results_resume_id ON prompt_trial_results (resume_id);
CREATE INDEX ix_prompt_trial_results_unfinished ON prompt_trial_results (id) WHERE finished_at IS NULL;

ALTER TABLE prompt_usage_history ADD COLUMN purpose varchar(32) NOT NULL DEFAULT 'review';
UPDATE prompt_usage_history SET purpose = 'shadow' WHERE arm = 'shadow';
ALTER TABLE prompt_usage_history
    ADD CONSTRAINT ck_prompt_usage_history_usagepurpose CHECK (purpose IN ('review', 'shadow', 'trial')) NOT VALID;
ALTER TABLE prompt_usage_history VALIDATE CONSTRAINT ck_prompt_usage_history_usagepurpose;
"""

DOWNGRADE = """
ALTER TABLE prompt_usage_history DROP COLUMN purpose;
"""


def upgrade() -> None:
    run_statements(UPGRADE)


def downgrade() -> None:
    drop_tables("prompt_trial_results", "prompt_trials")
    run_statements(DOWNGRADE)
