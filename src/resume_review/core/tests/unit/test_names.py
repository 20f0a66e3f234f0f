"""Names as the people who bear them write them."""

import pytest

from resume_review.core.names import full_name

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("Jane", "Doe", "Jane Doe"),
        ("健太", "佐藤", "佐藤 健太"),
        ("はるか", "佐々木", "佐々木 はるか"),
        ("민준", "김", "김 민준"),
        ("Naomi", "", "Naomi"),
        ("", "佐藤", "佐藤"),
        ("Åsa", "Öberg", "Åsa Öberg"),
    ],
)
def test_the_family_name_comes_where_it_is_written(first: str, last: str, written: str) -> None:
    assert full_name(first, last) == written
