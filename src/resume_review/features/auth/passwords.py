"""Hashing and judging passwords."""

import asyncio
import unicodedata
from functools import cached_property

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

from resume_review.features.auth.errors import WeakPasswordError

MIN_LENGTH = 12
MAX_LENGTH = 128
MIN_DISTINCT = 5
MIN_NAME_LENGTH = 4
HASHES_AT_ONCE = 2
COMMON = (
    "password",
    "passwort",
    "123456",
    "qwerty",
    "letmein",
    "welcome",
    "iloveyou",
    "administrator",
    "changeme",
)


class PasswordHasher:
    """Argon2id with the OWASP profile (19 MiB, two passes); old bcrypt hashes verify and are rehashed.

    Each hash takes its memory while it runs, so only a few run at once: a flood of logins queues up
    instead of filling the machine.
    """

    def __init__(self) -> None:
        argon2 = Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._hash = PasswordHash((argon2, BcryptHasher()))
        self._slots = asyncio.Semaphore(HASHES_AT_ONCE)

    @cached_property
    def _nobody(self) -> str:
        return self._hash.hash("no account has this password")

    async def hash(self, password: str) -> str:
        """A new Argon2id hash."""
        async with self._slots:
            return await asyncio.to_thread(self._hash.hash, _normalise(password))

    async def verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        """Whether the password fits, and a better hash to store where the old one is outdated.

        A null `stored` costs the same time and never fits, so that unknown accounts do not answer faster.
        """
        if len(password) > MAX_LENGTH:
            password = password[:MAX_LENGTH] + "\0"
        async with self._slots:
            fits, better = await asyncio.to_thread(self._verify, _normalise(password), stored)
        return (fits, better) if stored is not None else (False, None)

    def _verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        return self._hash.verify_and_update(password, stored or self._nobody)


def require_strong(password: str, *, email: str) -> None:
    """Length, not composition, makes a password strong; common ones are refused.

    Raises:
        WeakPasswordError: It is too short, too long, too uniform, common, or holds the e-mail's name.
    """
    folded = _normalise(password).casefold()
    bare = folded.strip("0123456789!?.-_ ")
    if (
        not MIN_LENGTH <= len(password) <= MAX_LENGTH
        or len(set(folded)) < MIN_DISTINCT
        or any(folded in (word * 4)[: len(folded)] or bare == word for word in COMMON)
        or _gives_away(email.partition("@")[0].casefold(), folded)
    ):
        raise WeakPasswordError


def _gives_away(name: str, password: str) -> bool:
    """Shorter names than this are in nearly every phrase by chance."""
    return len(name) >= MIN_NAME_LENGTH and name in password


def _normalise(password: str) -> str:
    """The same characters typed on another keyboard are the same password (NIST 800-63B)."""
    return unicodedata.normalize("NFKC", password)
