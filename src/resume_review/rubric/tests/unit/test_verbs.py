"""Verbs at the start of bullets."""

import pytest

from resume_review.rubric.verbs import Tense, alternatives, lead_verb, past_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("word", "following", "lemma", "tense"),
    [
        ("Led", "a", "lead", Tense.PAST),
        ("Managed", None, "manage", Tense.PAST),
        ("Drove", None, "drive", Tense.PAST),
        ("Cut", "costs", "cut", Tense.PAST),
        ("Re-engineered", None, "engineer", Tense.PAST),
        ("Renegotiated", None, "renegotiate", Tense.PAST),
        ("Modelled", None, "model", Tense.PAST),
        ("Planned", None, "plan", Tense.PAST),
        ("Applied", None, "apply", Tense.PAST),
        ("Managing", None, "manage", Tense.GERUND),
        ("Leads", "a", "lead", Tense.THIRD),
        ("Manage", "a", "manage", Tense.BASE),
        ("Support", "clients", "support", Tense.BASE),
    ],
)
def test_verb_form(word: str, following: str | None, lemma: str, tense: Tense) -> None:
    verb = lead_verb(word, following)

    assert verb is not None
    assert (verb.lemma, verb.tense) == (lemma, tense)


@pytest.mark.parametrize(
    ("word", "following"),
    [
        ("Advanced", "analytics"),
        ("Project", "management"),
        ("Support", "for"),
        ("Team", "lead"),
        ("The", "team"),
        ("Excel", None),
    ],
)
def test_no_verb(word: str, following: str | None) -> None:
    assert lead_verb(word, following) is None


def test_unknown_verb_by_its_ending() -> None:
    verb = lead_verb("Terraformed")

    assert verb is not None
    assert not verb.known


def test_alternatives_are_other_verbs_of_the_same_kind_in_the_past() -> None:
    others = alternatives("lead", frozenset({"direct"}))

    assert "led" not in others
    assert "directed" not in others
    assert "headed" in others


@pytest.mark.parametrize(
    ("lemma", "past"), [("run", "ran"), ("carry", "carried"), ("ship", "shipped"), ("build", "built")]
)
def test_past(lemma: str, past: str) -> None:
    assert past_of(lemma) == past
