"""One real server for the abuse cases, people who use it, and a listener that nobody may reach."""

import socket
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString

import httpx2
import psycopg
import pytest

from resume_review.database.embedded import EmbeddedPostgres
from resume_review.database.session import psycopg_url
from resume_review.testing.consultant import ADMIN, Consultant, consultant
from resume_review.testing.postgres import temporary_database
from resume_review.testing.processes import Server

PASSWORD = "a phrase for tests only"


@dataclass
class Site:
    """A running server, its database and its directory."""

    server: Server
    database: str
    data_dir: Path
    _people: list[str] = field(default_factory=list[str])

    def rows(self, statement: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        """What the database says."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(statement, values or None).fetchall()

    @contextmanager
    def somebody(self, role: str = "junior_recruiter") -> Generator[httpx2.Client]:
        """A new account, signed in."""
        email = f"person{len(self._people)}@agency.example"
        self._people.append(email)
        with consultant(self.server.api) as robin:
            names = {"first_name": "Ada", "last_name": "Sato"}
            account = names | {"email": email, "role": role, "temporary_password": PASSWORD}
            robin.client.post("/admin/users", json=account).raise_for_status()
        self.rows("UPDATE users SET force_password_change = false WHERE email = %s RETURNING 1", email)
        with httpx2.Client(base_url=self.server.api, timeout=30) as client:
            login = client.post("/auth/login", json={"email": email, "password": PASSWORD})
            client.headers["authorization"] = f"Bearer {login.raise_for_status().json()['access_token']}"
            yield client

    def resident_megabytes(self) -> float:
        """Memory of the server process itself."""
        lines = Path(f"/proc/{self.server.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


@pytest.fixture(scope="session")
def site(postgres_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with a worker of its own; nothing limits how often it is asked."""
    data_dir = tmp_path_factory.mktemp("abused")
    with temporary_database(postgres_server) as address:
        url = psycopg_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
        with Server(data_dir, DATABASE_URL=url, WORKERS="1", RATE_LIMITS="off", **ADMIN) as server:
            yield Site(server, url, data_dir)


@pytest.fixture
def robin(site: Site) -> Iterator[Consultant]:
    """The first administrator."""
    with consultant(site.server.api) as someone:
        yield someone


@dataclass
class Trap:
    """A listener on this machine; whoever calls it has followed what stood in a file."""

    port: int
    callers: list[bytes] = field(default_factory=list[bytes])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/trap"


@pytest.fixture
def trap() -> Iterator[Trap]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sprung = Trap(listener.getsockname()[1])

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(5)
                    sprung.callers.append(connection.recv(1024))
                    connection.sendall(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield sprung
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)
