"""Chores that come round: each is done by one process a period, however many there are."""

from resume_review.infrastructure.maintenance.runner import Maintenance, MaintenanceTask

__all__ = ["Maintenance", "MaintenanceTask"]
