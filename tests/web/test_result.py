"""A result as a consultant works through it: choose, decide, hand over, go on."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from resume_review.testing.browser import Account, OpenPage
from resume_review.testing.consultant import Consultant, consultant
from resume_review.testing.processes import Server
from resume_review.testing.resumes import MARKDOWN

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

SLOW = 60_000
"""Milliseconds that a loaded machine may need for the first drawing."""


def review_of(
    robin: Consultant, data: bytes = MARKDOWN.encode(), name: str = "resume.md", **asked: str
) -> str:
    """The id of an ended review of a new candidate's resume."""
    person = {"first_name": "Rosa", "last_name": "Result"}
    created = robin.client.post("/candidates", json=person).raise_for_status().json()
    path = f"/resume_upload/candidates/{created['candidate']['id']}/resumes"
    resume = robin.client.post(path, files={"file": (name, data)}).raise_for_status().json()
    body = {"industry": "strategy_consulting"} | asked
    started = robin.client.post(f"/analysis/resumes/{resume['id']}/analyze", json=body)
    review_id: str = started.raise_for_status().json()["analysis_id"]
    robin.ended(review_id)
    return review_id


def findings_of(robin: Consultant, review_id: str) -> list[dict[str, Any]]:
    """What is to be mended; no strengths."""
    answer = robin.client.get(f"/analysis/analysis/{review_id}/findings").raise_for_status().json()
    return [one for one in answer["findings"] if one["feedback_type"] != "strength"]


def chosen(page: Page) -> Locator:
    """The row of the finding that is chosen."""
    return page.locator("article[data-row][data-chosen=true]")


def test_the_keyboard_leads_through_the_findings(open_page: OpenPage, robin: Consultant) -> None:
    review_id = review_of(robin)
    page = open_page(f"/reviews/{review_id}?view=findings")
    rows = page.locator("article[data-row]")
    expect(rows.first).to_be_visible(timeout=SLOW)
    first, second = (rows.nth(n).get_attribute("data-row") for n in (0, 1))

    page.keyboard.press("j")
    expect(chosen(page)).to_have_attribute("data-row", first or "")
    expect(chosen(page).get_by_role("button").first).to_be_focused()
    page.keyboard.press("j")
    expect(chosen(page)).to_have_attribute("data-row", second or "")
    page.keyboard.press("k")
    expect(chosen(page)).to_have_attribute("data-row", first or "")
    page.keyboard.press("a")
    expect(chosen(page)).to_have_attribute("data-decision", "accepted")
    page.keyboard.press("Escape")
    expect(chosen(page)).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def test_enter_shows_the_words_on_a_narrow_screen_and_escape_leads_back(
    open_page: OpenPage, robin: Consultant
) -> None:
    review_id = review_of(robin)
    page = open_page(f"/reviews/{review_id}?view=findings", width=390)
    expect(page.locator("article[data-row]").first).to_be_visible(timeout=SLOW)
    quoted = page.locator("article[data-row]").filter(has=page.locator("q b")).first
    quoted.get_by_role("button").first.click()
    page.keyboard.press("Enter")

    expect(page.locator("mark[data-state=chosen]").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(chosen(page)).to_be_visible()


def test_decisions_are_kept_with_author_and_reach_the_candidate(
    open_page: OpenPage, robin: Consultant
) -> None:
    review_id = review_of(robin)
    one, other, third = findings_of(robin, review_id)[:3]
    page = open_page(f"/reviews/{review_id}?view=findings&finding={one['id']}")
    row = page.locator(f"[data-row='{one['id']}']")
    row.get_by_role("button", name="Accept", exact=True).click(timeout=SLOW)
    expect(row).to_have_attribute("data-decision", "accepted")
    expect(row.get_by_text("by Kim Test")).to_be_visible()

    row = page.locator(f"[data-row='{other['id']}']")
    row.get_by_role("button").first.click()
    row.get_by_role("button", name="Edit").click()
    row.get_by_label("Comment for the candidate").fill("Say what you changed. <b>Not bold</b>")
    row.get_by_role("button", name="Save").click()
    expect(row).to_have_attribute("data-decision", "edited")
    row = page.locator(f"[data-row='{third['id']}']")
    row.get_by_role("button").first.click()
    row.get_by_role("button", name="Reject").click()
    expect(row).to_have_attribute("data-decision", "rejected")

    def kept() -> list[str]:
        by_id = {item["id"]: item for item in findings_of(robin, review_id)}
        return [by_id[item["id"]]["decision"] for item in (one, other, third)]

    page.wait_for_load_state("networkidle")
    assert kept() == ["accepted", "edited", "rejected"]
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="For the candidate").click()
    expect(page.get_by_text("Say what you changed. <b>Not bold</b>")).to_be_visible()
    expect(page.get_by_text(one["feedback_text"]).first).to_be_visible()
    expect(page.get_by_role("table").first).to_be_visible()
    page.get_by_label("Show scores").uncheck()
    expect(page.get_by_role("table")).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("button", name="Print or save as PDF")).to_be_hidden()


