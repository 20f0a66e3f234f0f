import asyncio
import uuid
from typing import TYPE_CHECKING

import pytest

from resume_review.testing.resumes import MARKDOWN

if TYPE_CHECKING:
    from resume_review.features.resume_upload.tests.conftest import Uploads

pytestmark = pytest.mark.integration

AT_ONCE = 4


async def test_case_16_the_same_file_again_is_said_and_kept_once(uploads: "Uploads") -> None:
    first = await uploads.sent()

    second = await uploads.sent(name="again.md")

    assert first["duplicate_of"] is None
    assert second["version_number"] == 2
    assert second["duplicate_of"] == {
        "resume_id": first["id"],
        "version": 1,
        "uploaded_at": first["uploaded_at"],
    }
    assert [warning["kind"] for warning in second["warnings"]] == ["duplicate"]
    assert len(uploads.stored()) == 1


async def test_case_16_another_candidate_gives_no_hint(uploads: "Uploads") -> None:
    await uploads.sent()

    other = (await uploads.send(candidate_id=await uploads.candidate())).json()

    assert (other["duplicate_of"], other["warnings"]) == (None, [])
    assert len(uploads.stored()) == 2


async def test_another_content_is_no_duplicate(uploads: "Uploads") -> None:
    await uploads.sent()

    assert (await uploads.sent(MARKDOWN.replace("2.1", "2.2").encode()))["duplicate_of"] is None


async def test_a_shared_file_goes_with_its_last_version(uploads: "Uploads") -> None:
    first, second = await uploads.sent(), await uploads.sent()

    await uploads.call("DELETE", f"/{first['id']}")
    await uploads.removing.run(uuid.UUID(first["id"]))
    kept = len(uploads.stored())
    await uploads.call("DELETE", f"/{second['id']}")
    await uploads.removing.run(uuid.UUID(first["id"]))

    assert (kept, uploads.stored()) == (1, [])


async def test_case_16_the_same_file_at_once_has_one_first_version(live: "Uploads") -> None:
    bodies = await asyncio.gather(*(live.sent() for _ in range(AT_ONCE)))

    bodies.sort(key=lambda body: body["version_number"])
    assert [body["version_number"] for body in bodies] == [1, 2, 3, 4]
    assert [body["duplicate_of"] and body["duplicate_of"]["version"] for body in bodies] == [None, 1, 2, 3]
    assert len(live.stored()) == 1
