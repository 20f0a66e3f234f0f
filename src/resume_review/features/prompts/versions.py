"""The versions of a prompt that can be used."""

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import (
    PRODUCTION,
    Locale,
    Prompt,
    PromptError,
    bundled,
    from_data,
    parse,
    version_key,
)
from resume_review.features.prompts.errors import (
    InvalidPromptError,
    PromptNotFoundError,
    VersionNotFoundError,
)
from resume_review.features.prompts.repository import PromptRepository
from resume_review.features.prompts.schemas import PromptText

log = structlog.get_logger(__name__)


def prompt_of(text: PromptText) -> Prompt:
    """A prompt as it was sent, checked.

    Raises:
        InvalidPromptError: It would not work; the detail says why.
    """
    try:
        return parse(text.yaml) if text.yaml is not None else from_data(text.body or {})
    except PromptError as error:
        raise InvalidPromptError(str(error)) from None


async def usable_versions(session: AsyncSession, name: str, locale: Locale) -> dict[str, Prompt]:
    """Every version of a prompt that can be used, the bundled one included.

    Raises:
        PromptNotFoundError: There is none.
    """
    prompts: dict[str, Prompt] = {}
    for row in await PromptRepository(session).versions(name, locale.value):
        try:
            prompts[row.version] = from_data(row.body)
        except PromptError as error:
            log.warning("prompt_broken", name=name, version=row.version, fault=str(error))
    file = bundled().get((name, locale))
    if file is not None:
        prompts[file.metadata.version] = file
    if not prompts:
        raise PromptNotFoundError
    return prompts


async def find_prompt(session: AsyncSession, name: str, locale: Locale, version: str | None) -> Prompt:
    """A version of a prompt; without one, what is in production, else the bundled file, else the latest.

    Raises:
        PromptNotFoundError: Unknown name.
        VersionNotFoundError: It has no such version.
    """
    prompts = await usable_versions(session, name, locale)
    if version is None:
        places = await PromptRepository(session).labels(name)
        labelled = [
            one.version.version
            for one in places
            if one.label == PRODUCTION and one.locale == locale.value and one.version.version in prompts
        ]
        file = bundled().get((name, locale))
        filed = [file.metadata.version] if file else []
        version = next(iter(labelled + filed), max(prompts, key=version_key))
    if version not in prompts:
        raise VersionNotFoundError
    return prompts[version]
