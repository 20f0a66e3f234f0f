"""Candidates: finding, registering, changing, handing over, erasing; one candidate with versions and reviews."""

import itertools
import re
import zipfile
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from resume_review.testing.browser import Account, OpenPage
from resume_review.testing.consultant import Consultant

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

_numbers = itertools.count(1)


def make_candidate(robin: Consultant, first_name: str = "Cleo", **rest: Any) -> dict[str, Any]:
    """A candidate whose last name no other test uses."""
    body = {"first_name": first_name, "last_name": f"Number{next(_numbers)}x", **rest}
    return robin.client.post("/candidates", json=body).raise_for_status().json()["candidate"]


def name_of(candidate: dict[str, Any]) -> str:
    return f"{candidate['first_name']} {candidate['last_name']}"


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def colleague(robin: Consultant, account: Account) -> dict[str, Any]:
    users = robin.client.get("/admin/directory").raise_for_status().json()["users"]
    return next(user for user in users if user["email"] == account.email)


def test_the_slash_goes_to_the_search_which_stays_in_the_address(
    open_page: OpenPage, robin: Consultant
) -> None:
    candidate = make_candidate(robin)
    page = open_page("/candidates")
    expect(page.get_by_role("rowheader").first).to_be_visible()

    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type(candidate["last_name"])
    expect(page.get_by_text("1 candidate", exact=True)).to_be_visible()
    assert query(page) == {"search": [candidate["last_name"]]}

    page.get_by_role("link", name=name_of(candidate)).click()
    expect(page.get_by_role("heading", level=1, name=name_of(candidate))).to_be_visible()
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value(candidate["last_name"])


def test_a_candidate_is_registered_and_changed(open_page: OpenPage, robin: Consultant) -> None:
    taken = make_candidate(robin, email="taken@example.com")
    page = open_page("/candidates", expected=("409",))

    page.get_by_role("button", name="New candidate").click()
    dialog = page.get_by_role("dialog", name="New candidate")
    dialog.get_by_label("First name").fill("Nova")
    dialog.get_by_label("Last name").fill("Registered")
    dialog.get_by_label("E-mail").fill(taken["email"])
    dialog.get_by_role("button", name="Create").click()
    expect(dialog.get_by_role("alert")).to_contain_text("A candidate with this e-mail address exists already")
    dialog.get_by_label("E-mail").fill("nova.registered@example.com")
    dialog.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", level=1, name="Nova Registered")).to_be_visible()

    page.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog", name="Edit candidate")
    dialog.get_by_label("Company").fill("Harrow & Lane")
    dialog.get_by_label("Status").select_option("placed")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Harrow & Lane · Placed")).to_be_visible()


def test_a_candidate_is_archived_and_brought_back(open_page: OpenPage, robin: Consultant) -> None:
    candidate = make_candidate(robin)
    page = open_page(f"/candidates/{candidate['id']}")

    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Archive").click()
    expect(page.get_by_text("The candidate was archived.")).to_be_visible()
    page.goto(page.url.rsplit("/", 1)[0] + f"?search={candidate['last_name']}")
    expect(page.get_by_role("heading", name="No candidate fits")).to_be_visible()
    page.get_by_label("Status").select_option("archived")
    page.get_by_role("link", name=name_of(candidate)).click()
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Restore").click()
    expect(page.get_by_text("The candidate is active again.")).to_be_visible()


def test_a_colleague_gets_access_and_loses_it(
    open_page: OpenPage, robin: Consultant, make_account: Callable[..., Account]
) -> None:
    candidate = make_candidate(robin)
    person = colleague(robin, make_account("junior_recruiter", first_name="Uma", last_name="Assigned"))
    page = open_page(f"/candidates/{candidate['id']}")

    page.get_by_role("button", name="Assign", exact=True).click()
    dialog = page.get_by_role("dialog", name="Assign")
    dialog.get_by_role("combobox", name="Colleague").fill(person["email"])
    page.get_by_role("option", name=person["email"]).click()
    dialog.get_by_label("As").select_option("viewer")
    dialog.get_by_role("button", name="Assign", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="Uma Assigned")).to_contain_text("May look")

    page.get_by_role("button", name="End the assignment of Uma Assigned").click()
    dialog = page.get_by_role("dialog", name="End the assignment of Uma Assigned")
    dialog.get_by_label("Reason").fill("Other team")
    dialog.get_by_role("button", name="End the assignment").click()
    expect(page.get_by_role("listitem").filter(has_text="Uma Assigned")).to_have_count(0)
    page.get_by_role("button", name="1 former").click()
    expect(page.get_by_role("listitem").filter(has_text="Uma Assigned")).to_contain_text("Other team")


