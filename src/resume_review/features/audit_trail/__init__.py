"""Reading the audit log; nothing here is used by other features."""
