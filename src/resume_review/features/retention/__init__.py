"""Deletes resumes that were kept as long as the platform's owner wants to keep any; has no routes."""
