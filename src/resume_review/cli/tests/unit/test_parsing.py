import argparse

import pytest

from resume_review.cli.parsing import CommandError, Parser, comma_list, percentage

pytestmark = pytest.mark.unit


def test_fault_is_one_line_that_says_where_the_help_is() -> None:
    parser = Parser("resume-review review", description="")
    parser.add_argument("files", nargs="+")

    with pytest.raises(CommandError) as caught:
        parser.parse_args([])

    assert str(caught.value).count("\n") == 0
    assert str(caught.value).endswith("See: resume-review review --help")


def test_options_are_not_guessed_from_their_start() -> None:
    parser = Parser("resume-review review", description="")
    parser.add_argument("--format")

    with pytest.raises(CommandError, match="--form"):
        parser.parse_args(["--form", "json"])


def test_comma_list_drops_empty_parts() -> None:
    assert comma_list("CON01, TON,,") == ["CON01", "TON"]


@pytest.mark.parametrize("text", ["101", "-1", "7.5", "high", ""])
def test_percentage_refuses_what_is_no_score(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="from 0 to 100"):
        percentage(text)


@pytest.mark.parametrize(("text", "points"), [("0", 0), ("100", 100)])
def test_percentage_takes_the_bounds(text: str, points: int) -> None:
    assert percentage(text) == points
