"""Prompts tried on resumes, the current wording beside a new one, before anybody's review depends on it."""

from resume_review.features.prompt_trials.service import TRIAL_JOB, reopen_result

__all__ = ["TRIAL_JOB", "reopen_result"]
