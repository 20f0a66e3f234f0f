"""Prompts that an administrator keeps: versions, labels, and what they were used for."""

from resume_review.features.prompts.serving import DatabasePrompts

__all__ = ["DatabasePrompts"]
