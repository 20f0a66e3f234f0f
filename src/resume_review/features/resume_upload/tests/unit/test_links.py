"""Case 36 of the list of abuse cases: a link cannot be guessed, stretched or turned to another file or user."""

from datetime import UTC, datetime, timedelta

import pytest

from resume_review.core.ids import new_id
from resume_review.features.resume_upload.errors import LinkExpiredError
from resume_review.features.resume_upload.links import FileLinks

pytestmark = pytest.mark.unit

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINKS = FileLinks(b"k" * 32)
RESUME, USER = new_id(), new_id()


def token() -> str:
    return LINKS.sign(RESUME, USER, expires_at=NOW + timedelta(minutes=5))


def test_36_a_link_tells_whose_it_is_until_its_time_is_over() -> None:
    assert LINKS.check(token(), RESUME, now=NOW + timedelta(minutes=5, seconds=-1)) == USER
    with pytest.raises(LinkExpiredError):
        LINKS.check(token(), RESUME, now=NOW + timedelta(minutes=5))


def test_36_a_link_opens_one_resume_under_one_key() -> None:
    with pytest.raises(LinkExpiredError):
        LINKS.check(token(), new_id(), now=NOW)
    with pytest.raises(LinkExpiredError):
        FileLinks(b"x" * 32).check(token(), RESUME, now=NOW)


@pytest.mark.parametrize("place", range(0, 74, 4))
def test_36_no_character_of_a_link_can_be_changed(place: int) -> None:
    good = token()
    changed = good[:place] + ("A" if good[place] != "A" else "B") + good[place + 1 :]

    with pytest.raises(LinkExpiredError):
        LINKS.check(changed, RESUME, now=NOW)


@pytest.mark.parametrize("bad", ["", "x", "=", "ä", "\x00", "A" * 200, "a+b/"])
def test_36_what_is_no_link_is_refused(bad: str) -> None:
    with pytest.raises(LinkExpiredError):
        LINKS.check(bad, RESUME, now=NOW)


def test_36_a_link_with_more_behind_it_is_refused() -> None:
    with pytest.raises(LinkExpiredError):
        LINKS.check(token() + "AAAA", RESUME, now=NOW)
