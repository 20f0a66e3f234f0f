"""How good a model is at this work, measured on resumes of invented people whose order of quality is known."""
