"""From a dropped file to its result: one file, many files, the keyboard alone, and what is refused."""

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from resume_review.testing.browser import Account, OpenPage
from resume_review.testing.consultant import Consultant
from resume_review.testing.resumes import MARKDOWN

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

REVIEW = re.compile(r"/reviews/[0-9a-f-]{36}")
NOBODY = ("401",)
"""Asking who is signed in when nobody is; the browser logs the refusal."""

_people = itertools.count(1)


def resume(name: str, email: str, *, more: str = "") -> FilePayload:
    """The resume of a person with this name and address."""
    text = re.sub(r"\S+@\S+", email, MARKDOWN.replace("Jane Doe", name), count=1) + more
    return {
        "name": f"{name.lower().replace(' ', '-')}.md",
        "mimeType": "text/markdown",
        "buffer": text.encode(),
    }


def somebody() -> tuple[str, str]:
    """A name and an address that no other test uses."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    number = next(_people)
    last = "Tester" + letters[number // 26] + letters[number % 26]
    return f"Ada {last}", f"ada.{last.lower()}@example.com"


def choose_files(page: Page, files: list[FilePayload]) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose files").click()
    chooser.value.set_files(files)


def review_of(page: Page) -> str:
    page.wait_for_url(REVIEW)
    return page.url.rsplit("/", 1)[1].split("?")[0]


def test_a_file_becomes_a_result_in_three_decisions(open_page: OpenPage, robin: Consultant) -> None:
    name, email = somebody()
    page = open_page("/")

    choose_files(page, [resume(name, email)])
    expect(page.get_by_label("E-mail")).to_have_value(email)
    page.get_by_role("radio", name="Strategy consulting").check()
    page.get_by_role("button", name="Start review").click()

    ended = robin.ended(review_of(page))
    assert ended["status"] == "completed"
    found = robin.client.get("/candidates", params={"search": email}).json()["candidates"]
    assert [f"{one['first_name']} {one['last_name']}" for one in found] == [name]


def test_the_choice_of_last_time_stands_there_already(open_page: OpenPage) -> None:
    page = open_page("/upload")
    choose_files(page, [resume(*somebody())])
    page.get_by_role("radio", name="M&A and finance").check()
    page.get_by_role("button", name="Change").click()
    page.get_by_label("Depth").select_option("quick_scan")
    page.get_by_label("Role aimed at").fill("Associate")
    # Whether it was chosen before or after the file was read.
    expect(page.get_by_label("First name")).to_have_value("Ada")
    expect(page.get_by_text(re.compile("^Quick scan · English · Associate"))).to_be_visible()
    page.get_by_role("button", name="Start review").click()
    page.wait_for_url(REVIEW)

    page.get_by_role("link", name="New review").first.click()
    choose_files(page, [resume(*somebody())])

    expect(page.get_by_role("radio", name="M&A and finance")).to_be_checked()
    expect(page.get_by_text("Quick scan · English Change", exact=True)).to_be_visible()


def test_a_review_is_not_started_without_an_industry(open_page: OpenPage) -> None:
    page = open_page("/upload")
    choose_files(page, [resume(*somebody())])
    expect(page.get_by_label("First name")).to_have_value("Ada")

    page.get_by_role("button", name="Start review").click()

    expect(page.get_by_text("Choose an industry.")).to_be_visible()


def test_a_known_address_leads_to_its_candidate_and_the_same_file_is_noticed(
    open_page: OpenPage, robin: Consultant
) -> None:
    name, email = somebody()
    first, last = name.split()
    person = {"first_name": first, "last_name": last, "email": email}
    candidate = robin.client.post("/candidates", json=person).raise_for_status().json()["candidate"]
    file = resume(name, email)
    earlier = {"file": (file["name"], file["buffer"])}
    robin.client.post(
        f"/resume_upload/candidates/{candidate['id']}/resumes", files=earlier
    ).raise_for_status()
    page = open_page("/upload")

    choose_files(page, [file])
    expect(page.get_by_role("radio", name=name)).to_be_checked()
    page.get_by_role("radio", name="Strategy consulting").check()
    page.get_by_role("button", name="Start review").click()

    expect(page.get_by_role("alert")).to_contain_text("The same file is already there as version 1")
    expect(page.get_by_role("link", name="See the earlier version")).to_have_attribute(
        "href", f"/candidates/{candidate['id']}"
    )
    page.get_by_role("button", name="Show the text that was read").click()
    expect(page.get_by_role("dialog", name="Text as machines read it")).to_contain_text(email)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Start review").click()
    review_of(page)


def test_a_reload_keeps_what_was_uploaded(open_page: OpenPage) -> None:
    name, email = somebody()
    page = open_page("/upload")
    choose_files(page, [resume(name, email)])
    expect(page.get_by_label("E-mail")).to_have_value(email)

    page.reload()

    expect(page.get_by_label("E-mail")).to_have_value(email)


def test_a_file_for_a_known_candidate_becomes_the_next_version(
    open_page: OpenPage, robin: Consultant
) -> None:
    version = robin.client.get(f"/resume_upload/{robin.upload()}").json()
    page = open_page(f"/upload?candidate={version['candidate_id']}")
    expect(page.get_by_role("link", name="Jane Doe")).to_be_visible()

    choose_files(page, [resume("Jane Doe", "jane@example.com", more="\n- Won 3 clients worth EUR 2 m.\n")])

    expect(page.get_by_text("Version 2", exact=False)).to_be_visible()
    page.get_by_role("radio", name="System integrator").check()
    page.get_by_role("button", name="Start review").click()
    assert robin.ended(review_of(page))["status"] == "completed"


def test_what_cannot_be_read_says_so_before_and_after_it_is_sent(open_page: OpenPage) -> None:
    page = open_page("/upload")

    choose_files(page, [{"name": "setup.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}])
    expect(page.get_by_text("This kind of file cannot be read. Save it as PDF or DOCX.")).to_be_visible()
    page.get_by_role("button", name="Remove setup.exe").click()

    choose_files(page, [{"name": "torn.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 torn"}])
    expect(page.get_by_role("alert")).to_contain_text("damaged")
    page.get_by_role("link", name="Choose another file").click()
    expect(page.get_by_role("button", name="Choose files")).to_be_visible()


def test_many_files_are_confirmed_together_and_reviewed(open_page: OpenPage, robin: Consultant) -> None:
    known_name, known_email = somebody()
    first, last = known_name.split()
    person = {"first_name": first, "last_name": last, "email": known_email}
    robin.client.post("/candidates", json=person).raise_for_status()
    others = [somebody(), somebody()]
    torn: FilePayload = {"name": "torn.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 torn"}
    page = open_page("/upload")

    choose_files(page, [resume(known_name, known_email), *(resume(*one) for one in others), torn])
    page.get_by_role("radio", name="Financial advisory").check()
    page.get_by_role("button", name="Upload 4 files").click()

    page.get_by_role("button", name="Confirm all 2 as proposed").click()
    expect(page.get_by_text("3 of 3 reviewed")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("link", name=f"Review of {known_name}")).to_be_visible()
    page.get_by_text("Not taken 1").click()
    expect(page.get_by_role("listitem").filter(has_text="torn.pdf")).to_contain_text("damaged")


def test_files_are_decided_one_by_one_and_reviewed_later(open_page: OpenPage) -> None:
    kept, chosen, left = somebody(), somebody(), somebody()
    page = open_page("/upload")
    choose_files(page, [resume(*one) for one in (kept, chosen, left)])
    page.get_by_label("Start a review of each resume").uncheck()
    page.get_by_role("button", name="Upload 3 files").click()
    file = resume(*kept)["name"]

    page.get_by_role("button", name=f"Create the candidate of {file}").click()
    expect(page.get_by_role("link", name=kept[0])).to_be_visible()
    page.get_by_role("button", name=f"Leave out {resume(*left)['name']}").click()
    page.get_by_role("button", name=f"Choose the candidate of {resume(*chosen)['name']}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Another candidate").check()
    dialog.get_by_role("combobox", name="Candidate").fill(kept[0])
    page.get_by_role("option", name=kept[0]).click()
    dialog.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("link", name=kept[0])).to_have_count(2)

    page.get_by_role("button", name="Start 2 reviews").click()
    dialog.get_by_role("radio", name="Technology consulting").check()
    dialog.get_by_role("button", name="Start 2 reviews").click()
    expect(page.get_by_text("2 of 2 reviewed")).to_be_visible(timeout=60_000)


def test_the_queue_at_home_names_what_waits(
    open_page: OpenPage, make_account: Callable[..., Account]
) -> None:
    account = make_account("senior_recruiter")
    page = open_page("/upload", account=account)
    choose_files(page, [resume(*somebody()), resume(*somebody())])
    page.get_by_role("radio", name="Financial advisory").check()
    page.get_by_role("button", name="Upload 2 files").click()
    expect(page.get_by_role("button", name="Confirm all 2 as proposed")).to_be_visible()

    page.get_by_role("link", name="Home", exact=True).click()
    expect(page.get_by_text("2 files wait for you to confirm their candidates")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Upload of")).click()
    page.get_by_role("button", name="Confirm all 2 as proposed").click()
    expect(page.get_by_text("2 of 2 reviewed")).to_be_visible(timeout=60_000)

    page.get_by_role("link", name="Home", exact=True).click()
    expect(page.get_by_role("list", name="2 done today").get_by_role("listitem")).to_have_count(2)


def press_until(page: Page, target: Locator, *, most: int = 60) -> None:
    """Move the focus to the target with the keyboard, once the page shows it."""
    expect(target).to_be_enabled()
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{target} cannot be reached with Tab")


def test_the_keyboard_alone_leads_from_the_sign_in_to_a_result(
    open_page: OpenPage, make_account: Callable[..., Account], tmp_path: Path, robin: Consultant
) -> None:
    account = make_account("junior_recruiter")
    name, email = somebody()
    file = tmp_path / "resume.md"
    file.write_bytes(resume(name, email)["buffer"])
    page = open_page("/", signed_in=False, expected=NOBODY)
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.keyboard.type(account.email)
    press_until(page, page.get_by_label("Password", exact=True))
    page.keyboard.type(account.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Home")).to_be_focused()

    press_until(page, page.get_by_role("button", name="Choose files"))
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    expect(page.get_by_label("E-mail")).to_have_value(email)
    press_until(page, page.get_by_role("radio", name="Strategy consulting"))
    page.keyboard.press("Space")
    press_until(page, page.get_by_role("button", name="Start review"))
    page.keyboard.press("Enter")

    assert robin.ended(review_of(page))["status"] == "completed"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_step_is_accessible(
    open_page: OpenPage, accessible: Callable[[Page], None], language: str, scheme: str
) -> None:
    page = open_page("/", language=language, scheme=scheme)
    expect(page.get_by_role("heading", level=2)).to_have_count(4)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    accessible(page)

    page.goto(page.url.rstrip("/") + "/upload")
    page.locator("input[type=file]").set_input_files([resume(*somebody())])
    expect(page.get_by_role("textbox")).to_have_count(7)
    page.get_by_role("button", expanded=False).last.click()
    accessible(page)

    page.goto(page.url.split("?")[0])
    page.locator("input[type=file]").set_input_files([resume(*somebody()), resume(*somebody())])
    page.get_by_role("radio").first.check()
    accessible(page)
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/uploads/*")
    rows = page.get_by_role("listitem").filter(has=page.get_by_role("button"))
    expect(rows).to_have_count(2)
    accessible(page)
    rows.first.get_by_role("button").nth(1).click()
    expect(page.get_by_role("dialog").get_by_role("textbox").first).to_be_visible()
    accessible(page)

    page.goto(page.url.rsplit("/", 1)[0])
    expect(page.get_by_role("row")).not_to_have_count(0)
    accessible(page)
