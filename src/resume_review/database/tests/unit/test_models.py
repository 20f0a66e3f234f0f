"""What holds for every model, read from the mappings alone."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Mapper, RelationshipProperty

from resume_review.database import models
from resume_review.database.base import Base
from resume_review.testing.factories import make_user

pytestmark = pytest.mark.unit

MAPPERS: list[Mapper[Base]] = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
RELATIONSHIPS = [relation for mapper in MAPPERS for relation in mapper.relationships]
COLUMNS = [column for table in Base.metadata.sorted_tables for column in table.columns]


@pytest.mark.parametrize("relation", RELATIONSHIPS, ids=str)
def test_relationship_never_loads_by_itself(relation: RelationshipProperty[object]) -> None:
    assert relation.lazy == "raise"


@pytest.mark.parametrize("column", [c for c in COLUMNS if isinstance(c.type, sa.DateTime)], ids=str)
def test_time_is_aware(column: sa.Column[object]) -> None:
    assert isinstance(column.type, sa.DateTime)
    assert column.type.timezone


def test_every_model_is_exported() -> None:
    assert {mapper.class_.__name__ for mapper in MAPPERS} == set(models.__all__)


def test_id_is_known_before_the_row_is_written() -> None:
    assert make_user().id.version == 7


def test_repr_shows_no_content() -> None:
    user = make_user(email="secret@example.com")

    assert "secret" not in repr(user)
