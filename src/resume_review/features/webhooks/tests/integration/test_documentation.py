"""The receiver of the documentation, run against what the platform sends."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.features.webhooks.signing import new_secret, signed_headers

pytestmark = pytest.mark.integration

DOCUMENTATION = Path(__file__).parents[6] / "docs" / "webhooks.md"
BODY = b'{"type":"ping"}'

IsGenuine = Callable[[str, dict[str, str], bytes, set[str]], bool]


@pytest.fixture(scope="module")
def is_genuine() -> IsGenuine:
    snippet = re.search(r"```python\n(.+?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    assert snippet is not None
    names: dict[str, object] = {}
    exec(snippet.group(1), names)  # noqa: S102 - our own documentation
    return cast("IsGenuine", names["is_genuine"])


def headers_of(*secrets: str, age: timedelta = timedelta(0)) -> dict[str, str]:
    return signed_headers(new_id(), BODY, secrets_in_use=secrets, now=utc_now() - age)


def test_a_true_message_is_accepted_with_the_old_and_the_new_secret(is_genuine: IsGenuine) -> None:
    old, new = new_secret(), new_secret()
    headers = headers_of(new, old)

    assert is_genuine(new, headers, BODY, set())
    assert is_genuine(old, headers, BODY, set())


def test_57_a_replayed_message_is_refused_by_its_id(is_genuine: IsGenuine) -> None:
    secret, seen = new_secret(), set[str]()
    headers = headers_of(secret)

    assert [is_genuine(secret, headers, BODY, seen) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("age", [timedelta(minutes=10), timedelta(minutes=-10)])
def test_57_a_clock_ten_minutes_off_is_refused(is_genuine: IsGenuine, age: timedelta) -> None:
    secret = new_secret()

    assert not is_genuine(secret, headers_of(secret, age=age), BODY, set())


def test_57_a_changed_body_time_or_id_is_refused(is_genuine: IsGenuine) -> None:
    secret = new_secret()
    headers = headers_of(secret)
    later = {**headers, "webhook-timestamp": str(int(time.time()) + 1)}
    other = {**headers, "webhook-id": str(new_id())}

    assert not is_genuine(secret, headers, BODY + b" ", set())
    assert not is_genuine(secret, later, BODY, set())
    assert not is_genuine(secret, other, BODY, set())


def test_57_another_secret_is_refused(is_genuine: IsGenuine) -> None:
    assert not is_genuine(new_secret(), headers_of(new_secret()), BODY, set())
