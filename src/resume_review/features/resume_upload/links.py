"""Links to a file that open without a sign-in: for minutes, for one user's eyes, for one file."""

import base64
import binascii
import hmac
import uuid
from datetime import datetime, timedelta

from resume_review.features.resume_upload.errors import LinkExpiredError

LINK_LIFETIME = timedelta(minutes=5)
# A bucket is asked at once; the link to it need not outlive the redirection.
DIRECT_LIFETIME = timedelta(minutes=1)
_PURPOSE = b"resume-review file link"
_TIME_BYTES = 8
_ID_BYTES = 16
_MAC_BYTES = 32


class FileLinks:
    """Signs links. One is worth as much as the user who made it at the time it is opened, and no more."""

    def __init__(self, key: bytes) -> None:
        # A key of its own, so that no signature made for something else is one for a link.
        self._key = hmac.digest(key, _PURPOSE, "sha256")

    def sign(self, resume_id: uuid.UUID, user_id: uuid.UUID, *, expires_at: datetime) -> str:
        """The token of a link to the file of this resume."""
        bound = int(expires_at.timestamp()).to_bytes(_TIME_BYTES, "big") + user_id.bytes
        return base64.urlsafe_b64encode(bound + self._mac(bound, resume_id)).decode().rstrip("=")

    def check(self, token: str, resume_id: uuid.UUID, *, now: datetime) -> uuid.UUID:
        """Whose link to this resume it is.

        Raises:
            LinkExpiredError: Its time is over, or it was not made here for this resume.
        """
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise LinkExpiredError from None
        bound, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
        if len(bound) != _TIME_BYTES + _ID_BYTES or not hmac.compare_digest(mac, self._mac(bound, resume_id)):
            raise LinkExpiredError
        if int.from_bytes(bound[:_TIME_BYTES], "big") <= now.timestamp():
            raise LinkExpiredError
        return uuid.UUID(bytes=bound[_TIME_BYTES:])

    def _mac(self, bound: bytes, resume_id: uuid.UUID) -> bytes:
        return hmac.digest(self._key, bound + resume_id.bytes, "sha256")
