import base64
import json
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.features.auth.errors import NotAuthenticatedError
from resume_review.features.auth.tokens import ACCESS_LIFETIME, AccessClaims, TokenSigner

pytestmark = pytest.mark.unit

KEY = b"k" * 32
CLAIMS = AccessClaims(user_id=new_id(), session_id=new_id())


def body(**changes: object) -> dict[str, object]:
    now = int(utc_now().timestamp())
    claims: dict[str, object] = {
        "iss": "resume-review",
        "aud": "resume-review-api",
        "iat": now,
        "exp": now + 60,
        "sub": str(CLAIMS.user_id),
        "sid": str(CLAIMS.session_id),
    }
    return {name: value for name, value in (claims | changes).items() if value is not None}


def forge(*, key: bytes = KEY, header: dict[str, object] | None = None, **changes: object) -> str:
    return jwt.encode(
        {"alg": "HS256", "typ": "at+jwt"} | (header or {}), body(**changes), OctKey.import_key(key)
    )


def unsigned(algorithm: str) -> str:
    parts = [{"alg": algorithm, "typ": "at+jwt"}, body()]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*encoded, ""])


def test_a_signed_token_gives_its_claims_back() -> None:
    signer = TokenSigner(KEY)

    assert signer.check(signer.sign(CLAIMS, now=utc_now())) == CLAIMS


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        "a.b.c",
        unsigned("none"),
        unsigned("HS256"),
        forge(key=b"x" * 32),
        forge(header={"typ": "JWT"}),
        forge(exp=int(utc_now().timestamp()) - 60),
        forge(exp=None),
        forge(aud="another"),
        forge(iss="another"),
        forge(sub="not an id"),
        forge(sid=None),
        forge(header={"kid": "../../dev/null"}) + "x",
    ],
    ids=[
        "empty",
        "nonsense",
        "three parts",
        "algorithm none",
        "no signature",
        "wrong key",
        "wrong type",
        "expired",
        "no expiry",
        "wrong audience",
        "wrong issuer",
        "wrong subject",
        "no session",
        "changed signature",
    ],
)
def test_a_forged_token_is_refused(token: str) -> None:
    with pytest.raises(NotAuthenticatedError):
        TokenSigner(KEY).check(token)


def test_a_token_ends_after_its_lifetime() -> None:
    signer = TokenSigner(KEY)
    old = signer.sign(CLAIMS, now=utc_now() - ACCESS_LIFETIME - timedelta(seconds=10))

    with pytest.raises(NotAuthenticatedError):
        signer.check(old)
