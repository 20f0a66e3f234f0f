import pytest

from resume_review.core.cells import plain_cell

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u3000="]
)
def test_case_45_what_a_spreadsheet_would_run_is_marked_as_text(start: str) -> None:
    assert plain_cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("text", ["", "Jane Doe", "a=b", "2026-11-21", '{"a": "=1"}', "山田"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert plain_cell(text) == text
