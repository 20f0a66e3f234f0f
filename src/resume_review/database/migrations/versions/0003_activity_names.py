"""More kinds of things and deeds that the activity log can name."""

from resume_review.database.migrations.statements import run_statements

revision = "0003"
down_revision: str | None = "0002"

# The new rule is checked against old rows without blocking writers; only then does the old one go.
UPGRADE = """
ALTER TABLE activity_logs
    ADD CONSTRAINT ck_activity_logs_entitytype_0003 CHECK (entity_type IN (
        'user', 'session', 'candidate', 'resume', 'review', 'finding', 'prompt', 'experiment', 'rollout',
        'invitation', 'api_key', 'webhook', 'job', 'audit')) NOT VALID,
    ADD CONSTRAINT ck_activity_logs_activityaction_0003 CHECK (action IN (
        'create', 'update', 'delete', 'view', 'download', 'export', 'assign', 'unassign', 'reject_upload', 'cancel',
        'retry', 'decide', 'login', 'login_failed', 'logout', 'lock', 'change_password', 'reset_password',
        'token_reuse', 'revoke_session', 'roll_back', 'unlock', 'accept', 'archive', 'restore', 'erase', 'publish',
        'start', 'stop')) NOT VALID;
ALTER TABLE activity_logs
    VALIDATE CONSTRAINT ck_activity_logs_entitytype_0003,
    VALIDATE CONSTRAINT ck_activity_logs_activityaction_0003;
ALTER TABLE activity_logs
    DROP CONSTRAINT ck_activity_logs_entitytype,
    DROP CONSTRAINT ck_activity_logs_activityaction;
ALTER TABLE activity_logs RENAME CONSTRAINT ck_activity_logs_entitytype_0003 TO ck_activity_logs_entitytype;
ALTER TABLE activity_logs RENAME CONSTRAINT ck_activity_logs_activityaction_0003 TO ck_activity_logs_activityaction;
"""

# Entries of the new kinds cannot be deleted, so the old rule holds for new entries only.
DOWNGRADE = """
ALTER TABLE activity_logs
    DROP CONSTRAINT ck_activity_logs_entitytype,
    DROP CONSTRAINT ck_activity_logs_activityaction,
    ADD CONSTRAINT ck_activity_logs_entitytype CHECK (entity_type IN (
        'user', 'session', 'candidate', 'resume', 'review', 'finding', 'prompt', 'experiment', 'rollout')) NOT VALID,
    ADD CONSTRAINT ck_activity_logs_activityaction CHECK (action IN (
        'create', 'update', 'delete', 'view', 'download', 'export', 'assign', 'unassign', 'reject_upload', 'cancel',
        'retry', 'decide', 'login', 'login_failed', 'logout', 'lock', 'change_password', 'reset_password',
        'token_reuse', 'revoke_session', 'roll_back')) NOT VALID;
"""


def upgrade() -> None:
    run_statements(UPGRADE)


def downgrade() -> None:
    run_statements(DOWNGRADE)
