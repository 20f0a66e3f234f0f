import re

import msgspec
import pytest

from resume_review.cli.reports import catalog, html
from resume_review.cli.reports.catalog import Catalog
from resume_review.documents import Document
from resume_review.rubric.model import Finding, Review

pytestmark = pytest.mark.unit


def test_every_link_leads_to_a_place_on_the_page(review: Review, document: Document, words: Catalog) -> None:
    page = html.page([(review, document)], words)

    targets = set(re.findall(r'href="#([^"]+)"', page))
    places = re.findall(r' id="([^"]+)"', page)
    assert targets
    assert targets <= set(places)
    assert len(places) == len(set(places))


def test_page_asks_nobody_for_anything(review: Review, document: Document, words: Catalog) -> None:
    page = html.page([(review, document)], words)

    assert re.findall(r'(?:src|href)="(?!#)|url\(|@import|<script|https?:', page) == []


@pytest.mark.parametrize("place", ["quote", "title", "message", "suggestion", "rewrite", "section"])
def test_text_is_escaped_everywhere(review: Review, finding: Finding, words: Catalog, place: str) -> None:
    hostile = msgspec.structs.replace(finding, **{place: '<img src=x onerror="alert(1)">{{ 7*7 }}'})
    changed = msgspec.structs.replace(review, findings=[hostile])

    page = html.page([(changed, None)], words)

    assert "<img" not in page
    assert "&lt;img src=x" in page
    assert "{{ 7*7 }}" in page


def test_resume_text_is_escaped(review: Review, document: Document, words: Catalog) -> None:
    hostile = msgspec.structs.replace(document, text=document.text + "\n</div><script>alert(1)</script>")

    page = html.page([(review, hostile)], words)

    assert "<script" not in page


def test_language_is_declared(japanese_review: Review, japanese_document: Document) -> None:
    page = html.page([(japanese_review, japanese_document)], catalog.load("ja"))

    assert page.startswith('<!doctype html>\n<html lang="ja">')


def test_passages_add_up_to_the_text_even_when_quotes_overlap(
    review: Review, document: Document, finding: Finding
) -> None:
    assert finding.start is not None
    overlapping = msgspec.structs.replace(
        finding, id="other", start=finding.start + 5, end=finding.start + 40
    )
    changed = msgspec.structs.replace(review, findings=[finding, overlapping], strengths=[])

    found = html.passages(changed, document)

    assert "".join(passage.text for passage in found) == document.text
    assert [len(passage.marks) for passage in found] == [0, 1, 2, 1, 0]


def test_refused_review_says_why(refused_review: Review, words: Catalog) -> None:
    page = html.page([(refused_review, None)], words)

    assert "save a copy without one" in page
    assert 'class="scores"' not in page


def test_several_reviews_start_with_an_overview(
    review: Review, refused_review: Review, words: Catalog
) -> None:
    page = html.page([(review, None), (refused_review, None)], words)

    assert page.count("<main") == 2
    assert 'href="#r2"' in page


def test_findings_lie_on_the_picture_of_their_page(
    review: Review, document: Document, finding: Finding, words: Catalog
) -> None:
    leaf = msgspec.structs.replace(document.pages[0], width=200.0, height=400.0)
    drawn = msgspec.structs.replace(document, pages=[leaf])
    boxed = msgspec.structs.replace(finding, page=leaf.number, boxes=[(20.0, 40.0, 120.0, 60.0)])
    changed = msgspec.structs.replace(review, findings=[boxed], strengths=[])

    (sheet,) = html.sheets(changed, drawn, {leaf.number: "data:,"})
    page = html.page([(changed, drawn)], words, pictures=[{leaf.number: "data:,"}])

    (mark,) = sheet.marks
    assert (mark.left, mark.top, mark.width, mark.height) == (10.0, 10.0, 50.0, 5.0)
    assert f'href="#q1-{finding.id}"' in page
    assert f'id="q1-{finding.id}"' in page
    assert '<div class="text">' not in page
