from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from resume_review.core.clock import utc_now
from resume_review.core.ids import new_id
from resume_review.database.models import UploadBatch, UploadBatchItem
from resume_review.features.bulk_upload.tasks import KEPT_UNCONFIRMED, cancelling_unconfirmed
from resume_review.features.stored_files.tasks import RemoveFiles

if TYPE_CHECKING:
    from resume_review.features.bulk_upload.tests.conftest import Pile

pytestmark = pytest.mark.integration


async def time_passes(session: AsyncSession, days: timedelta) -> None:
    await session.execute(update(UploadBatch).values(created_at=utc_now() - days))


async def clean_up(pile: "Pile") -> None:
    state = pile.app.state
    await cancelling_unconfirmed(state.database).run()
    await RemoveFiles(state.database, state.file_store, state.stores.cache).run(new_id())


async def test_a_pile_that_nobody_decides_about_goes_with_its_files_and_jobs(
    pile: "Pile", session: AsyncSession
) -> None:
    waiting = await pile.read([pile.resume("Jane Doe")])
    unread = await pile.sent([pile.resume("Kim Lee"), pile.resume("Ana Ruiz")])
    await time_passes(session, KEPT_UNCONFIRMED + timedelta(hours=1))

    await clean_up(pile)

    jobs = (await session.execute(text("SELECT args ->> 'subject' FROM procrastinate_jobs"))).scalars().all()
    kept = (await session.execute(select(UploadBatchItem.file_key, UploadBatchItem.contact))).all()
    assert [(await pile.look(batch))["status"] for batch in (waiting, unread)] == ["cancelled"] * 2
    assert (pile.stored(), set(kept)) == ([], {(None, None)})
    assert not set(jobs) & {item["id"] for item in unread["items"]}


async def test_a_file_that_can_still_be_retried_goes_too(pile: "Pile", session: AsyncSession) -> None:
    batch = await pile.sent([pile.resume("Jane Doe")])
    [item_id] = await session.scalars(select(UploadBatchItem.id))
    await pile.job.give_up(item_id, "Its worker died every time.")
    await time_passes(session, KEPT_UNCONFIRMED + timedelta(hours=1))

    await clean_up(pile)

    assert (pile.stored(), (await pile.look(batch))["items"][0]["can_retry"]) == ([], False)


async def test_a_pile_of_yesterday_waits_on(pile: "Pile", session: AsyncSession) -> None:
    batch = await pile.read([pile.resume("Jane Doe")])
    await time_passes(session, timedelta(days=1))

    await clean_up(pile)

    assert ((await pile.look(batch))["status"], len(pile.stored())) == ("waiting", 1)


async def test_what_was_attached_stays_and_the_pile_is_not_called_cancelled(
    pile: "Pile", session: AsyncSession
) -> None:
    await pile.register("Jane", "Doe", email="jane@example.com")
    batch = await pile.read([pile.resume("Jane Doe", "jane@example.com")], auto="true")
    await time_passes(session, KEPT_UNCONFIRMED + timedelta(hours=1))

    await clean_up(pile)

    assert ((await pile.look(batch))["status"], len(pile.stored())) == ("completed", 1)
