"""Reading the address of the database."""

import pytest

from resume_review.database.session import create_engine, psycopg_url

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+asyncpg"])
def test_any_postgres_address_runs_on_psycopg(scheme: str) -> None:
    url = psycopg_url(f"{scheme}://robin:secret@db.internal:5433/reviews")

    assert url.render_as_string(hide_password=False) == (
        "postgresql+psycopg://robin:secret@db.internal:5433/reviews"
    )


@pytest.mark.parametrize("address", ["sqlite:///x.db", "mysql://robin:secret@host/x", "secret", ""])
def test_another_database_is_refused_without_repeating_the_address(address: str) -> None:
    with pytest.raises(ValueError, match="must look like postgresql://") as caught:
        psycopg_url(address)

    assert "secret" not in str(caught.value)


def test_unreadable_port_is_refused_without_repeating_the_address() -> None:
    with pytest.raises(ValueError, match="must look like postgresql://") as caught:
        psycopg_url("postgresql://robin:secret@host:port/x")

    assert "secret" not in str(caught.value)


def test_engine_does_not_show_its_password() -> None:
    assert "secret" not in repr(create_engine("postgresql://robin:secret@host/x"))
