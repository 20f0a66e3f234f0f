"""The vendors' batch protocols."""
