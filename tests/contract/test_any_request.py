"""Any request at all: Schemathesis reads the API's description and sends what it allows, and what it forbids."""

import subprocess
import sys
from pathlib import Path

import pytest

from resume_review.testing.consultant import ADMIN, consultant
from resume_review.testing.processes import Server

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(600)]

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "ignored_auth",
    "use_after_free",
)
# These end the session that all other requests are made with, or answer for as long as somebody listens.
LEFT_OUT = "logout|sessions/revoke|change-password|reset-password|/events$"
SUMMARY = "SUMMARY"


def test_no_request_breaks_the_server_or_its_description(tmp_path: Path) -> None:
    with Server(tmp_path / "data", RATE_LIMITS="off", **ADMIN) as server:
        with consultant(server.api) as caller:
            caller.ended(caller.request(caller.upload()))
            token = caller.token
        command = [
            str(Path(sys.executable).with_name("schemathesis")), "run", f"{server.address}/openapi.json",
            "--header", f"Authorization: Bearer {token}", "--checks", ",".join(CHECKS),
            "--exclude-path-regex", LEFT_OUT, "--max-examples", "2", "--seed", "1", "--request-timeout", "20",
            "--continue-on-failure", "--warnings", "off",
        ]  # fmt: skip
        result = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
        )

    assert result.returncode == 0, result.stdout[:6000] + result.stdout[-2000:]
    assert SUMMARY in result.stdout
