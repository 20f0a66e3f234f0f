"""The tables and functions of the job queue, as the installed Procrastinate ships them.

A later release of Procrastinate that changes its schema gets a revision here, which must accept both a database that
was created by the old release and one that this revision created with the new one.
"""

from procrastinate.schema import SchemaManager

from resume_review.database.migrations.statements import run_statements

revision = "0002"
down_revision: str | None = "0001"

DROP_ALL = """
DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT format('DROP TABLE %s CASCADE', oid::regclass) FROM pg_class
        WHERE relkind = 'r' AND relname LIKE 'procrastinate\\_%' AND pg_table_is_visible(oid)
    LOOP EXECUTE statement; END LOOP;
    FOR statement IN
        SELECT format('DROP FUNCTION %s', oid::regprocedure) FROM pg_proc
        WHERE proname LIKE 'procrastinate\\_%' AND pg_function_is_visible(oid)
    LOOP EXECUTE statement; END LOOP;
    FOR statement IN
        SELECT format('DROP TYPE %s', oid::regtype) FROM pg_type
        WHERE typname LIKE 'procrastinate\\_%' AND typtype IN ('e', 'c') AND pg_type_is_visible(oid)
    LOOP EXECUTE statement; END LOOP;
END
$$
"""


def upgrade() -> None:
    run_statements(SchemaManager.get_schema())


def downgrade() -> None:
    run_statements(DROP_ALL)
