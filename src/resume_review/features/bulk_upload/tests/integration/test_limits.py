import io
import json
import uuid
import zipfile
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.ids import new_id
from resume_review.database.enums import BatchItemStatus
from resume_review.database.models import Resume, UploadBatch, UploadBatchItem
from resume_review.features.bulk_upload import reopen_item
from resume_review.features.stored_files.tasks import RemoveFiles

if TYPE_CHECKING:
    from resume_review.features.bulk_upload.tests.conftest import Pile

pytestmark = pytest.mark.integration


async def batches(session: AsyncSession) -> int:
    return await session.scalar(select(func.count(UploadBatch.id))) or 0


async def test_more_files_than_allowed_are_refused_and_nothing_is_kept(
    pile: "Pile", session: AsyncSession
) -> None:
    answer = await pile.send([(f"{n}.txt", b"x") for n in range(301)])

    assert (answer.status_code, answer.json()["code"]) == (413, "bulk.too_many")
    assert (pile.stored(), await batches(session)) == ([], 0)


async def test_more_files_in_zips_than_allowed_are_refused_and_nothing_is_kept(
    pile: "Pile", session: AsyncSession
) -> None:
    packs = [
        (f"{n}.zip", pile.zipped(*((f"{n}-{m}.txt", f"{n} {m}".encode()) for m in range(101))))
        for n in range(3)
    ]

    answer = await pile.send(packs)

    assert (answer.status_code, answer.json()["code"]) == (413, "bulk.too_many")
    assert (pile.stored(), await batches(session)) == ([], 0)


@pytest.mark.parametrize("files", [[], [("empty.zip", b"PK\x05\x06" + bytes(18))]], ids=["none", "empty zip"])
async def test_a_pile_without_files_is_refused(pile: "Pile", files: list[tuple[str, bytes]]) -> None:
    fields = {} if files else {"auto": "true"}

    answer = await pile.api.post(
        "/resume_upload/batch",
        files=[("files", file) for file in files] or {"auto": (None, "true")},
        data=fields if files else None,
        headers=pile.headers,
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "bulk.empty")


async def test_a_body_that_is_no_form_is_refused(pile: "Pile") -> None:
    answers = [
        await pile.api.post("/resume_upload/batch", json={}, headers=pile.headers),
        await pile.api.post(
            "/resume_upload/batch",
            content=b"--x\r\nnonsense",
            headers=pile.headers | {"content-type": "multipart/form-data; boundary=x"},
        ),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]


@pytest.mark.parametrize(
    "wish", ["{", "[]", '{"industry": ""}', '{"industry": "ma_finance", "type": "x"}', "[" * 5000]
)
async def test_a_review_that_is_not_understood_is_refused(pile: "Pile", wish: str) -> None:
    answer = await pile.send([pile.resume("Jane Doe")], review=wish)

    assert (answer.status_code, answer.json()["code"]) == (422, "bulk.bad_review")
    assert pile.stored() == []


async def test_an_industry_nobody_knows_is_refused(pile: "Pile") -> None:
    answer = await pile.send([pile.resume("Jane Doe")], review={"industry": "alchemy"})

    assert answer.status_code == 422
    assert pile.stored() == []


async def test_case_17_other_routes_keep_the_limit_of_one_file(pile: "Pile") -> None:
    answer = await pile.api.post("/candidates", content=b"x" * 11_000_000, headers=pile.headers)

    assert answer.status_code == 413


@pytest.mark.parametrize("settings", [{"max_upload_mb": 1}], indirect=True)
async def test_a_file_over_the_limit_is_refused_and_the_others_are_not(pile: "Pile") -> None:
    body = await pile.read([("large.txt", b"x " * 600_000), pile.resume("Jane Doe")])

    assert [item["status"] for item in body["items"]] == ["error", "waiting"]
    assert body["items"][0]["code"] == "resumes.too_large"


async def test_case_5_a_zip_in_a_zip_is_not_opened(pile: "Pile") -> None:
    inner = pile.zipped(pile.resume("Jane Doe"))

    body = await pile.read([("outer.zip", pile.zipped(("inner.zip", inner)))])

    (item,) = body["items"]
    assert (item["filename"], item["status"], item["code"]) == ("inner.zip", "error", "resumes.unsupported")


async def test_case_6_a_file_whose_name_leads_out_of_its_zip_is_refused(pile: "Pile") -> None:
    name, data = pile.resume("Jane Doe")

    body = await pile.sent([("pile.zip", pile.zipped(("../../evil.md", data), (name, data)))])

    assert [(item["filename"], item["status"]) for item in body["items"]] == [
        ("evil.md", "error"),
        (name, "pending"),
    ]


async def test_case_4_a_bomb_among_the_files_costs_only_itself(pile: "Pile") -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("bomb.txt", bytes(30_000_000))

    body = await pile.sent([("bomb.zip", target.getvalue()), pile.resume("Jane Doe")])

    assert [item["status"] for item in body["items"]] == ["error", "pending"]


async def test_case_1_nothing_is_kept_of_a_file_that_was_refused(pile: "Pile") -> None:
    body = await pile.read([("cv.pdf", b"MZ\x90\x00" + bytes(500))])

    removing = RemoveFiles(pile.app.state.database, pile.app.state.file_store, pile.app.state.stores.cache)
    await removing.run(uuid.UUID(body["items"][0]["id"]))

    assert (pile.stored(), body["items"][0]["can_retry"]) == ([], False)


async def test_case_15_names_are_only_ever_shown(pile: "Pile") -> None:
    data = pile.resume("Jane Doe")[1]

    body = await pile.sent([("../../etc/a\u202eb.md", data)])

    assert body["items"][0]["filename"] == "ab.md"
    assert [path.name for path in pile.stored()] == [body["items"][0]["id"]]


