"""The bars of the rubric: what is planted is found where it stands, and little else is."""

import sys
from collections import Counter
from pathlib import Path

import pytest

HERE = str(Path(__file__).parent)
sys.path.insert(0, HERE)
try:
    import planted
finally:
    sys.path.remove(HERE)

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.timeout(300)]

# Shares. What `make bench` measures for each check in all looks; here, what no change may fall below.
LEAST_LISTED = 0.99
LEAST_UNLISTED = 0.97
LEAST_IN_FILES = 0.97
LEAST_RIGHT = 0.97


@pytest.fixture(scope="module")
def listed() -> planted.Proof:
    return planted.prove(("md",), most=1, listed=True)


@pytest.fixture(scope="module")
def unlisted() -> planted.Proof:
    return planted.prove(("md",), most=1, listed=False)


@pytest.fixture(scope="module")
def files() -> planted.Proof:
    """Two faults of each check; `make bench` runs all looks, in minutes."""
    english = planted.prove(("docx",), ("en",), spread=2)
    japanese = planted.prove(("pdf_stacked",), ("ja",), spread=2)
    return planted.Proof.joined(english, japanese)


def misses(proof: planted.Proof) -> dict[str, list[str]]:
    return {check: tally.missed for check, tally in proof.tallies.items() if tally.missed}


def test_no_review_fails(listed: planted.Proof, unlisted: planted.Proof, files: planted.Proof) -> None:
    assert listed.errors + unlisted.errors + files.errors == []


def test_known_phrasings_are_found_on_their_words(listed: planted.Proof) -> None:
    assert listed.recall >= LEAST_LISTED, misses(listed)


def test_other_phrasings_are_found_on_their_words(unlisted: planted.Proof) -> None:
    assert unlisted.recall >= LEAST_UNLISTED, misses(unlisted)


def test_faults_in_files_are_found_on_their_words(files: planted.Proof) -> None:
    assert files.recall >= LEAST_IN_FILES, misses(files)


def test_no_scored_check_is_blind_in_a_language(listed: planted.Proof, unlisted: planted.Proof) -> None:
    scored = {check.id for check in planted.all_checks() if check.scored}
    found: Counter[tuple[str, str]] = Counter()
    for proof in (listed, unlisted):
        for check, tally in proof.tallies.items():
            for place, (hits, _) in tally.places.items():
                found[check, place] += hits

    assert scored & {check for check, _ in found}
    assert [place for place, hits in found.items() if place[0] in scored and not hits] == []


def test_findings_are_right(listed: planted.Proof) -> None:
    assert listed.precision >= LEAST_RIGHT, {check: tally.wrong for check, tally in listed.tallies.items()}


def test_clean_resumes_have_hardly_any_grave_finding(files: planted.Proof) -> None:
    assert len(files.grave) <= files.pages


def test_every_scored_check_has_faults() -> None:
    cases = planted.planted_cases(planted.LAYOUTS, planted.LANGUAGES)

    assert {check.id for check in planted.all_checks() if check.scored} <= {case.check for case in cases}
