"""How new people get an account; nothing here is used by other features."""
