import pytest


@pytest.fixture
def conninfo(committed_database_url: str) -> str:
    return committed_database_url.replace("+psycopg", "")
