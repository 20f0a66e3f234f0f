import pytest

from resume_review.database.embedded.cluster import fault

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("LOG:  starting\nFATAL:  first\nLOG:  more\nFATAL:  second\nLOG:  down", "FATAL:  second"),
        (
            "initdb: error: could not look up user\ninitdb: hint: add one",
            "initdb: error: could not look up user",
        ),
        ("error while loading shared libraries\n", "error while loading shared libraries"),
        ("", "no reason was given"),
        (
            "PANIC:  could not write: No space left on device\n",
            "the disk is full. Free at least 100 MB and start again.",
        ),
    ],
)
def test_one_line_of_the_output_is_the_reason(output: str, reason: str) -> None:
    assert fault(output) == reason
