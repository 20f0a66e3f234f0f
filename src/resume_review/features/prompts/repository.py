"""Rows of prompts, their versions, labels and uses."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVarTuple

from sqlalchemy import Select, case, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.enums import UsagePurpose
from resume_review.database.models import Prompt, PromptLabel, PromptUsage, PromptVersion

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True)
class Labelled:
    """Where a label of a prompt stands."""

    name: str
    locale: str
    label: str
    version: PromptVersion


@dataclass(frozen=True, kw_only=True)
class UsageFilter:
    """Which calls are asked for; null means all."""

    prompt: str | None = None
    model: str | None = None
    failed: bool | None = None
    purpose: UsagePurpose | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class UsageTotals:
    """What calls came to."""

    calls: int
    tokens: int
    cost_usd: Decimal
    without_price: int
    failed: int


class PromptRepository:
    """Reads and writes prompts; never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_name(self, name: str) -> Prompt | None:
        """The prompt of a name."""
        return await self._session.scalar(select(Prompt).where(Prompt.name == name))

    async def ensure(self, prompt: Prompt) -> Prompt:
        """The prompt of this name, stored now if it was not; locked until the transaction ends."""
        await self._session.execute(
            insert(Prompt)
            .values(
                id=prompt.id, name=prompt.name, template=prompt.template, version=prompt.version,
                prompt_type=prompt.prompt_type, agent_type=prompt.agent_type, description=prompt.description,
                variables=prompt.variables, is_active=True, created_by=prompt.created_by,
                created_at=prompt.created_at, updated_at=prompt.updated_at,
            )
            .on_conflict_do_nothing(index_elements=[Prompt.name])
        )  # fmt: skip
        return (
            await self._session.scalars(select(Prompt).where(Prompt.name == prompt.name).with_for_update())
        ).one()

    async def versions(self, name: str, locale: str) -> Sequence[PromptVersion]:
        """All versions of a prompt in a language."""
        statement = (
            select(PromptVersion).join(Prompt).where(Prompt.name == name, PromptVersion.locale == locale)
        )
        return (await self._session.scalars(statement)).all()

    async def version_counts(self) -> dict[tuple[str, str], int]:
        """How many versions each prompt has in each language."""
        statement = (
            select(Prompt.name, PromptVersion.locale, func.count())
            .join(PromptVersion)
            .group_by(Prompt.name, PromptVersion.locale)
        )
        return {(row[0], row[1]): row[2] for row in await self._session.execute(statement)}

    async def add(self, version: PromptVersion) -> None:
        """Store a version."""
        self._session.add(version)
        await self._session.flush()

    async def labels(self, name: str | None = None) -> Sequence[Labelled]:
        """Where the labels stand, of one prompt or of all."""
        statement = self._labelled()
        if name is not None:
            statement = statement.where(Prompt.name == name)
        return [Labelled(row[0], row[1], row[2], row[3]) for row in await self._session.execute(statement)]

    async def label(self, prompt_id: uuid.UUID, label: str, locale: str) -> PromptLabel | None:
        """One label, locked until the transaction ends."""
        statement = (
            select(PromptLabel)
            .where(
                PromptLabel.prompt_id == prompt_id, PromptLabel.label == label, PromptLabel.locale == locale
            )
            .with_for_update()
        )
        return await self._session.scalar(statement)

    async def version_by_id(self, version_id: uuid.UUID) -> PromptVersion | None:
        """A version by its id."""
        return await self._session.get(PromptVersion, version_id)

    async def add_label(self, label: PromptLabel) -> None:
        """Store a label."""
        self._session.add(label)
        await self._session.flush()

    async def usage(self, wanted: UsageFilter, *, limit: int, offset: int) -> Sequence[PromptUsage]:
        """Calls of models, newest first."""
        statement = _filtered(select(PromptUsage), wanted).order_by(
            PromptUsage.used_at.desc(), PromptUsage.id.desc()
        )
        return (await self._session.scalars(statement.limit(limit).offset(offset))).all()

    async def usage_totals(self, wanted: UsageFilter) -> UsageTotals:
        """What those calls came to."""
        statement = select(
            func.count(PromptUsage.id),
            func.coalesce(func.sum(PromptUsage.tokens_used), 0),
            func.coalesce(func.sum(PromptUsage.cost_usd), 0),
            func.coalesce(func.sum(case((PromptUsage.cost_usd.is_(None), 1), else_=0)), 0),
            func.count(PromptUsage.error_code),
        )
        row = (await self._session.execute(_filtered(statement, wanted))).one()
        return UsageTotals(
            calls=row[0],
            tokens=int(row[1]),
            cost_usd=row[2] or Decimal(0),
            without_price=int(row[3]),
            failed=row[4],
        )

    def _labelled(self) -> Select[str, str, str, PromptVersion]:
        return (
            select(Prompt.name, PromptLabel.locale, PromptLabel.label, PromptVersion)
            .join(PromptLabel, PromptLabel.prompt_id == Prompt.id)
            .join(PromptVersion, PromptVersion.id == PromptLabel.prompt_version_id)
        )


def _filtered(statement: Select[*Columns], wanted: UsageFilter) -> Select[*Columns]:
    if wanted.prompt is not None:
        statement = statement.where(PromptUsage.prompt_name == wanted.prompt)
    if wanted.model is not None:
        statement = statement.where(PromptUsage.model == wanted.model)
    if wanted.failed is not None:
        statement = statement.where(PromptUsage.error_code.is_not(None) == wanted.failed)
    if wanted.purpose is not None:
        statement = statement.where(PromptUsage.purpose == wanted.purpose)
    if wanted.since is not None:
        statement = statement.where(PromptUsage.used_at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(PromptUsage.used_at < wanted.until)
    return statement
