"""Agencies to measure: a running server on a database with so many reviews, and requests as its people send them."""

import asyncio
import itertools
import json
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import LiteralString, cast

import psycopg
from load import request
from psycopg import sql

from resume_review.core.clock import utc_now
from resume_review.database.embedded import EmbeddedPostgres
from resume_review.database.migrate import upgrade
from resume_review.features.auth.passwords import PasswordHasher
from resume_review.features.auth.tokens import AccessClaims, TokenSigner
from resume_review.testing.consultant import ADMIN
from resume_review.testing.processes import Server
from resume_review.testing.resumes import MARKDOWN

SECRET = "a secret that signs tokens of the bench only"
PASSWORD = "a phrase for tests only"
PEOPLE = 256
WHO_SIGN_IN = 64
REVIEWS_OF_A_CANDIDATE = 8
TURNS = 1_024
"""Different requests of a kind; more than a measurement sends of those that change something."""

_API = "/api/v1"
_ROWS = Path(__file__).with_name("many_reviews.sql")
_BOUNDARY = "the-part-ends-here"


class Route(StrEnum):
    LOGIN = "login"
    CANDIDATES = "list candidates"
    UPLOAD = "upload"
    CREATE = "create review"
    STATUS = "status"
    RESULT = "result"
    HISTORY = "history"


def counted(kind: int, number: int) -> uuid.UUID:
    """The id of a row that `many_reviews.sql` made."""
    return uuid.UUID(f"0190000{kind}-0000-7000-8000-{number:012x}")


@dataclass(frozen=True)
class Agency:
    """A server without workers, with its limits on: its people come from different addresses through a proxy."""

    server: Server
    reviews: int

    @property
    def port(self) -> int:
        return int(self.server.address.rpartition(":")[2])

    @property
    def candidates(self) -> int:
        return max(1, self.reviews // REVIEWS_OF_A_CANDIDATE)

    def requests(self, route: Route) -> list[bytes]:
        """By many people, about rows all over the tables."""
        chance = random.Random(route)
        if route is Route.LOGIN:
            return [_login(number) for number in range(WHO_SIGN_IN)]
        signer = TokenSigner(SECRET.encode())
        tokens = [
            signer.sign(AccessClaims(counted(1, number), counted(2, number)), now=utc_now())
            for number in range(WHO_SIGN_IN, PEOPLE)
        ]
        turns = zip(itertools.cycle(enumerate(tokens)), range(TURNS), strict=False)
        return [self._one(route, chance, token, _address(person)) for (person, token), _ in turns]

    def _one(self, route: Route, chance: random.Random, token: str, address: str) -> bytes:
        # Every tenth review failed or was cancelled: those have no result to show.
        review = counted(5, chance.randrange(self.reviews // 20) * 20 + chance.randrange(18))
        candidate = chance.randrange(self.candidates)
        match route:
            case Route.CREATE:
                path = f"{_API}/analysis/resumes/{counted(4, candidate)}/analyze"
                body = json.dumps({"industry": "strategy_consulting"}).encode()
                return request("POST", path, token=token, address=address, kind="application/json", body=body)
            case Route.UPLOAD:
                path = f"{_API}/resume_upload/candidates/{counted(3, candidate)}/resumes"
                kind = f"multipart/form-data; boundary={_BOUNDARY}"
                body = _file(f"{MARKDOWN}\n{chance.random()}")
                return request("POST", path, token=token, address=address, kind=kind, body=body)
            case Route.STATUS:
                path = f"{_API}/analysis/analysis/{review}/status"
            case Route.RESULT:
                path = f"{_API}/analysis/analysis/{review}"
            case Route.HISTORY:
                path = f"{_API}/analysis?page_size=25"
            case _:
                path = f"{_API}/candidates?limit=25"
        return request("GET", path, token=token, address=address)


def open_agency(postgres: EmbeddedPostgres, data_dir: Path, *, reviews: int) -> Agency:
    """Fill a database and serve it; the caller stops the server."""
    name = f"agency_{reviews}"
    postgres.ensure_database(name)
    upgrade(postgres.conninfo(name))
    _fill(postgres.conninfo(name), reviews)
    server = Server(
        data_dir,
        WORKERS="0",
        DATABASE_URL=postgres.conninfo(name),
        SECRET_KEY=SECRET,
        TRUSTED_PROXIES="127.0.0.1",
        **ADMIN,
    )
    return Agency(server, reviews)


def _fill(conninfo: str, reviews: int) -> None:
    values = {
        "reviews": reviews,
        "candidates": max(1, reviews // REVIEWS_OF_A_CANDIDATE),
        "users": PEOPLE,
        "text": MARKDOWN,
        "password_hash": asyncio.run(PasswordHasher().hash(PASSWORD)),
    }
    statements = sql.SQL(cast("LiteralString", _ROWS.read_text())).format(
        **{name: sql.Literal(value) for name, value in values.items()}
    )
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(statements)


def _login(number: int) -> bytes:
    body = json.dumps({"email": f"recruiter{number}@agency.example", "password": PASSWORD}).encode()
    return request("POST", f"{_API}/auth/login", address=_address(number), kind="application/json", body=body)


def _address(person: int) -> str:
    return f"10.1.{person // 250}.{person % 250 + 1}"


def _file(text: str) -> bytes:
    lines: Sequence[str] = (
        f"--{_BOUNDARY}",
        'Content-Disposition: form-data; name="file"; filename="resume.md"',
        "Content-Type: text/markdown",
        "",
        text,
        f"--{_BOUNDARY}--",
        "",
    )
    return "\r\n".join(lines).encode()
