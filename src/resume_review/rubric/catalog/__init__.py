"""The words of reviews, one YAML file per language, and the reference of the checks."""

from resume_review.rubric.catalog.loading import (
    Catalog,
    CheckText,
    Reference,
    load_catalog,
    load_reference,
    open_template,
)

__all__ = ["Catalog", "CheckText", "Reference", "load_catalog", "load_reference", "open_template"]
