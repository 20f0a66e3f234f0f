"""Reads resumes the way a tracking system does and reviews them."""