async def test_case_31_a_foreign_pile_answers_like_an_unknown_one(pile: "Pile") -> None:
    batch = await pile.read([pile.resume("Jane Doe")])
    await pile.become_junior()
    unknown = {"batch_id": str(new_id())}
    decision = {"json": {"items": [{"item_id": batch["items"][0]["id"], "skip": True}]}}
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", "", {}),
        ("GET", "/events", {}),
        ("POST", "/confirm", decision),
        ("POST", "/retry", {}),
        ("DELETE", "/cancel", {}),
    ]

    for method, path, content in calls:
        answers = [await pile.call(method, which, path, **content) for which in (batch, unknown)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json()["detail"] == answers[1].json()["detail"]


async def test_case_32_a_file_of_another_pile_is_refused_and_nothing_is_written(
    pile: "Pile", session: AsyncSession
) -> None:
    mine, other = [await pile.read([pile.resume(name)]) for name in ("Jane Doe", "Kim Lee")]

    answer = await pile.confirm(
        mine,
        {"item_id": mine["items"][0]["id"], "create": True},
        {"item_id": other["items"][0]["id"], "create": True},
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "bulk.item_not_found")
    assert await session.scalar(select(func.count(Resume.id))) == 0


async def test_case_32_a_candidate_of_others_is_refused_and_nothing_is_written(
    pile: "Pile", session: AsyncSession
) -> None:
    foreign = await pile.register("Jane", "Doe")
    await pile.become_junior()
    batch = await pile.read([pile.resume("Kim Lee")])

    answer = await pile.confirm(batch, {"item_id": batch["items"][0]["id"], "candidate_id": foreign})

    assert (answer.status_code, answer.json()["code"]) == (404, "candidates.not_found")
    assert await session.scalar(select(func.count(Resume.id))) == 0


async def test_case_50_a_cancelled_pile_keeps_only_what_was_attached(
    pile: "Pile", session: AsyncSession
) -> None:
    await pile.register("Jane", "Doe", email="jane@example.com")
    batch = await pile.sent(
        [pile.resume("Jane Doe", "jane@example.com"), pile.resume("Kim Lee"), pile.resume("Ana Ruiz")],
        auto="true",
    )
    for item in batch["items"][:2]:
        await pile.job.run(uuid.UUID(item["id"]))

    body = (await pile.call("DELETE", batch, "/cancel")).json()
    await pile.job.run(uuid.UUID(batch["items"][2]["id"]))
    removing = RemoveFiles(pile.app.state.database, pile.app.state.file_store, pile.app.state.stores.cache)
    await removing.run(new_id())

    kept = (await session.scalars(select(UploadBatchItem.contact))).all()
    assert [item["status"] for item in body["items"]] == ["completed", "cancelled", "cancelled"]
    assert (body["status"], kept, len(pile.stored())) == ("cancelled", [None] * 3, 1)
    assert (await pile.look(batch))["totals"]["cancelled"] == 2


async def test_a_file_that_was_given_up_can_be_retried(pile: "Pile") -> None:
    batch = await pile.sent([pile.resume("Jane Doe"), ("bad.pdf", b"%PDF-1.7 broken")])
    good, bad = (uuid.UUID(item["id"]) for item in batch["items"])
    await pile.job.give_up(good, "Its worker died every time.")
    await pile.job.run(bad)
    failed = await pile.look(batch)

    answer = await pile.call("POST", batch, "/retry")
    body = await pile.work_off(batch)

    assert [(item["status"], item["can_retry"]) for item in failed["items"]] == [
        ("error", True),
        ("error", False),
    ]
    assert answer.status_code == 202
    assert [item["status"] for item in body["items"]] == ["waiting", "error"]


async def test_one_file_is_reopened_only_if_it_failed_and_is_still_there(
    pile: "Pile", session: AsyncSession
) -> None:
    batch = await pile.sent([pile.resume("Jane Doe"), pile.resume("Kim Lee"), ("bad.zip", b"PK\x03\x04")])
    ids = [uuid.UUID(item["id"]) for item in batch["items"]]
    await pile.job.give_up(ids[0], "Its worker died every time.")

    for item_id in ids:
        await reopen_item(session, item_id)

    assert [item["status"] for item in (await pile.look(batch))["items"]] == ["pending", "pending", "error"]


async def test_a_pile_without_failures_has_nothing_to_retry(pile: "Pile") -> None:
    batch = await pile.sent([pile.resume("Jane Doe")])

    assert (await pile.call("POST", batch, "/retry")).json()["code"] == "bulk.nothing_to_retry"


async def test_the_sweep_finds_files_that_wait_for_long(pile: "Pile", session: AsyncSession) -> None:
    batch = await pile.sent([pile.resume("Jane Doe"), ("bad.zip", b"PK\x03\x04")])
    created = await session.scalar(select(UploadBatch.created_at))
    assert created is not None

    waiting = await pile.job.unfinished(created.replace(year=created.year + 1))

    assert waiting == [uuid.UUID(batch["items"][0]["id"])]
    assert batch["items"][1]["status"] == BatchItemStatus.ERROR


async def test_a_stream_of_a_pile_ends_with_how_it_stands(pile: "Pile") -> None:
    batch = await pile.read([pile.resume("Jane Doe")])

    answer: httpx2.Response = await pile.call("GET", batch, "/events")

    events = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]
    assert [event["status"] for event in events] == ["waiting"]
    assert events[0]["totals"]["waiting"] == 1
