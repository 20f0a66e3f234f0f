"""Signing in and staying so: cases 21, 24 and 30, at a real server."""

import base64
import hashlib
import hmac
import json
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from resume_review.testing.consultant import ADMIN, Consultant, consultant
from resume_review.testing.processes import Server
from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from tests.reliability.abuse.conftest import Site, Trap

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

ROUNDS, ATTEMPTS = 4, 12
MOST_DIFFERENCE = 0.05


def _seconds(site: "Site", email: str) -> float:
    body = {"email": email, "password": "a guess that is wrong"}
    began = time.perf_counter()
    answer = httpx2.post(f"{site.server.api}/auth/login", json=body)
    seconds = time.perf_counter() - began
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.invalid_credentials")
    return seconds


def test_case_21_a_known_address_answers_as_fast_as_an_unknown_one(site: "Site", robin: Consultant) -> None:
    known = [f"known{number}@agency.example" for number in range(ATTEMPTS)]
    for email in known:
        account = {
            "email": email,
            "role": "junior_recruiter",
            "temporary_password": "a phrase for tests only",
        }
        robin.client.post(
            "/admin/users", json=account | {"first_name": "A", "last_name": "B"}
        ).raise_for_status()

    # A true difference shows in every round, a busy machine in some.
    differences: list[float] = []
    for round_number in range(ROUNDS):
        pairs = [(_seconds(site, email), _seconds(site, f"unknown{round_number}{email}")) for email in known]
        medians = [statistics.median(column) for column in zip(*pairs, strict=True)]
        differences.append(abs(medians[0] - medians[1]) / medians[0])

    assert min(differences) < MOST_DIFFERENCE, differences


def _encoded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def _signed(header: dict[str, Any], claims: dict[str, Any], key: bytes, digest: str = "sha256") -> str:
    text = f"{_encoded(header)}.{_encoded(claims)}"
    signature = hmac.new(key, text.encode(), digest).digest()
    return f"{text}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def _claims(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


def test_case_24_forged_tokens_open_nothing(site: "Site", robin: Consultant, trap: "Trap") -> None:
    secret = (site.data_dir / "secret.key").read_text().strip().encode()
    claims, head = _claims(robin.token), {"alg": "HS256", "typ": "at+jwt"}
    spoken_for = {"kty": "oct", "k": base64.urlsafe_b64encode(b"x" * 32).decode()}
    forged = {
        "no signature": f"{_encoded(head | {'alg': 'none'})}.{_encoded(claims)}.",
        "None": f"{_encoded(head | {'alg': 'NoNe'})}.{_encoded(claims)}.",
        "another key": _signed(head, claims, b"x" * 32),
        "no key": _signed(head, claims, b""),
        "RS256 by name": _signed(head | {"alg": "RS256"}, claims, secret),
        "a stronger digest": _signed(head | {"alg": "HS512"}, claims, secret, "sha512"),
        "kid of a path": _signed(head | {"kid": "/dev/null"}, claims, b""),
        "kid of a query": _signed(head | {"kid": "' UNION SELECT 'x"}, claims, b"x"),
        "jku": _signed(head | {"jku": trap.url, "kid": "1"}, claims, b"x" * 32),
        "x5u": _signed(head | {"x5u": trap.url}, claims, b"x" * 32),
        "a key of its own": _signed(head | {"jwk": spoken_for}, claims, b"x" * 32),
        "a header to be obeyed": _signed(head | {"crit": ["x"], "x": 1}, claims, secret),
        "past its end": _signed(head, claims | {"exp": 1}, secret),
        "without an end": _signed(head, {k: v for k, v in claims.items() if k != "exp"}, secret),
        "not yet": _signed(head, claims | {"nbf": int(time.time()) + 3600}, secret),
        "for somebody else": _signed(head, claims | {"aud": "another"}, secret),
        "by somebody else": _signed(head, claims | {"iss": "another"}, secret),
        "another type": _signed(head | {"typ": "JWT"}, claims, secret),
        "an unknown session": _signed(head, claims | {"sid": claims["sub"]}, secret),
        "another user": _signed(head, claims | {"sub": claims["sid"]}, secret),
    }

    opened = {
        name: answer.status_code
        for name, token in forged.items()
        if (
            answer := httpx2.get(f"{site.server.api}/auth/me", headers={"authorization": f"Bearer {token}"})
        ).status_code
        != 401
    }
    genuine = httpx2.get(
        f"{site.server.api}/auth/me", headers={"authorization": f"Bearer {_signed(head, claims, secret)}"}
    )

    assert opened == {}
    assert genuine.status_code == 200  # the forger's tools work
    assert trap.callers == []


def test_case_30_no_secret_and_no_resume_is_in_the_log_of_a_whole_run(tmp_path: Path) -> None:
    with Server(tmp_path, WORKERS="1", RATE_LIMITS="off", **ADMIN) as server, consultant(server.api) as robin:
        key = robin.client.post("/profile/api-keys", json={"name": "k", "scopes": ["reviews:read"]}).json()[
            "key"
        ]
        login = httpx2.post(
            f"{server.api}/auth/login",
            json={"email": ADMIN["ADMIN_EMAIL"], "password": ADMIN["ADMIN_PASSWORD"]},
        ).json()
        secrets = {
            "key": key, "access": robin.token, "refresh": login["refresh_token"], "password": ADMIN["ADMIN_PASSWORD"],
            "signing key": (tmp_path / "secret.key").read_text().strip(),
        }  # fmt: skip
        resume_id = robin.upload()
        robin.ended(robin.request(resume_id))
        _provoke(server, robin, secrets)
        told = "".join(answer.text for answer in _provoke(server, robin, secrets))
        server.stop()
        log = "\n".join(server.lines) + server.errors

    shown = {name for name, secret in secrets.items() if secret in log or secret in told}
    texts = {line for line in MARKDOWN.splitlines() if len(line) > 20 and line.strip("- ") in log}
    digests = {name for name, secret in secrets.items() if hashlib.sha256(secret.encode()).hexdigest() in log}
    assert "/auth/login" in log  # it was written
    assert (shown, texts, digests) == (set(), set(), set())


def _provoke(server: Server, robin: Consultant, secrets: dict[str, str]) -> list[httpx2.Response]:
    """Errors of every kind, with every secret in every place."""
    answers: list[httpx2.Response] = []
    for secret in secrets.values():
        bearer = {"authorization": f"Bearer {secret}"}
        answers += [
            httpx2.get(f"{server.api}/candidates", params={"api_key": secret, "access_token": secret}),
            httpx2.get(f"{server.api}/candidates/{secret}", headers=bearer),
            httpx2.post(f"{server.api}/auth/refresh", json={"refresh_token": secret + "x"}),
            httpx2.post(
                f"{server.api}/auth/login", json={"email": f"{secret[:20]}@x.example", "password": secret}
            ),
            httpx2.post(f"{server.api}/auth/login", content=b'{"password": "' + secret.encode()),
            httpx2.get(
                f"{server.api}/auth/me", headers={"cookie": f"session={secret}", "x-request-id": secret}
            ),
        ]
        robin.client.get("/analysis", params={"page_size": secret})
    return answers
