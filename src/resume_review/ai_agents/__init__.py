"""Who judges a resume: the rubric alone, or models on top of it. Importable without the rest of the platform."""
