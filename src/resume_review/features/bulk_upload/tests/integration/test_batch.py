import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.database.models import Resume, UploadBatch
from resume_review.features.stored_files.tasks import RemoveFiles
from resume_review.infrastructure.queue import Priority
from resume_review.testing.queries import QueryCounter

if TYPE_CHECKING:
    from resume_review.features.bulk_upload.tests.conftest import Pile

pytestmark = pytest.mark.integration

BAD = [
    ("program.pdf", b"MZ\x90\x00" + bytes(500)),
    ("damaged.docx", b"PK\x03\x04" + bytes(50)),
    ("empty.pdf", b""),
    ("broken.pdf", b"%PDF-1.7 broken"),
    ("short.txt", b"Too short."),
]


async def count(session: AsyncSession, table: type[Resume | UploadBatch]) -> int:
    return await session.scalar(select(func.count(table.id))) or 0


async def test_each_file_of_a_large_pile_has_an_outcome_of_its_own(pile: "Pile") -> None:
    loose = [pile.resume(f"Robin Number{n}", f"robin{n}@example.com") for n in range(20)]
    packed = [pile.resume(f"Kim Number{n}", f"kim{n}@example.com") for n in range(12)]

    accepted = await pile.send([*loose, *BAD, ("pile.zip", pile.zipped(*packed))])
    body = await pile.work_off(accepted.json())

    assert accepted.status_code == 202
    assert len(body["items"]) == 20 + len(BAD) + 12
    assert body["totals"] == dict.fromkeys(body["totals"], 0) | {"waiting": 32, "error": len(BAD)}
    assert body["status"] == "waiting"
    failed = [item for item in body["items"] if item["status"] == "error"]
    assert [item["filename"] for item in failed] == [name for name, _ in BAD]
    assert all(len(item["message"]) > 20 for item in failed)


async def test_files_wait_until_they_were_read(pile: "Pile") -> None:
    body = await pile.sent([pile.resume("Jane Doe")])

    assert (body["status"], body["items"][0]["status"]) == ("processing", "pending")
    assert set(body["items"][0]) >= {"id", "filename", "status", "candidate"}


async def test_jobs_wait_behind_everybody_who_waits_in_person(pile: "Pile", session: AsyncSession) -> None:
    body = await pile.sent([pile.resume("Jane Doe")])

    connection = await session.connection()
    jobs = await connection.exec_driver_sql(
        "SELECT args ->> 'subject', priority FROM procrastinate_jobs WHERE task_name = 'bulk_upload.read'"
    )
    found = [tuple(row) for row in jobs]
    assert [subject for subject, _ in found] == [body["items"][0]["id"]]
    assert all(priority <= Priority.BULK for _, priority in found)


async def test_an_address_proposes_its_candidate(pile: "Pile") -> None:
    candidate_id = await pile.register("Jane", "Smith", email="jane@example.com")

    (item,) = (await pile.read([pile.resume("Jane Doe", "jane@example.com")]))["items"]

    assert (item["status"], item["match"], item["candidate"]["id"]) == ("waiting", "email", candidate_id)
    assert (item["contact"]["name"], item["contact"]["email"]) == ("Jane Doe", "jane@example.com")


async def test_a_name_proposes_its_candidate(pile: "Pile") -> None:
    candidate_id = await pile.register("Jane", "Doe")

    (item,) = (await pile.read([pile.resume("JANE DOE")], auto="true"))["items"]

    assert (item["status"], item["match"], item["candidate"]["id"]) == ("waiting", "name", candidate_id)


async def test_namesakes_propose_nobody(pile: "Pile") -> None:
    await pile.register("Jane", "Doe")
    await pile.register("Jane", "Doe")

    (item,) = (await pile.read([pile.resume("Jane Doe")]))["items"]

    assert (item["status"], item["match"], item["candidate"]) == ("waiting", "ambiguous", None)


async def test_case_33_candidates_of_others_are_never_proposed(pile: "Pile") -> None:
    await pile.register("Jane", "Doe", email="jane@example.com")
    await pile.become_junior()

    (item,) = (await pile.read([pile.resume("Jane Doe", "jane@example.com")], auto="true"))["items"]

    assert (item["match"], item["candidate"]) == ("none", None)


async def test_a_certain_match_is_attached_when_that_was_asked_for(
    pile: "Pile", session: AsyncSession
) -> None:
    candidate_id = await pile.register("Jane", "Doe", email="jane@example.com")

    body = await pile.read([pile.resume("Jane Doe", "jane@example.com")], auto="true")

    (item,) = body["items"]
    resume = await session.get_one(Resume, uuid.UUID(item["resume_id"]))
    assert (body["status"], item["status"], item["contact"]) == ("completed", "completed", None)
    assert (str(resume.candidate_id), resume.version_number) == (candidate_id, 1)
    assert [path.name for path in pile.stored()] == [resume.stored_filename.removeprefix("resumes/")]


async def test_attached_resumes_are_reviewed_when_that_was_asked_for(pile: "Pile") -> None:
    await pile.register("Jane", "Doe", email="jane@example.com")
    wish = {"industry": "ma_financial", "language": "ja", "type": "quick_scan"}

    body = await pile.read([pile.resume("Jane Doe", "jane@example.com")], auto="true", review=wish)

    status = await pile.api.get(
        f"/analysis/analysis/{body['items'][0]['analysis_id']}/status", headers=pile.headers
    )
    assert status.json()["status"] == "pending"


