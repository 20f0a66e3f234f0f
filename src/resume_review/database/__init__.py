"""The owner of the schema, the engine and the transaction."""