def test_several_are_decided_at_once_and_an_error_takes_it_back(
    open_page: OpenPage, robin: Consultant
) -> None:
    review_id = review_of(robin)
    total = len(findings_of(robin, review_id))
    page = open_page(f"/reviews/{review_id}?view=findings", expected=("409", "Conflict"))
    page.get_by_label("Select all findings shown").check(timeout=SLOW)
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.locator("article[data-decision=accepted]")).to_have_count(total)
    page.wait_for_load_state("networkidle")
    assert {one["decision"] for one in findings_of(robin, review_id)} == {"accepted"}

    first = findings_of(robin, review_id)[0]
    somebody_else = {"decision": "rejected"}
    path = f"/analysis/analysis/{review_id}/findings/{first['id']}"
    robin.client.patch(path, json=somebody_else).raise_for_status()
    row = page.locator(f"[data-row='{first['id']}']")
    row.get_by_role("button").first.click()
    row.get_by_role("button", name="Open again").click()
    expect(page.get_by_text("Somebody decided about this finding in the meantime.")).to_be_visible()
    expect(row).to_have_attribute("data-decision", "rejected")


def test_filters_live_in_the_address(open_page: OpenPage, robin: Consultant) -> None:
    review_id = review_of(robin)
    wanted = [one for one in findings_of(robin, review_id) if one["category"] == "content"]
    page = open_page(f"/reviews/{review_id}?view=findings")
    page.get_by_label("Category").select_option("content", timeout=SLOW)
    expect(page.locator("article[data-row]")).to_have_count(len(wanted))
    page.reload()
    expect(page.locator("article[data-row]")).to_have_count(len(wanted), timeout=SLOW)
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("article[data-row]")).to_have_count(len(findings_of(robin, review_id)))


def test_a_refused_review_says_what_to_do(open_page: OpenPage, robin: Consultant) -> None:
    letter = (
        "Dear Sir or Madam,\nthank you for the invoice.\n"
        + "The goods came and were stored in the hall. " * 20
    )
    review_id = review_of(robin, letter.encode(), "letter.txt")
    page = open_page(f"/reviews/{review_id}")
    expect(page.get_by_role("heading", name="Not a resume")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Check whether the right file was uploaded.")).to_be_visible()
    expect(page.get_by_role("button", name="Try the review again")).to_be_visible()


def test_smaller_reviews_say_what_they_leave_out(open_page: OpenPage, robin: Consultant) -> None:
    page = open_page(f"/reviews/{review_of(robin, review_type='ats_check')}")
    expect(page.get_by_text("This review looks at machine reading only")).to_be_visible(timeout=SLOW)
    page = open_page(f"/reviews/{review_of(robin, review_type='quick_scan')}")
    expect(page.get_by_text("A quick scan: it shows the grave findings only.")).to_be_visible(timeout=SLOW)


def test_the_queue_leads_to_the_next_undecided_review(
    open_page: OpenPage, web: Server, make_account: Callable[..., Account]
) -> None:
    account = make_account()
    with consultant(web.api, email=account.email, password=account.password) as mine:
        first, decided, last = (review_of(mine) for _ in range(3))
        finding = findings_of(mine, decided)[0]
        path = f"/analysis/analysis/{decided}/findings/{finding['id']}"
        mine.client.patch(path, json={"decision": "accepted"}).raise_for_status()
    page = open_page(f"/reviews/{last}", account=account)
    page.get_by_role("link", name="Next in the queue").click(timeout=SLOW)
    page.wait_for_url(f"**/reviews/{first}")


def test_the_sample_is_accessible_and_answers_at_once(
    open_page: OpenPage, robin: Consultant, accessible: Callable[[Page], None]
) -> None:
    sample = (files("resume_review") / "samples" / "strategy_consultant_en.pdf").read_bytes()
    review_id = review_of(robin, sample, "sample.pdf")
    for language, scheme in (("en", "light"), ("en", "dark"), ("ja", "light"), ("ja", "dark")):
        page = open_page(f"/reviews/{review_id}", language=language, scheme=scheme)
        page.locator("[data-text-layer='1'][data-drawn=true]").wait_for(state="attached", timeout=SLOW)
        for view in range(page.get_by_role("tab").count()):
            page.get_by_role("tab").nth(view).click()
            accessible(page)
        page.goto(page.url.split("?")[0] + "/print")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=SLOW)
        accessible(page)
        page.close()