async def test_a_decision_attaches_creates_or_skips(pile: "Pile", session: AsyncSession) -> None:
    candidate_id = await pile.register("Somebody", "Else")
    files = [pile.resume("Jane Doe", "jane@example.com"), pile.resume("Kim Lee"), pile.resume("Ana Ruiz")]
    batch = await pile.read(files)
    jane, kim, ana = (item["id"] for item in batch["items"])

    answer = await pile.confirm(
        batch,
        {"item_id": jane, "create": True},
        {"item_id": kim, "candidate_id": candidate_id},
        {"item_id": ana, "skip": True},
    )

    body = answer.json()
    items = body["items"]
    assert [item["status"] for item in items] == ["completed", "completed", "skipped"]
    assert (items[0]["candidate"]["first_name"], items[0]["candidate"]["email"]) == (
        "Jane",
        "jane@example.com",
    )
    assert items[1]["candidate"]["id"] == candidate_id
    assert (body["status"], items[2]["resume_id"]) == ("completed", None)
    assert await count(session, Resume) == 2


async def test_two_files_of_one_new_person_make_one_candidate(pile: "Pile") -> None:
    first, second = (pile.resume("Jane Doe", "jane@example.com") for _ in range(2))
    batch = await pile.read([first, ("newer.md", second[1] + b"\n- Speaks French\n")])

    answer = await pile.confirm(batch, *({"item_id": item["id"], "create": True} for item in batch["items"]))

    candidates = {item["candidate"]["id"] for item in answer.json()["items"]}
    assert len(candidates) == 1


async def test_a_candidate_that_cannot_be_created_leaves_its_file_waiting(pile: "Pile") -> None:
    await pile.register("Jane", "Doe", email="jane@example.com")
    await pile.become_junior()
    batch = await pile.read([pile.resume("Jane Doe", "jane@example.com"), pile.resume("Kim Lee")])
    jane, kim = (item["id"] for item in batch["items"])

    answer = await pile.confirm(batch, {"item_id": jane, "create": True}, {"item_id": kim, "create": True})

    first, second = answer.json()["items"]
    assert (first["status"], first["code"]) == ("waiting", "candidates.email_taken")
    assert second["status"] == "completed"


@pytest.mark.parametrize(
    "decision",
    [
        {},
        {"create": True, "skip": True},
        {"create": True, "candidate_id": "01a1fdf9-b899-7e36-9a0e-5d79b0caee96"},
    ],
    ids=["none", "two", "two others"],
)
async def test_a_decision_is_one_of_three(pile: "Pile", decision: dict[str, object]) -> None:
    batch = await pile.read([pile.resume("Jane Doe")])

    answer = await pile.confirm(batch, {"item_id": batch["items"][0]["id"]} | decision)

    assert answer.status_code == 422


async def test_case_50_a_decided_file_is_not_decided_again(pile: "Pile", session: AsyncSession) -> None:
    batch = await pile.read([pile.resume("Jane Doe")])
    decision = {"item_id": batch["items"][0]["id"], "create": True}

    answers = [await pile.confirm(batch, decision) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert await count(session, Resume) == 1


async def test_the_same_file_twice_in_a_pile_is_said(pile: "Pile") -> None:
    name, data = pile.resume("Jane Doe")

    body = await pile.sent([(name, data), ("again.md", data)])

    assert [item["status"] for item in body["items"]] == ["pending", "skipped"]
    assert (body["items"][1]["code"], name in body["items"][1]["message"]) == ("bulk.same_file", True)
    assert len(pile.stored()) == 1


async def test_case_16_a_file_the_candidate_has_already_is_said_and_kept_once(pile: "Pile") -> None:
    await pile.register("Jane", "Doe", email="jane@example.com")
    file = pile.resume("Jane Doe", "jane@example.com")
    await pile.read([file], auto="true")

    second = await pile.read([file], auto="true")

    assert (second["items"][0]["status"], second["items"][0]["code"]) == ("completed", "resumes.duplicate")
    removing = RemoveFiles(pile.app.state.database, pile.app.state.file_store, pile.app.state.stores.cache)
    await removing.run(uuid.UUID(second["items"][0]["id"]))
    assert len(pile.stored()) == 1


async def test_a_second_run_of_a_job_changes_nothing(pile: "Pile", session: AsyncSession) -> None:
    await pile.register("Jane", "Doe", email="jane@example.com")
    batch = await pile.read([pile.resume("Jane Doe", "jane@example.com")], auto="true")

    again = await pile.work_off(batch)

    assert again == batch
    assert await count(session, Resume) == 1


async def test_looking_at_a_pile_costs_the_same_however_large_it_is(
    pile: "Pile", query_counter: QueryCounter
) -> None:
    batch = await pile.sent([pile.resume(f"Robin Number{n}") for n in range(30)])

    with query_counter() as queries:
        await pile.look(batch)

    own = [statement for statement in queries.statements if "rate_limits" not in statement]
    assert len(own) <= 4, own


async def test_case_33_a_list_holds_only_the_users_own_piles(
    pile: "Pile", query_counter: QueryCounter
) -> None:
    batches = [await pile.sent([pile.resume(f"Robin Number{n}")]) for n in range(3)]

    with query_counter() as queries:
        own = (await pile.api.get("/resume_upload/batch?page_size=2", headers=pile.headers)).json()
    await pile.become_junior()
    foreign = (await pile.api.get("/resume_upload/batch", headers=pile.headers)).json()

    assert [batch["batch_id"] for batch in own["batches"]] == [batch["batch_id"] for batch in batches[:0:-1]]
    assert (own["total_count"], own["batches"][0]["totals"]["pending"]) == (3, 1)
    assert (foreign["batches"], foreign["total_count"]) == ([], 0)
    assert queries.count <= 6, queries.statements
