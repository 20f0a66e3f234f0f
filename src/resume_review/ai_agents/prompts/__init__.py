"""Prompts as versioned data: bundled files that rows of a database may override."""
