"""Opens the analyzer that the settings ask for; what belongs to models is loaded when it is needed, never before."""

import hashlib
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from resume_review.ai_agents.config import (
    REMOTE,
    RUBRIC,
    RUBRIC_AND_MODELS,
    AnalyzerConfig,
    OpenAnalyzer,
    Ports,
)
from resume_review.ai_agents.interface import AIAnalyzer, EngineFacts
from resume_review.ai_agents.providers.factory import require_setup
from resume_review.ai_agents.rubric_analyzer import DegradingAnalyzer, RubricAnalyzer


def describe(config: AnalyzerConfig) -> EngineFacts:
    """What a process may say about the engine that it does not run itself.

    Raises:
        ModelSetupError: A model is not of the form `vendor:model`.
    """
    if config.service_url is not None:
        return EngineFacts(name=REMOTE)
    if not config.models:
        return EngineFacts(name=RUBRIC, fingerprint=RUBRIC)
    from resume_review.ai_agents.prompts.loader import bundled  # noqa: PLC0415 - the rubric needs no prompts

    parts = [
        *(f"{choice}@{choice.base_url or ''}" for choice in config.choices),
        *sorted(prompt.content_hash for prompt in bundled().values()),
        *map(str, (config.summarise, config.redact_schools, config.redact_pronouns)),
    ]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return EngineFacts(
        name=RUBRIC_AND_MODELS, models=config.models, fingerprint=f"{RUBRIC_AND_MODELS}:{digest}"
    )


def check_setup(config: AnalyzerConfig) -> None:
    """Look whether all is there that `open_analyzer` will need, without loading it.

    Raises:
        ModelSetupError: A library or a key is missing, with what to do.
    """
    for choice in config.choices:
        require_setup(choice, config.keys)


@asynccontextmanager
async def open_analyzer(
    config: AnalyzerConfig, ports: Ports, *, rubric: AIAnalyzer | None = None
) -> AsyncGenerator[OpenAnalyzer]:
    """The analyzer while the block runs; `rubric` judges in the place of the usual one.

    Raises:
        ModelSetupError: A library or a key is missing, with what to do.
    """
    rubric = rubric or RubricAnalyzer()
    if config.service_url is not None:
        from resume_review.ai_agents.remote import open_remote  # noqa: PLC0415 - loads an HTTP client

        async with open_remote(config.service_url, config.service_secret) as remote:
            yield OpenAnalyzer(analyzer=DegradingAnalyzer(remote, rubric))
        return
    if not config.models:
        yield OpenAnalyzer(analyzer=rubric)
        return
    check_setup(config)
    # Read when the libraries are loaded: no objects out of kept steps, and no traces sent to anybody.
    os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")
    os.environ.setdefault("LANGSMITH_TRACING", "false")
    from resume_review.ai_agents.model_setup import open_models  # noqa: PLC0415 - seconds and 100 MB of libraries

    async with open_models(config, ports, rubric) as opened:
        yield opened
