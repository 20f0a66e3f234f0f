"""Prompts and their versions as answers show them."""

from collections.abc import Mapping, Sequence

from resume_review.ai_agents.interface import Locale, Prompt, PromptError, bundled, from_data
from resume_review.database.models import PromptVersion
from resume_review.features.prompts.schemas import Label, PromptItem, Source, VersionItem


def prompt_item(
    key: tuple[str, str, str], version: PromptVersion | None, counts: Mapping[tuple[str, str], int]
) -> PromptItem | None:
    """What a label of a prompt stands for; null when neither a row nor a file of it can be used."""
    name, locale, label = key
    prompt = bundled().get((name, Locale(locale)))
    if version is not None:
        try:
            prompt = from_data(version.body)
        except PromptError:
            version = None
    if prompt is None:
        return None
    return PromptItem(
        name=name,
        agent=prompt.metadata.agent,
        industry=name.partition(":")[2] or None,
        locale=Locale(locale),
        label=Label(label),
        version=prompt.metadata.version,
        content_hash=prompt.content_hash,
        source=Source.DATABASE if version is not None else Source.FILE,
        versions=counts.get((name, locale), 0),
    )


def version_item(prompt: Prompt, row: PromptVersion | None, labels: Sequence[str]) -> VersionItem:
    """A version without its words."""
    return VersionItem(
        version=prompt.metadata.version,
        content_hash=prompt.content_hash,
        source=Source.DATABASE if row is not None else Source.FILE,
        labels=[Label(label) for label in labels],
        author=row.author if row else None,
        note=row.note if row else None,
        created_at=row.created_at if row else None,
    )
