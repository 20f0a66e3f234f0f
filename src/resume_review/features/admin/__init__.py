"""Managing accounts; nothing here is used by other features."""
