"""Keys for programs that call the API; nothing here is used by other features."""
