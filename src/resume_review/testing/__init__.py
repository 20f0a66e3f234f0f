"""Shipped doubles, factories and fixtures; imported by tests alone."""
