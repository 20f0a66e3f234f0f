"""Keeping prompts: what is in use, new versions, moving labels, and the prompts that workers get."""

from dataclasses import asdict

from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.ai_agents.interface import (
    PRODUCTION,
    AgentName,
    Locale,
    Prompt,
    as_yaml,
    bundled,
    differences,
    from_data,
    version_key,
)
from resume_review.core.ids import new_id
from resume_review.database import models
from resume_review.database.enums import ActivityAction, AgentType, EntityType, PromptType
from resume_review.database.models import PromptLabel, PromptVersion, User
from resume_review.features.audit import record_activity
from resume_review.features.prompts.errors import (
    InvalidPromptError,
    LabelMovedError,
    NothingToRollBackError,
    PromptNotFoundError,
    VersionNotFoundError,
    VersionTakenError,
)
from resume_review.features.prompts.repository import PromptRepository
from resume_review.features.prompts.schemas import (
    Label,
    PromptDetail,
    PromptDiff,
    PromptItem,
    PromptText,
    Validity,
)
from resume_review.features.prompts.showing import prompt_item, version_item
from resume_review.features.prompts.versions import prompt_of, usable_versions
from resume_review.infrastructure.http import ClientInfo
from resume_review.rubric import UnknownIndustryError, resolve_industry

_AGENT_TYPES = {
    AgentName.STRUCTURE: AgentType.STRUCTURE,
    AgentName.APPEAL: AgentType.APPEAL,
    AgentName.SUMMARY: AgentType.BASE,
}


