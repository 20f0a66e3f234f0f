"""What administrators do: people, keys, webhooks, prompts, experiments, the log and the system's state."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from resume_review.testing.browser import Account, OpenPage
from resume_review.testing.consultant import Consultant
from resume_review.testing.processes import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

SCREENS = [
    "/profile",
    "/admin/users",
    "/admin/prompts",
    "/admin/prompts/structure_analysis/en",
    "/admin/prompts/structure_analysis/en?part=versions",
    "/admin/experiments",
    "/admin/audit",
    "/admin/webhooks",
    "/admin/system",
]


def chosen(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def test_a_colleague_is_invited_by_a_link_shown_once(open_page: OpenPage) -> None:
    page = open_page("/admin/users")
    page.get_by_role("button", name="Add a colleague").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail").fill("noa@agency.example")
    dialog.get_by_label("First name").fill("Noa")
    dialog.get_by_label("Last name").fill("Lind")
    dialog.get_by_role("button", name="Create the link").click()

    expect(dialog.get_by_text("/accept-invitation?token=")).to_be_visible()
    dialog.get_by_role("button", name="Close", exact=True).last.click()
    expect(page.get_by_role("row", name=re.compile("noa@agency.example.*Open"))).to_be_visible()


def test_an_account_is_found_switched_off_and_can_no_longer_sign_in(
    open_page: OpenPage, make_account: Callable[..., Account], web: Server
) -> None:
    leaving = make_account("junior_recruiter", first_name="Lea", last_name="Ving")
    page = open_page("/admin/users")
    page.get_by_role("searchbox", name="Search").fill(leaving.email)
    page.get_by_role("button", name="Lea Ving").click()
    expect(page).to_have_url(re.compile("user="))

    page.get_by_role("dialog").get_by_role("button", name="Switch off").click()

    expect(page.get_by_role("dialog").get_by_role("button", name="Switch on")).to_be_visible()
    login = {"email": leaving.email, "password": leaving.password}
    assert page.request.post(f"{web.api}/auth/login", data=login).status == 401


def test_filters_are_in_the_address_and_nobody_found_says_so(open_page: OpenPage) -> None:
    page = open_page("/admin/users?search=nobody-is-called-so&role=admin")

    expect(page.get_by_role("heading", name="Nobody matches")).to_be_visible()
    expect(page.get_by_label("Role")).to_have_value("admin")


def test_an_api_key_is_shown_once_and_can_be_revoked(open_page: OpenPage, web: Server) -> None:
    page = open_page("/profile")
    page.get_by_role("button", name="New API key").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("night export")
    dialog.get_by_role("button", name="Create").click()
    key = dialog.locator("pre, code").first.inner_text()
    bearer = {"authorization": f"Bearer {key}"}
    assert page.request.get(f"{web.api}/analysis", headers=bearer).status == 200
    dialog.get_by_role("button", name="Close", exact=True).last.click()

    page.get_by_role("button", name="Revoke night export").click()

    expect(page.get_by_role("cell", name="Revoked")).to_be_visible()
    assert page.request.get(f"{web.api}/analysis", headers=bearer).status == 401


def test_a_wrong_current_password_is_told_beside_the_form(open_page: OpenPage) -> None:
    page = open_page("/profile", expected=("400",))
    page.get_by_label("Current password").fill("not this one")
    page.get_by_label("New password").fill("a good phrase for later")
    page.get_by_role("button", name="Change the password").click()

    expect(page.get_by_role("alert")).to_have_text("The current password is wrong.")


def test_a_prompt_is_checked_stored_published_and_taken_back(open_page: OpenPage) -> None:
    page = open_page("/admin/prompts")
    page.get_by_role("link", name="Appeal").first.click()
    chosen(page, "appeal_analysis")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Version 1.1.0 would work.")).to_be_visible()
    page.get_by_label("Note").fill("nothing but the number")
    page.get_by_role("button", name="Store the version").click()

    row = page.get_by_role("row", name=re.compile("1.1.0"))
    expect(row).to_contain_text("nothing but the number")
    row.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(row).to_contain_text("Production")

    page.get_by_role("row", name=re.compile("1.0.0")).get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_role("row", name=re.compile("1.0.0"))).to_contain_text("Production")


def test_a_broken_prompt_is_refused_with_its_fault(open_page: OpenPage) -> None:
    page = open_page("/admin/prompts/structure_analysis/en")
    editor = page.get_by_role("textbox", name="New version")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nunknown: 1")
    page.get_by_role("button", name="Check").click()

    expect(page.locator("[data-tone=bad]")).to_be_visible()
    expect(page.get_by_text("would work")).to_have_count(0)


def test_a_comparison_is_drafted_started_and_all_is_stopped(open_page: OpenPage) -> None:
    page = open_page("/admin/experiments")
    page.get_by_role("button", name="New comparison").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("without-a-model")
    dialog.get_by_label("Change").select_option("rubric")
    dialog.get_by_role("button", name="Create").click()
    page.get_by_role("link", name="without-a-model").click()
    chosen(page, "without-a-model")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name="Results")).to_be_visible()

    page.get_by_role("link", name="Experiments").first.click()
    page.get_by_role("button", name="Stop everything").click()

    expect(page.get_by_role("row", name=re.compile("without-a-model.*Stopped"))).to_be_visible()


def test_a_rollout_goes_up_one_stage_at_a_time(open_page: OpenPage) -> None:
    page = open_page("/admin/experiments")
    page.get_by_role("button", name="New rollout").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("canary-prompts")
    dialog.get_by_role("button", name="Create").click()
    page.get_by_role("link", name="canary-prompts").click()
    expect(page.get_by_role("button", name="25%")).to_be_disabled()

    page.get_by_role("button", name="10%").click()

    expect(page.get_by_role("button", name="10%")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="25%")).to_be_enabled()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Start again at 0 %")).to_be_visible()


def test_the_log_shows_what_was_done_and_keeps_its_filters(open_page: OpenPage, robin: Consultant) -> None:
    robin.upload()
    page = open_page("/admin/audit")
    page.get_by_label("What").select_option("candidate")
    page.get_by_label("Action").select_option("create")

    expect(page).to_have_url(re.compile("entity=candidate.*action=create|action=create.*entity=candidate"))
    expect(page.get_by_role("row", name=re.compile("Created Candidate")).first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as CSV").click()
    assert download.value.suggested_filename.endswith(".csv")


def test_a_webhook_is_added_with_a_secret_and_deleted(open_page: OpenPage) -> None:
    page = open_page("/admin/webhooks", expected=("422", "400"))
    page.get_by_role("button", name="Add a webhook").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Address").fill("ftp://agency.example/hook")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog.get_by_role("alert")).to_be_visible()

    dialog.get_by_label("Address").fill("https://127.0.0.1/hook")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog.get_by_text("whsec_")).to_be_visible()
    dialog.get_by_role("button", name="Close").last.click()
    row = page.get_by_role("row", name="https://127.0.0.1/hook")
    row.get_by_role("button").click()
    expect(dialog.get_by_text("whsec_")).to_have_count(0)
    dialog.get_by_role("button", name="Delete").click()
    dialog.get_by_role("alert").get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)


def test_the_system_says_what_is_well_and_what_is_off(open_page: OpenPage) -> None:
    page = open_page("/admin/system")

    expect(page.get_by_role("row", name=re.compile("Database OK"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Virus scanner Off"))).to_be_visible()
    expect(page.get_by_text("fake")).not_to_have_count(0)


@pytest.mark.parametrize("path", SCREENS)
def test_screens_are_accessible(open_page: OpenPage, accessible: Callable[[Page], None], path: str) -> None:
    for language, scheme in (("en", "light"), ("ja", "dark")):
        page = open_page(path, language=language, scheme=scheme)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        accessible(page)


def test_refusals_are_said_in_the_language_of_the_page(open_page: OpenPage) -> None:
    page = open_page("/profile", language="ja", expected=("400", "401", "403", "422"))
    page.get_by_label("現在のパスワード").fill("not the password at all")
    page.get_by_label("新しいパスワード").fill("quite another phrase")
    page.get_by_role("button", name="パスワードを変更").click()

    expect(page.get_by_text("現在のパスワードが違います。")).to_be_visible()
