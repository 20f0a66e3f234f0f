"""The one declarative base, the types that columns use and the mixins that tables share."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, ClassVar, dataclass_transform

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
ENUM_LENGTH = 32


def _values(enum: type[Enum]) -> list[str]:
    return [str(member.value) for member in enum]


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(mapped_column, relationship))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """Base of all models: keyword-only typed constructors, identity equality, no content in `repr`."""

    metadata = sa.MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: sa.DateTime(timezone=True),
        Decimal: sa.Numeric(12, 6),
        float: sa.Double(),
        uuid.UUID: sa.Uuid(),
        # A native enum would need ALTER TYPE, which cannot be undone, for every new value.
        StrEnum: sa.Enum(
            StrEnum, native_enum=False, create_constraint=True, length=ENUM_LENGTH, values_callable=_values
        ),
        dict[str, Any]: JSONB(none_as_null=True),
        list[dict[str, Any]]: JSONB(none_as_null=True),
        list[list[float]]: JSONB(none_as_null=True),
    }

    def __repr__(self) -> str:
        return f"{type(self).__name__}({sa.inspect(self).identity})"


class Identified(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """A UUIDv7 primary key, known as soon as the object exists."""

    id: Mapped[uuid.UUID] = mapped_column(
        primary_key=True, default_factory=new_id, insert_default=new_id, sort_order=-1
    )


class Timestamped(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """When the row was written and last changed, by the application's clock."""

    created_at: Mapped[datetime] = mapped_column(default_factory=utc_now, insert_default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(
        default_factory=utc_now, insert_default=utc_now, onupdate=utc_now
    )


def between(column: str, low: int, high: int) -> sa.CheckConstraint:
    """A CHECK that a number lies in a closed range; null passes."""
    return sa.CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_range")


def not_negative(column: str) -> sa.CheckConstraint:
    """A CHECK that a number is zero or more; null passes."""
    return sa.CheckConstraint(f"{column} >= 0", name=f"{column}_not_negative")