class PromptService:
    """Works in the given session for one administrator and commits nothing."""

    def __init__(self, session: AsyncSession, user: User, *, client: ClientInfo) -> None:
        self._session = session
        self._user = user
        self._client = client
        self._prompts = PromptRepository(session)

    async def in_use(self) -> list[PromptItem]:
        """What each label of each prompt stands for, bundled files included."""
        counts = await self._prompts.version_counts()
        stored = {(one.name, one.locale, one.label): one.version for one in await self._prompts.labels()}
        keys = set(stored) | {(name, locale.value, PRODUCTION) for name, locale in bundled()}
        items = [prompt_item(key, stored.get(key), counts) for key in sorted(keys)]
        return [item for item in items if item is not None]

    async def show(self, name: str, locale: Locale, version: str | None) -> PromptDetail:
        """All versions and the words of one, by default the one in production.

        Raises:
            PromptNotFoundError: Unknown name.
            VersionNotFoundError: It has no such version.
        """
        prompts = await usable_versions(self._session, name, locale)
        rows = {row.version: row for row in await self._prompts.versions(name, locale.value)}
        labels = [one for one in await self._prompts.labels(name) if one.locale == locale.value]
        used = {label: [one.label for one in labels if one.version.version == label] for label in prompts}
        file = bundled().get((name, locale))
        if file is not None and not any(one.label == PRODUCTION for one in labels):
            used[file.metadata.version].append(PRODUCTION)
        shown = version or next(
            (key for key, names in used.items() if PRODUCTION in names), max(prompts, key=version_key)
        )
        if shown not in prompts:
            raise VersionNotFoundError
        return PromptDetail(
            name=name,
            locale=locale,
            shown=shown,
            body=prompts[shown].as_data(),
            yaml=as_yaml(prompts[shown]),
            versions=[
                version_item(prompts[key], rows.get(key), used[key])
                for key in sorted(prompts, key=version_key, reverse=True)
            ],
        )

    async def create(self, text: PromptText, note: str | None) -> PromptVersion:
        """Store a new version; it is used once a label points to it.

        Raises:
            InvalidPromptError: It would not work; the detail says why.
            VersionTakenError: Its number is not above all others.
        """
        return await self._store(prompt_of(text), note)

    def check(self, text: PromptText) -> Validity:
        """Whether a prompt would work."""
        try:
            prompt = prompt_of(text)
        except InvalidPromptError as error:
            return Validity(valid=False, fault=error.detail, name=None, version=None, content_hash=None)
        return Validity(
            valid=True,
            fault=None,
            name=prompt.metadata.name,
            version=prompt.metadata.version,
            content_hash=prompt.content_hash,
        )

    async def diff(self, name: str, locale: Locale, old: str, new: str) -> PromptDiff:
        """What changed between two versions.

        Raises:
            PromptNotFoundError: Unknown name.
            VersionNotFoundError: It has no such version.
        """
        prompts = await usable_versions(self._session, name, locale)
        if old not in prompts or new not in prompts:
            raise VersionNotFoundError
        changes = differences(prompts[old], prompts[new], names=(old, new))
        return PromptDiff(old=old, new=new, **asdict(changes))

    async def publish(
        self, name: str, locale: Locale, version: str, *, label: Label, expected: str | None, note: str | None
    ) -> None:
        """Point a label to a version; it is used within seconds, by all workers.

        Raises:
            PromptNotFoundError: Unknown name.
            VersionNotFoundError: It has no such version.
            LabelMovedError: The label does not stand where the caller thought.
        """
        prompts = await usable_versions(self._session, name, locale)
        if version not in prompts:
            raise VersionNotFoundError
        prompt = await self._prompts.ensure(_row(prompts[version], self._user))
        target = await self._kept(name, locale, version, prompts[version])
        current = await self._prompts.label(prompt.id, label.value, locale.value)
        standing = await self._standing(current, name, locale, label)
        if expected is not None and expected != standing:
            raise LabelMovedError
        if current is None:
            await self._prompts.add_label(
                PromptLabel(
                    prompt_id=prompt.id,
                    prompt_version_id=target.id,
                    label=label.value,
                    locale=locale.value,
                    updated_by=self._user.id,
                )
            )
        elif current.prompt_version_id != target.id:
            current.previous_version_id = current.prompt_version_id
            current.prompt_version_id = target.id
            current.updated_by = self._user.id
        prompt.version, prompt.template = version, prompts[version].prompts.system
        self._record(
            ActivityAction.PUBLISH, prompt, name, locale, label, old=standing, new=version, note=note
        )

    async def roll_back(self, name: str, locale: Locale, *, label: Label, reason: str) -> str:
        """Point a label to where it stood before, and return that version.

        Raises:
            PromptNotFoundError: Unknown name.
            NothingToRollBackError: It has never moved.
        """
        prompt = await self._prompts.by_name(name)
        if prompt is None:
            if (name, locale) in bundled():
                raise NothingToRollBackError
            raise PromptNotFoundError
        current = await self._prompts.label(prompt.id, label.value, locale.value)
        if current is None or current.previous_version_id is None:
            raise NothingToRollBackError
        before = await self._prompts.version_by_id(current.prompt_version_id)
        target = await self._prompts.version_by_id(current.previous_version_id)
        if before is None or target is None:
            raise NothingToRollBackError
        current.prompt_version_id, current.previous_version_id = target.id, None
        current.updated_by = self._user.id
        self._record(
            ActivityAction.ROLL_BACK,
            prompt,
            name,
            locale,
            label,
            old=before.version,
            new=target.version,
            note=reason,
        )
        return target.version

    async def copy(self, name: str, locale: Locale, industry: str, note: str | None) -> PromptVersion:
        """Make an industry's own prompt, version 1.0.0, from the one in production.

        Raises:
            PromptNotFoundError: Unknown name, or it is an industry's own already.
            InvalidPromptError: Unknown industry.
            VersionTakenError: The industry has one already.
        """
        try:
            code = resolve_industry(industry).value
        except UnknownIndustryError as error:
            raise InvalidPromptError(str(error)) from None
        if ":" in name:
            raise PromptNotFoundError
        shown = await self.show(name, locale, None)
        metadata = {**shown.body["metadata"], "name": f"{name}:{code}", "version": "1.0.0"}
        return await self._store(from_data({**shown.body, "metadata": metadata}), note)

    async def _store(self, prompt: Prompt, note: str | None) -> PromptVersion:
        metadata = prompt.metadata
        kept = await self._prompts.ensure(_row(prompt, self._user))
        versions = {row.version for row in await self._prompts.versions(metadata.name, metadata.locale.value)}
        file = bundled().get((metadata.name, metadata.locale))
        if file is not None:
            versions.add(file.metadata.version)
        if any(version_key(metadata.version) <= version_key(version) for version in versions):
            raise VersionTakenError
        version = PromptVersion(
            prompt_id=kept.id,
            version=metadata.version,
            locale=metadata.locale.value,
            body=prompt.as_data(),
            content_hash=prompt.content_hash,
            author=self._user.email,
            note=note,
        )
        await self._prompts.add(version)
        record_activity(
            self._session,
            ActivityAction.CREATE,
            entity=EntityType.PROMPT,
            entity_id=kept.id,
            user_id=self._user.id,
            client=self._client,
            new={"name": metadata.name, "locale": metadata.locale.value, "version": metadata.version},
        )
        return version

    async def _kept(self, name: str, locale: Locale, version: str, prompt: Prompt) -> PromptVersion:
        """The row of a version; the bundled one gets one when a label is to point to it."""
        rows = {row.version: row for row in await self._prompts.versions(name, locale.value)}
        if version in rows:
            return rows[version]
        kept = await self._prompts.ensure(_row(prompt, self._user))
        row = PromptVersion(
            prompt_id=kept.id,
            version=version,
            locale=locale.value,
            body=prompt.as_data(),
            content_hash=prompt.content_hash,
        )
        await self._prompts.add(row)
        return row

    async def _standing(
        self, current: PromptLabel | None, name: str, locale: Locale, label: Label
    ) -> str | None:
        if current is not None:
            row = await self._prompts.version_by_id(current.prompt_version_id)
            return row.version if row else None
        file = bundled().get((name, locale)) if label is Label.PRODUCTION else None
        return file.metadata.version if file else None

    def _record(
        self,
        action: ActivityAction,
        prompt: models.Prompt,
        name: str,
        locale: Locale,
        label: Label,
        *,
        old: str | None,
        new: str,
        note: str | None,
    ) -> None:
        place = {"name": name, "locale": locale.value, "label": label.value}
        record_activity(
            self._session,
            action,
            entity=EntityType.PROMPT,
            entity_id=prompt.id,
            user_id=self._user.id,
            client=self._client,
            old={**place, "version": old},
            new={**place, "version": new, "note": note},
        )


def _row(prompt: Prompt, user: User) -> models.Prompt:
    metadata = prompt.metadata
    return models.Prompt(
        id=new_id(),
        name=metadata.name,
        template=prompt.prompts.system,
        version=metadata.version,
        prompt_type=PromptType.ANALYSIS,
        agent_type=_AGENT_TYPES[metadata.agent],
        description=metadata.description,
        variables={name: variable.model_dump(mode="json") for name, variable in prompt.variables.items()},
        created_by=user.id,
    )
