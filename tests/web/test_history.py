"""The history of reviews: filters in the address, order, pages, the export."""

import csv
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from resume_review.testing.browser import OpenPage
from resume_review.testing.consultant import Consultant

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]


def make_review(robin: Consultant, last_name: str, industry: str = "ma_finance") -> str:
    """A finished review of a new candidate; its id."""
    resume_id = robin.upload()
    candidate_id = robin.client.get(f"/resume_upload/{resume_id}").json()["candidate_id"]
    robin.client.patch(f"/candidates/{candidate_id}", json={"last_name": last_name}).raise_for_status()
    answer = robin.client.post(f"/analysis/resumes/{resume_id}/analyze", json={"industry": industry})
    review_id = answer.raise_for_status().json()["analysis_id"]
    robin.ended(review_id)
    return review_id


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_filters_narrow_the_list_and_stay_in_the_address(open_page: OpenPage, robin: Consultant) -> None:
    make_review(robin, "Filtered", "ma_finance")
    make_review(robin, "Filtered", "system_integrator")
    page = open_page("/reviews")

    page.get_by_label("Candidate", exact=True).fill("Filtered")
    expect(page.get_by_text("2 reviews")).to_be_visible()
    page.get_by_label("Industry").select_option("ma_finance")
    expect(page.get_by_text("1 review", exact=True)).to_be_visible()
    assert query(page) == {"search": ["Filtered"], "industry": ["ma_finance"]}

    page.reload()
    expect(page.get_by_text("1 review", exact=True)).to_be_visible()
    expect(page.get_by_label("Candidate", exact=True)).to_have_value("Filtered")
    page.get_by_label("Status").select_option("error")
    expect(page.get_by_role("heading", name="No review fits")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("row").nth(2)).to_be_visible()
    assert query(page) == {}


def test_scores_days_and_depth_are_filters_too(open_page: OpenPage, robin: Consultant) -> None:
    make_review(robin, "Ranged")
    page = open_page("/reviews?search=Ranged&min=0&from=2026-01-01&type=comprehensive")
    expect(page.get_by_text("1 review", exact=True)).to_be_visible()

    page.get_by_label("Score to").fill("0")
    expect(page.get_by_role("heading", name="No review fits")).to_be_visible()
    assert query(page)["max"] == ["0"]
    page.get_by_label("Score to").fill("")
    page.get_by_label("To", exact=True).fill("2026-01-02")
    expect(page.get_by_role("heading", name="No review fits")).to_be_visible()


def test_columns_order_the_list_both_ways(open_page: OpenPage, robin: Consultant) -> None:
    make_review(robin, "Ordered Aa")
    make_review(robin, "Ordered Zz")
    page = open_page("/reviews?search=Ordered")
    names = page.get_by_role("rowheader")
    expect(names.first).to_contain_text("Zz")

    page.get_by_role("button", name="Candidate").click()
    expect(names.first).to_contain_text("Aa")
    expect(page.get_by_role("columnheader", name="Candidate")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Candidate").click()
    expect(names.first).to_contain_text("Zz")
    assert query(page)["sort"] == ["candidate"]


def test_the_export_holds_what_the_list_shows(open_page: OpenPage, robin: Consultant) -> None:
    review_id = make_review(robin, "Exported")
    page = open_page("/reviews?search=Exported")
    expect(page.get_by_text("1 review", exact=True)).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("button", name="Export as CSV").click()

    assert download.value.suggested_filename.startswith("reviews-")
    rows = list(csv.DictReader(download.value.path().read_text("utf-8-sig").splitlines()))
    assert [row["id"] for row in rows] == [review_id]


def test_a_junior_sees_only_reviews_of_their_candidates(open_page: OpenPage, robin: Consultant) -> None:
    make_review(robin, "Hidden")
    page = open_page("/reviews", role="junior_recruiter")

    expect(page.get_by_role("heading", name="No reviews yet")).to_be_visible()
    expect(page.get_by_label("Asked for by").get_by_role("option")).to_have_count(2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_history_is_accessible(
    open_page: OpenPage,
    accessible: Callable[[Page], None],
    robin: Consultant,
    language: str,
    scheme: str,
) -> None:
    make_review(robin, f"Accessible {language} {scheme}")
    page = open_page("/reviews", language=language, scheme=scheme)
    expect(page.get_by_role("rowheader").first).to_be_visible()
    accessible(page)

    page.get_by_role("searchbox").fill("nobody has this name")
    expect(page.get_by_role("heading", level=2)).to_be_visible()
    accessible(page)
