"""Signing in, staying signed in, and what a page refuses."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from resume_review.testing.browser import Account, OpenPage
from resume_review.testing.consultant import Consultant
from resume_review.testing.processes import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

NOBODY = ("401",)
"""Asking who is signed in when nobody is; the browser logs the refusal."""


def fill(page: Page, account: Account) -> None:
    page.get_by_label("E-mail").fill(account.email)
    page.get_by_label("Password", exact=True).fill(account.password)
    page.keyboard.press("Enter")


def test_a_consultant_signs_in_and_gets_the_page_they_asked_for(
    open_page: OpenPage, make_account: Callable[..., Account]
) -> None:
    page = open_page("/candidates?search=x", signed_in=False, expected=NOBODY)
    expect(page).to_have_title("Sign in - Resume Review")

    fill(page, make_account("junior_recruiter"))

    expect(page.get_by_role("heading", level=1, name="Candidates")).to_be_visible()
    assert urlsplit(page.url).query == "search=x"


def test_a_wrong_password_gets_one_line_that_says_what_to_do(
    open_page: OpenPage, make_account: Callable[..., Account]
) -> None:
    page = open_page("/", signed_in=False, expected=NOBODY)

    fill(page, Account(make_account().email, "not the password"))

    expect(page.get_by_role("alert")).to_have_text(
        "The e-mail address or the password is wrong. Check both and try again."
    )


def test_a_link_cannot_lead_elsewhere_after_the_sign_in(
    open_page: OpenPage, web: Server, make_account: Callable[..., Account]
) -> None:
    page = open_page("/sign-in?next=//evil.example/", signed_in=False, expected=NOBODY)

    fill(page, make_account())

    expect(page).to_have_url(f"{web.address}/")


def test_no_script_can_read_the_session_and_a_reload_keeps_it(open_page: OpenPage) -> None:
    page = open_page("/candidates")
    expect(page.get_by_role("heading", level=1, name="Candidates")).to_be_visible()

    page.reload()

    expect(page.get_by_role("heading", level=1, name="Candidates")).to_be_visible()
    readable = page.evaluate(
        "document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
    )
    assert "eyJ" not in readable
    assert "session" not in readable


def test_signing_out_in_one_tab_signs_out_the_other(open_page: OpenPage) -> None:
    first = open_page("/candidates", expected=NOBODY)
    second = first.context.new_page()
    second.goto(first.url)
    expect(second.get_by_role("heading", level=1, name="Candidates")).to_be_visible()

    first.get_by_role("button", name="Account of Kim Test").click()
    first.get_by_role("button", name="Sign out").click()

    expect(first).to_have_title("Sign in - Resume Review")
    expect(second).to_have_title("Sign in - Resume Review")
    first.reload()
    expect(first).to_have_title("Sign in - Resume Review")


def test_a_temporary_password_must_be_replaced_first(open_page: OpenPage, robin: Consultant) -> None:
    temporary = Account("temporary@agency.example", "given on the telephone")
    person = {"first_name": "Tam", "last_name": "Porary", "role": "junior_recruiter"}
    body = {"email": temporary.email, "temporary_password": temporary.password, **person}
    robin.client.post("/admin/users", json=body).raise_for_status()
    page = open_page("/candidates", signed_in=False, expected=NOBODY)
    fill(page, temporary)
    expect(page.get_by_role("heading", level=1, name="Choose a password")).to_be_visible()

    page.get_by_label("Temporary password").fill(temporary.password)
    page.get_by_label("New password").fill("a better phrase than that")
    page.get_by_role("button", name="Save and go on").click()

    expect(page.get_by_role("heading", level=1, name="Home")).to_be_visible()


def test_an_invitation_makes_an_account(open_page: OpenPage, robin: Consultant) -> None:
    invited = {"email": "invited@agency.example", "role": "junior_recruiter"}
    answer = robin.client.post("/admin/invitations", json=invited).raise_for_status().json()
    page = open_page(answer["path"], signed_in=False)

    page.get_by_label("First name").fill("Ina")
    page.get_by_label("Last name").fill("Vited")
    page.get_by_label("New password").fill("chosen by herself alone")
    page.get_by_role("button", name="Create the account").click()

    expect(page.get_by_role("heading", level=1, name="Welcome")).to_be_visible()


def test_administration_is_closed_to_others(open_page: OpenPage) -> None:
    page = open_page("/admin/users", role="senior_recruiter")

    expect(page.get_by_role("heading", level=1, name="You may not see this page")).to_be_visible()
    expect(page.get_by_role("link", name="Users")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_door_is_accessible(
    open_page: OpenPage, accessible: Callable[[Page], None], language: str, scheme: str
) -> None:
    page = open_page("/sign-in", signed_in=False, language=language, scheme=scheme)
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    accessible(page)
