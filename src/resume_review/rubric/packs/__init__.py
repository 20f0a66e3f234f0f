"""Industry packs: what an industry looks for, as data a consultant can read and edit."""

from resume_review.rubric.packs.faults import Fault, faults_of
from resume_review.rubric.packs.loading import load_pack, own_pack, pack_text, parse_pack
from resume_review.rubric.packs.model import AppealPoint, Expectation, Need, Pack, PackSkill, SkillGroup

__all__ = [
    "AppealPoint",
    "Expectation",
    "Fault",
    "Need",
    "Pack",
    "PackSkill",
    "SkillGroup",
    "faults_of",
    "load_pack",
    "own_pack",
    "pack_text",
    "parse_pack",
]
