"""Prompts that an administrator keeps: versions, labels, and what they were used for."""

from resume_review.features.prompts.errors import (
    InvalidPromptError,
    PromptNotFoundError,
    VersionNotFoundError,
)
from resume_review.features.prompts.schemas import LONGEST_YAML, Name, PromptText, Version
from resume_review.features.prompts.serving import DatabasePrompts
from resume_review.features.prompts.versions import find_prompt, prompt_of

__all__ = [
    "LONGEST_YAML",
    "DatabasePrompts",
    "InvalidPromptError",
    "Name",
    "PromptNotFoundError",
    "PromptText",
    "Version",
    "VersionNotFoundError",
    "find_prompt",
    "prompt_of",
]