def test_several_candidates_are_handed_over(
    open_page: OpenPage, robin: Consultant, make_account: Callable[..., Account]
) -> None:
    giving = colleague(robin, make_account("senior_recruiter", first_name="Gil", last_name="Giving"))
    taking = colleague(robin, make_account("senior_recruiter", first_name="Tea", last_name="Taking"))
    for _ in range(2):
        candidate = make_candidate(robin, "Handed")
        robin.client.post(f"/candidates/{candidate['id']}/assign/{giving['id']}").raise_for_status()
    page = open_page(f"/candidates?assigned={giving['id']}")
    expect(page.get_by_text("2 candidates")).to_be_visible()

    page.get_by_role("checkbox", name="Choose all on this page").check()
    page.get_by_role("button", name="Hand over").click()
    dialog = page.get_by_role("dialog", name="Hand over")
    for field, person in (("From", giving), ("To", taking)):
        dialog.get_by_role("combobox", name=field).fill(person["email"])
        page.get_by_role("option", name=person["email"]).click()
    dialog.get_by_label("Reason").fill("Parental leave")
    dialog.get_by_role("button", name="Hand over").click()

    expect(page.get_by_text("2 candidates were handed over.")).to_be_visible()
    expect(page.get_by_role("heading", name="No candidate fits")).to_be_visible()
    page.get_by_label("Assigned to").select_option(taking["id"])
    expect(page.get_by_role("rowheader")).to_have_count(2)


def test_a_person_is_erased_only_after_their_name_was_typed(open_page: OpenPage, robin: Consultant) -> None:
    candidate = make_candidate(robin)
    page = open_page(f"/candidates/{candidate['id']}")

    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Erase").click()
    dialog = page.get_by_role("dialog", name=f"Erase {name_of(candidate)}")
    erase = dialog.get_by_role("button", name="Erase for good")
    expect(erase).to_be_disabled()
    dialog.get_by_label(f"Type {name_of(candidate)} to confirm").fill(name_of(candidate))
    erase.click()

    expect(page.get_by_role("heading", level=1, name="Candidates")).to_be_visible()
    assert robin.client.get(f"/candidates/{candidate['id']}").status_code == 404


def test_a_candidate_shows_versions_and_reviews_to_compare(open_page: OpenPage, robin: Consultant) -> None:
    resume_id = robin.upload()
    candidate_id = robin.client.get(f"/resume_upload/{resume_id}").json()["candidate_id"]
    ids: list[str] = []
    for industry in ("strategy_consulting", "tech_consulting"):
        asked = robin.client.post(f"/analysis/resumes/{resume_id}/analyze", json={"industry": industry})
        ids.append(asked.raise_for_status().json()["analysis_id"])
        robin.ended(ids[-1])
    page = open_page(f"/candidates/{candidate_id}")

    page.get_by_role("button", name="Text of version 1").click()
    expect(page.get_by_role("dialog", name="Text as machines read it")).to_contain_text("Jane Doe")
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download version 1").click()
    assert download.value.suggested_filename == "resume.md"

    page.get_by_role("checkbox", name=re.compile("review for Technology consulting")).check()
    page.get_by_role("checkbox", name=re.compile("review for Strategy consulting")).check()
    link = page.get_by_role("link", name="Compare the two").get_attribute("href") or ""
    asked_for = parse_qs(urlsplit(link).query)
    assert (asked_for["left"], asked_for["right"]) == ([ids[0]], [ids[1]])

    page.get_by_role("link", name="Start a review of version 1").click()
    expect(page.get_by_role("button", name="Start review")).to_be_visible()
    expect(page.get_by_role("link", name="Jane Doe")).to_be_visible()


def test_all_data_of_a_person_is_exported(open_page: OpenPage, robin: Consultant) -> None:
    candidate = make_candidate(robin)
    page = open_page(f"/candidates/{candidate['id']}")

    page.get_by_role("button", name="More").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Export all data").click()

    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.namelist()


def test_a_junior_cannot_hand_over_or_erase(
    open_page: OpenPage, make_account: Callable[..., Account]
) -> None:
    page = open_page("/candidates", account=make_account("junior_recruiter"))
    expect(page.get_by_role("heading", name="No candidates yet")).to_be_visible()

    page.get_by_role("button", name="New candidate").click()
    dialog = page.get_by_role("dialog", name="New candidate")
    dialog.get_by_label("First name").fill("Own")
    dialog.get_by_label("Last name").fill("Candidate")
    dialog.get_by_role("button", name="Create").click()
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("menuitem", name="Archive")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Erase")).to_have_count(0)
    expect(page.get_by_role("button", name="Assign", exact=True)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_candidates_are_accessible(
    open_page: OpenPage,
    accessible: Callable[[Page], None],
    robin: Consultant,
    language: str,
    scheme: str,
) -> None:
    robin.ended(robin.request(robin.upload()))
    page = open_page("/candidates", language=language, scheme=scheme)
    page.get_by_role("checkbox").nth(1).check()
    accessible(page)
    page.get_by_role("rowheader").filter(has_text=re.compile("Doe")).first.get_by_role("link").click()
    expect(page.get_by_role("table")).to_have_count(2)
    accessible(page)
    page.locator("[aria-haspopup=menu]").last.click()
    page.get_by_role("menuitem").last.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    accessible(page)
