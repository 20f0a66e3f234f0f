"""The history of the schema; `database.migrate` applies it."""
