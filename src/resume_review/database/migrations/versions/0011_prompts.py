"""What a version of a prompt was made for, and the version a label stood on before."""

from resume_review.database.migrations.statements import run_statements

revision = "0011"
down_revision: str | None = "0010"

UPGRADE = """
ALTER TABLE prompt_versions ADD COLUMN note text;
ALTER TABLE prompt_labels ADD COLUMN previous_version_id uuid;
ALTER TABLE prompt_labels
    ADD CONSTRAINT fk_prompt_labels_previous_version_id_prompt_versions
        FOREIGN KEY (previous_version_id) REFERENCES prompt_versions (id) ON DELETE SET NULL NOT VALID;
ALTER TABLE prompt_labels VALIDATE CONSTRAINT fk_prompt_labels_previous_version_id_prompt_versions;
CREATE INDEX ix_prompt_labels_previous_version_id ON prompt_labels (previous_version_id);
"""

DOWNGRADE = """
ALTER TABLE prompt_labels DROP COLUMN previous_version_id;
ALTER TABLE prompt_versions DROP COLUMN note;
"""


def upgrade() -> None:
    run_statements(UPGRADE)


def downgrade() -> None:
    run_statements(DOWNGRADE)
