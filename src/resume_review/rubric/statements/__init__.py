"""What a bullet tells: the situation, what was wrong, what was done to what, what came of it and by how much."""

from resume_review.rubric.statements.english import LABEL
from resume_review.rubric.statements.measures import measures
from resume_review.rubric.statements.model import Measure, Part, Statement
from resume_review.rubric.statements.reading import read_statement

__all__ = ["LABEL", "Measure", "Part", "Statement", "measures", "read_statement"]
