"""Which models a variant may name."""

from collections.abc import Iterable

from resume_review.ai_agents.interface import EngineFacts
from resume_review.features.experiments.errors import UnknownModelError


def require_known(models: Iterable[str | None], engine: EngineFacts) -> None:
    """See that the workers can ask these models; what a service elsewhere can ask is not known here.

    Raises:
        UnknownModelError: They cannot ask one of them.
    """
    if engine.fingerprint is None:
        return
    for model in models:
        if model is not None and model not in engine.models:
            raise UnknownModelError
