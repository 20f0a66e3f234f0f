"""What calls of models need beyond the first release."""

revision = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
