"""The list of checks and its texts fit together."""

import re
import string

import pytest

from resume_review.rubric.catalog import load_catalog, load_reference
from resume_review.rubric.registry import all_checks, chosen_checks

pytestmark = pytest.mark.unit


def test_ids_are_unique_and_well_formed() -> None:
    ids = [check.id for check in all_checks()]

    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"(ATS|STR|FMT|CON|TON|CMP|APL|INT)\d\d", check) for check in ids)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_check_has_its_texts(language: str) -> None:
    catalog = load_catalog(language)

    assert {check.id for check in all_checks()} <= set(catalog.checks)


def test_languages_have_the_same_keys_and_placeholders() -> None:
    english, japanese = load_catalog("en"), load_catalog("ja")

    assert english.sentences.keys() == japanese.sentences.keys()
    assert english.strengths.keys() == japanese.strengths.keys()
    for check, text in english.checks.items():
        assert text.variants.keys() == japanese.checks[check].variants.keys(), check
    for key, sentence in english.sentences.items():
        assert _names(sentence) == _names(japanese.sentences[key]), key


def _names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_check_has_a_reference() -> None:
    reference = load_reference()

    assert {check.id for check in all_checks()} == set(reference)


def test_select_and_ignore_take_prefixes() -> None:
    chosen = {check.id for check in chosen_checks(["TON", "CON01"], ["TON04"])}

    assert "CON01" in chosen
    assert "TON01" in chosen
    assert "TON04" not in chosen
    assert "CMP01" not in chosen
