"""Names under which a file and what is made of it are kept."""

import uuid

FOLDER = "resumes"


def storage_key(file_id: uuid.UUID) -> str:
    """Where the file store keeps a file; the id is used for no second file, ever."""
    return f"{FOLDER}/{file_id}"


def pictures_prefix(key: str) -> str:
    """How the names of all kept pictures of a file begin."""
    return f"page:{key}:"
