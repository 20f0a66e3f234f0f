import msgspec
import pytest

from resume_review.cli.reports import markdown
from resume_review.cli.reports.catalog import Catalog
from resume_review.documents import Document
from resume_review.rubric.model import Finding, Review

pytestmark = pytest.mark.unit


def test_quote_is_bold_in_its_line(review: Review, document: Document, words: Catalog) -> None:
    text = markdown.report(review, words, document=document)

    assert "> **Responsible for managing** a team of four analysts across two workstreams" in text


def test_every_finding_is_there(review: Review, words: Catalog) -> None:
    text = markdown.report(review, words)

    assert all(f"`{finding.check}`" in text for finding in review.findings)


def test_resume_text_cannot_become_markup(review: Review, finding: Finding, words: Catalog) -> None:
    hostile = msgspec.structs.replace(finding, quote="![x](http://evil.example/a.png) <script>", start=None)
    changed = msgspec.structs.replace(review, findings=[hostile])

    text = markdown.report(changed, words)

    assert r"\!\[x\](http://evil.example/a.png) \<script\>" in text


@pytest.mark.parametrize(
    ("title", "shown"), [("1. First", r"1\. First"), ("- dash", r"\- dash"), ("a - b", "a - b")]
)
def test_message_cannot_start_a_list(
    review: Review, finding: Finding, words: Catalog, *, title: str, shown: str
) -> None:
    changed = msgspec.structs.replace(review, findings=[msgspec.structs.replace(finding, message=title)])

    assert f"\n{shown}\n" in markdown.report(changed, words)


def test_refused_review_says_why(refused_review: Review, words: Catalog) -> None:
    text = markdown.report(refused_review, words)

    assert "**Protected by a password** The file is protected" in text
    assert "## Scores" not in text


def test_overview_is_a_table_row_for_each_file(review: Review, words: Catalog) -> None:
    text = markdown.overview([review, review], words)

    assert text.count(r"| maya\_okafor.pdf | 64 | Good | Senior |") == 2
