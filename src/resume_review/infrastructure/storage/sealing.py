"""Encryption at rest: every file has a key of its own, which is kept before it, wrapped by a key of the settings.

A sealed file is `MAGIC`, the id of the wrapping key, a nonce, the wrapped file key, and then chunks of 64 KiB, each
sealed with AES-256-GCM under its number and whether it is the last. So files are written and read as streams and in
parts, and a chunk that is changed, moved, repeated or cut off is noticed, as is a whole file in the place of another.
"""

import hashlib
import os
from collections.abc import AsyncGenerator, AsyncIterable, Iterator, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from resume_review.infrastructure.storage.errors import FileDamagedError, StorageKeyError

MAGIC = b"RRSEAL1\n"
CHUNK = 64 * 1024
TAG = 16
SEALED_CHUNK = CHUNK + TAG
_ID_BYTES = 8
_NONCE = 12
_FILE_KEY = 32
HEADER = len(MAGIC) + _ID_BYTES + _NONCE + _FILE_KEY + TAG


def plain_size(stored: int) -> int:
    """The bytes that a sealed file of so many bytes holds."""
    body = max(0, stored - HEADER)
    return body - TAG * -(-body // SEALED_CHUNK)


class FileCipher:
    """Seals and opens the chunks of one file."""

    def __init__(self, file_key: bytes) -> None:
        self._cipher = AESGCM(file_key)

    def seal(self, number: int, chunk: bytes | memoryview, *, last: bool) -> bytes:
        """The chunk with its tag."""
        return self._cipher.encrypt(_chunk_nonce(number, last=last), chunk, None)

    def open(self, number: int, sealed: bytes | memoryview, *, last: bool) -> bytes:
        """What was sealed.

        Raises:
            FileDamagedError: It was not this chunk in this place.
        """
        try:
            return self._cipher.decrypt(_chunk_nonce(number, last=last), sealed, None)
        except (InvalidTag, ValueError):
            raise FileDamagedError from None


class Keyring:
    """The keys of the settings; the first one wraps, all of them unwrap. Without one, nothing is sealed."""

    def __init__(self, keys: Sequence[bytes] = ()) -> None:
        self._wraps = {_key_id(key): AESGCM(key) for key in keys}

    @property
    def ids(self) -> tuple[str, ...]:
        """By which names the keys are known; they say nothing about them."""
        return tuple(identity.hex() for identity in self._wraps)

    def new_file(self, name: str) -> tuple[bytes, FileCipher]:
        """The beginning of a sealed file, and what seals the rest."""
        identity, wrap = next(iter(self._wraps.items()))
        file_key, nonce = AESGCM.generate_key(_FILE_KEY * 8), os.urandom(_NONCE)
        wrapped = wrap.encrypt(nonce, file_key, _bound_to(name))
        return MAGIC + identity + nonce + wrapped, FileCipher(file_key)

    def cipher_of(self, header: bytes, name: str) -> FileCipher:
        """What opens the file that begins so.

        Raises:
            StorageKeyError: It was wrapped by a key that is not here.
            FileDamagedError: It is no whole header, or that of another file.
        """
        wrap = self._wraps.get(header[len(MAGIC) : len(MAGIC) + _ID_BYTES])
        if wrap is None:
            raise StorageKeyError
        nonce_at = len(MAGIC) + _ID_BYTES
        try:
            nonce, wrapped = header[nonce_at : nonce_at + _NONCE], header[nonce_at + _NONCE : HEADER]
            return FileCipher(wrap.decrypt(nonce, wrapped, _bound_to(name)))
        except (InvalidTag, ValueError):
            raise FileDamagedError from None

    def sealed(self, name: str, data: bytes) -> Iterator[bytes]:
        """A file as it is stored, one chunk at a time."""
        header, cipher = self.new_file(name)
        yield header
        view, chunks = memoryview(data), max(1, -(-len(data) // CHUNK))
        for number in range(chunks):
            start = number * CHUNK
            yield cipher.seal(number, view[start : start + CHUNK], last=number == chunks - 1)

    def sealed_by_first(self, beginning: bytes) -> bool:
        """Whether a file that begins so was sealed with the key that seals now."""
        first = next(iter(self._wraps), None)
        return first is not None and beginning.startswith(MAGIC + first)


async def rechunked(pieces: AsyncIterable[bytes], size: int) -> AsyncGenerator[bytes]:
    """The same bytes in chunks of one size, of which the last may be smaller."""
    held = bytearray()
    async for piece in pieces:
        held += piece
        whole = len(held) - len(held) % size
        for start in range(0, whole, size):
            yield bytes(memoryview(held)[start : start + size])
        del held[:whole]
    if held:
        yield bytes(held)


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"resume-review storage key" + key).digest()[:_ID_BYTES]


def _bound_to(name: str) -> bytes:
    return MAGIC + name.encode()


def _chunk_nonce(number: int, *, last: bool) -> bytes:
    # Numbers never repeat under one file key, and a file key is never used for a second file.
    return number.to_bytes(_NONCE - 1, "big") + bytes([last])
