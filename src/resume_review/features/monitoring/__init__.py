"""How the platform fares, in numbers and spans; what other parts may use of it."""

from resume_review.features.monitoring.models import ObservedModels
from resume_review.features.monitoring.service import Area, Breakers, Watch

__all__ = ["Area", "Breakers", "ObservedModels", "Watch"]
