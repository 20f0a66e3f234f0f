"""Opening the file store that the settings name, or saying what is in the way."""

from collections.abc import Callable

from resume_review.core.errors import StartupError
from resume_review.core.settings import PREFIX, Settings
from resume_review.infrastructure.storage.errors import (
    FileDamagedError,
    FileMissingError,
    StorageError,
    StorageKeyError,
)
from resume_review.infrastructure.storage.places import open_place
from resume_review.infrastructure.storage.sealing import Keyring
from resume_review.infrastructure.storage.store import FileStore

MARKS = "keys"
"""The folder that names each key which ever sealed a file here, and holds nothing secret."""


async def open_file_store(settings: Settings) -> FileStore:
    """The store, once it has answered and every key that its files need is there.

    Raises:
        StartupError: One line that says what is wrong with the address or the keys.
    """
    keys = Keyring(settings.storage_keys)
    files = FileStore(open_place(settings.files_url), keys)
    try:
        await files.check()
        used = await _keys_used(files)
        _refuse_missing(used - set(keys.ids), some=bool(keys.ids))
        if keys.ids and keys.ids[0] not in used:
            await files.put(f"{MARKS}/{keys.ids[0]}", b"")
    except StorageError as error:
        raise StartupError(
            f"{PREFIX}STORAGE_URL: {settings.files_url} cannot be used: {error.reason}. Check the address, and for a "
            "bucket the vendor's variables: docs/operate/storage.md lists them."
        ) from None
    return files


async def reseal_all(settings: Settings, failed: Callable[[str, str], None]) -> int:
    """Seal every file with the first key, as none or another did; how many files that were.

    When all went well, the other keys are needed no more. May be broken off and begun again at any time, while the
    platform works.

    Args:
        settings: Where the files are, and the keys.
        failed: Told the key and the error code of each file that is left as it was.

    Raises:
        StartupError: The address or the keys are wrong.
        StorageError: The store does not answer.
    """
    if not settings.storage_keys:
        raise StartupError(f"{PREFIX}STORAGE_KEY: not set, so there is no key to seal files with.")
    files, written, whole = await open_file_store(settings), 0, True
    async for keys in files.list():
        for key in keys:
            try:
                written += not key.startswith(f"{MARKS}/") and await files.reseal(key)
            except FileMissingError:
                continue
            except (FileDamagedError, StorageKeyError) as error:
                whole = False
                failed(key, error.code)
    if whole:
        first = Keyring(settings.storage_keys).ids[0]
        for identity in await _keys_used(files) - {first}:
            await files.delete(f"{MARKS}/{identity}")
    return written


async def _keys_used(files: FileStore) -> set[str]:
    """The ids of the keys that sealed files of this store."""
    return {mark.rpartition("/")[2] async for marks in files.list(MARKS) for mark in marks}


def _refuse_missing(missing: set[str], *, some: bool) -> None:
    if not missing:
        return
    known = ", ".join(sorted(missing))
    advice = (
        "Add it behind the others; it can go after `resume-review storage reseal`"
        if some
        else "Set the key they were sealed with"
    )
    raise StartupError(
        f"{PREFIX}STORAGE_KEY: stored files are sealed with a key that is not given here (id {known}). {advice}."
    )
