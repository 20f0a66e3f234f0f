"""Two reviews side by side: what became better, what is new, what stays."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from resume_review.testing.browser import OpenPage
from resume_review.testing.consultant import Consultant
from resume_review.testing.resumes import MARKDOWN

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

SLOW = 60_000
DUTY = "Responsible for weekly reporting to the client"
BETTER = "Built a weekly report that 40 managers of the client use to set their prices"
WORSE = "Helped with various workstreams of a merger"


@pytest.fixture
def versions(robin: Consultant) -> tuple[str, str]:
    """Reviews of two versions of a resume: a duty was mended, a weak sentence was added."""
    person = {"first_name": "Vera", "last_name": "Versions"}
    created = robin.client.post("/candidates", json=person).raise_for_status().json()
    path = f"/resume_upload/candidates/{created['candidate']['id']}/resumes"
    reviews: list[str] = []
    for text in (MARKDOWN, MARKDOWN.replace(DUTY, f"{BETTER}\n- {WORSE}")):
        resume = (
            robin.client.post(path, files={"file": ("resume.md", text.encode())}).raise_for_status().json()
        )
        started = robin.client.post(
            f"/analysis/resumes/{resume['id']}/analyze", json={"industry": "strategy_consulting"}
        )
        reviews.append(started.raise_for_status().json()["analysis_id"])
        assert robin.ended(reviews[-1])["status"] == "completed"
    return reviews[0], reviews[1]


def test_a_later_version_is_held_against_the_earlier_one(
    open_page: OpenPage, versions: tuple[str, str]
) -> None:
    before, after = versions
    page = open_page(f"/compare?left={before}&right={after}")
    fixed = page.get_by_role("region", name="fixed")
    expect(page.get_by_role("heading", name="Scores")).to_be_visible(timeout=SLOW)

    expect(fixed.get_by_text("Responsible for", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="new").get_by_text("Helped", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="still open").get_by_role("listitem").first).to_be_visible()
    expect(page.get_by_role("row", name="Overall")).to_be_visible()
    expect(page.locator("del", has_text="Responsible").first).to_be_visible()
    expect(page.locator("ins", has_text="Built").first).to_be_visible()
    fixed.get_by_role("link").first.click()
    page.wait_for_url(f"**/reviews/{before}?view=findings&finding=*")


def test_the_sides_are_chosen_from_the_candidates_reviews(
    open_page: OpenPage, versions: tuple[str, str]
) -> None:
    before, after = versions
    page = open_page(f"/compare?right={after}")
    expect(page.get_by_role("heading", name="Choose two reviews")).to_be_visible(timeout=SLOW)
    side = page.get_by_label("Before")
    # The empty choice and the one other review of this candidate.
    expect(side.get_by_role("option")).to_have_count(2)
    side.select_option(before)
    expect(page.get_by_role("heading", name="Scores")).to_be_visible(timeout=SLOW)
    assert f"left={before}" in page.url


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ja", "dark")])
def test_comparing_is_accessible(
    open_page: OpenPage,
    versions: tuple[str, str],
    accessible: Callable[[Page], None],
    language: str,
    scheme: str,
) -> None:
    before, after = versions
    page = open_page(f"/compare?left={before}&right={after}", language=language, scheme=scheme)
    expect(page.locator("ins").first).to_be_visible(timeout=SLOW)
    accessible(page)
