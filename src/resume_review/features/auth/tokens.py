"""Access tokens (signed, short) and refresh tokens (random, stored hashed)."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from resume_review.features.auth.errors import NotAuthenticatedError

ACCESS_LIFETIME = timedelta(minutes=30)
REFRESH_LIFETIME = timedelta(days=7)
REFRESH_BYTES = 32
ISSUER = "resume-review"
AUDIENCE = "resume-review-api"
ALGORITHM = "HS256"
TYPE = "at+jwt"
LEEWAY_SECONDS = 5


@dataclass(frozen=True)
class AccessClaims:
    """Whose token it is, and of which session."""

    user_id: uuid.UUID
    session_id: uuid.UUID


class TokenSigner:
    """Signs and checks access tokens; only one algorithm, type, issuer and audience is ever accepted."""

    def __init__(self, key: bytes) -> None:
        self._key = OctKey.import_key(key)
        self._claims = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": ISSUER},
            aud={"essential": True, "value": AUDIENCE},
            exp={"essential": True},
            sub={"essential": True},
            sid={"essential": True},
        )

    def sign(self, claims: AccessClaims, *, now: datetime) -> str:
        """A token that is valid for `ACCESS_LIFETIME`."""
        body = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": int(now.timestamp()),
            "exp": int((now + ACCESS_LIFETIME).timestamp()),
            "sub": str(claims.user_id),
            "sid": str(claims.session_id),
        }
        return jwt.encode({"alg": ALGORITHM, "typ": TYPE}, body, self._key)

    def check(self, token: str) -> AccessClaims:
        """The claims of a valid token.

        Raises:
            NotAuthenticatedError: Anything about the token is not as it must be.
        """
        try:
            decoded = jwt.decode(token, self._key, algorithms=[ALGORITHM])
            if decoded.header.get("typ") != TYPE:
                raise NotAuthenticatedError
            self._claims.validate(decoded.claims)
            return AccessClaims(uuid.UUID(decoded.claims["sub"]), uuid.UUID(decoded.claims["sid"]))
        except (JoseError, ValueError, TypeError, AttributeError):
            raise NotAuthenticatedError from None


def new_refresh_token() -> str:
    """256 random bits, printable."""
    return secrets.token_urlsafe(REFRESH_BYTES)


def token_hash(token: str) -> str:
    """What is stored of a refresh token; it has enough entropy for a plain hash."""
    return hashlib.sha256(token.encode()).hexdigest()
