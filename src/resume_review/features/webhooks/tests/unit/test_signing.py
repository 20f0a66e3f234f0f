import base64
import hashlib
import hmac
import uuid
from datetime import UTC, datetime

import pytest

from resume_review.features.webhooks.signing import new_secret, signed_headers

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_a_secret_is_256_random_bits_as_the_standard_writes_them() -> None:
    secret = new_secret()

    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret != new_secret()


def test_57_the_signature_covers_id_time_and_body() -> None:
    secret, message_id = new_secret(), uuid.uuid4()
    headers = signed_headers(message_id, b'{"a":1}', secrets_in_use=[secret], now=NOW)

    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{int(NOW.timestamp())}.".encode() + b'{"a":1}'
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers == {
        "webhook-id": str(message_id),
        "webhook-timestamp": str(int(NOW.timestamp())),
        "webhook-signature": f"v1,{expected}",
    }


def test_a_known_answer_of_the_standard() -> None:
    """The example of the specification's reference libraries."""
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signed = b'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}'

    signature = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()

    assert signature == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_two_secrets_give_two_signatures() -> None:
    headers = signed_headers(uuid.uuid4(), b"", secrets_in_use=[new_secret(), new_secret()], now=NOW)

    assert [part.partition(",")[0] for part in headers["webhook-signature"].split(" ")] == ["v1", "v1"]
