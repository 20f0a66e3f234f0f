"""What calls of models cost, also where the price is not known, and turns that all workers share."""

from resume_review.database.migrations.statements import drop_tables, run_statements

revision = "0008"
down_revision: str | None = "0007"

UPGRADE = """
ALTER TABLE prompt_usage_history
    ALTER COLUMN cost_usd DROP NOT NULL,
    ADD COLUMN cached_input_tokens integer NOT NULL DEFAULT 0;
ALTER TABLE prompt_usage_history ALTER COLUMN cached_input_tokens DROP DEFAULT;
ALTER TABLE prompt_usage_history
    ADD CONSTRAINT ck_prompt_usage_history_cached_input_tokens_not_negative CHECK (cached_input_tokens >= 0);
ALTER TABLE review_results ALTER COLUMN cost_usd DROP NOT NULL;

CREATE TABLE model_spend (
    payer varchar(80) NOT NULL,
    day date NOT NULL,
    tokens bigint NOT NULL,
    cost_usd numeric(14, 6) NOT NULL,
    CONSTRAINT pk_model_spend PRIMARY KEY (payer, day),
    CONSTRAINT ck_model_spend_tokens_not_negative CHECK (tokens >= 0),
    CONSTRAINT ck_model_spend_cost_usd_not_negative CHECK (cost_usd >= 0)
);
CREATE INDEX ix_model_spend_day ON model_spend (day);

CREATE UNLOGGED TABLE model_turns (
    model varchar(200) NOT NULL,
    turn smallint NOT NULL,
    holder uuid NOT NULL,
    ends_at timestamptz NOT NULL,
    CONSTRAINT pk_model_turns PRIMARY KEY (model, turn),
    CONSTRAINT ck_model_turns_turn_not_negative CHECK (turn >= 0)
);
"""

DOWNGRADE = """
UPDATE prompt_usage_history SET cost_usd = 0 WHERE cost_usd IS NULL;
UPDATE review_results SET cost_usd = 0 WHERE cost_usd IS NULL;
ALTER TABLE prompt_usage_history
    DROP COLUMN cached_input_tokens,
    ALTER COLUMN cost_usd SET NOT NULL;
ALTER TABLE review_results ALTER COLUMN cost_usd SET NOT NULL;
"""


def upgrade() -> None:
    run_statements(UPGRADE)


def downgrade() -> None:
    drop_tables("model_turns", "model_spend")
    run_statements(DOWNGRADE)
