"""Industry packs: what an industry looks for, as data a consultant can read and edit."""

from resume_review.rubric.packs.loading import load_pack, parse_pack
from resume_review.rubric.packs.model import AppealPoint, Expectation, Pack, PackSkill

__all__ = ["AppealPoint", "Expectation", "Pack", "PackSkill", "load_pack", "parse_pack"]
