import re

import msgspec
import pytest
from rich.cells import cell_len

from resume_review.cli.reports import catalog, terminal
from resume_review.cli.reports.catalog import Catalog
from resume_review.documents import Document
from resume_review.rubric.model import Finding, Review

pytestmark = pytest.mark.unit


def test_report_names_score_verdict_and_file(review: Review, words: Catalog) -> None:
    text = terminal.for_file(terminal.report(review, words))

    assert "64 out of 100" in text
    assert "Good" in text
    assert "maya_okafor.pdf" in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(
    review: Review, document: Document, words: Catalog, width: int
) -> None:
    text = terminal.for_file(terminal.report(review, words, document=document), width=width)

    assert max(map(cell_len, text.splitlines())) <= width


def test_japanese_fits_by_cells_and_loses_nothing(
    japanese_review: Review, japanese_document: Document
) -> None:
    words = catalog.load("ja")

    text = terminal.for_file(terminal.report(japanese_review, words, document=japanese_document), width=80)

    assert max(map(cell_len, text.splitlines())) <= 80
    assert "«担当し»" in text
    assert "作成を担当" in text


def test_file_has_no_colour_codes(review: Review, words: Catalog) -> None:
    assert "\x1b" not in terminal.for_file(terminal.report(review, words))


def test_quote_cannot_send_codes_to_the_terminal(review: Review, finding: Finding, words: Catalog) -> None:
    hostile = msgspec.structs.replace(finding, quote="\x1b]0;owned\x07 [bold]words[/bold]")
    changed = msgspec.structs.replace(review, findings=[hostile])

    text = terminal.for_file(terminal.report(changed, words))

    assert "\x1b" not in text
    assert "[bold]words[/bold]" in text


def test_lighter_findings_are_counted_not_shown(review: Review, finding: Finding, words: Catalog) -> None:
    many = [msgspec.structs.replace(finding, check=f"CON{n:02}", title=f"Fault {n}") for n in range(1, 14)]
    changed = msgspec.structs.replace(review, findings=many)

    text = terminal.for_file(terminal.report(changed, words))

    assert "Fault 10" in text
    assert "Fault 11" not in text
    assert "3 lighter kinds of findings are not shown" in text


def test_all_shows_every_finding(review: Review, finding: Finding, words: Catalog) -> None:
    many = [msgspec.structs.replace(finding, check=f"CON{n:02}", title=f"Fault {n}") for n in range(1, 14)]
    changed = msgspec.structs.replace(review, findings=many)

    text = terminal.for_file(terminal.report(changed, words, kinds=None))

    assert len(re.findall(r"Fault \d+", text)) == 13


def test_examples_of_one_check_are_limited(review: Review, finding: Finding, words: Catalog) -> None:
    changed = msgspec.structs.replace(review, findings=[finding] * 5)

    text = terminal.for_file(terminal.report(changed, words))

    assert text.count("Responsible for managing") == terminal.EXAMPLES
    assert "and 2 more like this" in text


def test_message_of_one_finding_stands_with_its_quote(
    review: Review, finding: Finding, words: Catalog
) -> None:
    other = msgspec.structs.replace(
        finding, quote="Helped the client", start=None, message="Who did the work?"
    )
    changed = msgspec.structs.replace(review, findings=[finding, other], strengths=[])

    text = terminal.for_file(terminal.report(changed, words))

    places = [
        text.index(part) for part in ("Responsible for", finding.message, "Helped the", "Who did the work?")
    ]
    assert places == sorted(places)


def test_refused_review_says_why_and_shows_no_scores(refused_review: Review, words: Catalog) -> None:
    text = terminal.for_file(terminal.report(refused_review, words))

    assert "save a copy without one" in text
    assert "Structure" not in text


def test_degraded_review_says_so(review: Review, words: Catalog) -> None:
    changed = msgspec.structs.replace(review, degraded=True, degraded_reason="the model did not answer")

    assert "the model did not answer" in terminal.for_file(terminal.report(changed, words))


def test_overview_has_a_line_for_each_file(review: Review, refused_review: Review, words: Catalog) -> None:
    text = terminal.for_file(terminal.overview([review, refused_review], words))

    assert text.count("maya_okafor.pdf") == 2
    assert "Protected by a password" in text
