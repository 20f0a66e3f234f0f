"""The bars of the rubric, on resumes that its own tests do not use."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = str(Path(__file__).parent)
sys.path.insert(0, HERE)
try:
    import planted
    from planted_faults import Fault, NotHereError, faults
    from planted_layouts import CJK_FONT
finally:
    sys.path.remove(HERE)

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.timeout(300)]

NAMES = sorted(planted.resumes())
ADVERT = """
We are looking for a consultant to join our team. You will lead programmes on AWS, Azure and SAP.

Requirements

- Strong knowledge of Kubernetes, Terraform and due diligence
- Led transformation programmes with 100 engineers and a budget of $5M

We offer a competitive salary. Equal opportunity employer. Apply now.
"""
# Faults that cost nothing by design, or that change what else there is to judge.
NEVER_COUNTED = {"CMP04", "CMP10", "CMP11", "INT03"}
# These put another bullet in the place of one; the other may be the better one but for its fault.
REPLACING = {"bullet", "pair", "past_role", "current_role", "verb", "many_bullets", "long"}


def overall(name: str, markdown: str, layout: str = "md") -> int:
    score = planted.judge(name, markdown, layout)[1].scores.overall
    assert score is not None
    return score


@pytest.fixture(scope="module")
def tallies() -> dict[str, planted.Tally]:
    return planted.run(("md",), ("en", "ja"))


def test_every_check_finds_its_faults_on_their_words(tallies: dict[str, planted.Tally]) -> None:
    weak = {check: tally.missed for check, tally in tallies.items() if tally.recall < 0.95}

    assert weak == {}


def test_clean_resumes_have_hardly_any_grave_finding() -> None:
    grave = [alarm for alarm in planted.false_alarms(("md",)) if int(alarm.split()[3]) >= planted.GRAVE]

    assert len(grave) <= len(NAMES)


def _planted() -> Iterator[tuple[Fault, str, str, str]]:
    """One resume for each fault."""
    for language in ("en", "ja"):
        names = [name for name in NAMES if name.startswith(language)]
        for fault in faults(language):
            for step in range(len(names)):
                name = names[(fault.number + step) % len(names)]
                clean = planted.resumes()[name]
                try:
                    text, _ = fault.plant(clean)
                except NotHereError:
                    continue
                yield fault, name, clean, text
                break


def test_mending_a_fault_never_lowers_the_score() -> None:
    clean_scores = {name: overall(name, text) for name, text in planted.resumes().items()}

    worse = [
        (fault.check, fault.place, str(fault.words)[:60], name, overall(name, text), clean_scores[name])
        for fault, name, _, text in _planted()
        if fault.check not in NEVER_COUNTED
        and fault.place not in REPLACING
        and overall(name, text) > clean_scores[name]
    ]

    assert worse == []


@pytest.mark.parametrize("name", NAMES)
def test_same_content_in_another_file_scores_the_same(name: str) -> None:
    text = planted.resumes()[name]
    layouts = ["md", "docx", "pdf"] if name.startswith("en") or CJK_FONT.exists() else ["md", "docx"]

    scores = [overall(name, text, layout) for layout in layouts]

    assert max(scores) - min(scores) <= 2


@pytest.mark.parametrize("name", NAMES)
def test_pasted_advert_gains_nothing(name: str) -> None:
    text = planted.resumes()[name]

    assert overall(name, text + ADVERT) <= overall(name, text)


@pytest.mark.parametrize("name", NAMES)
def test_repeating_every_bullet_gains_nothing(name: str) -> None:
    text = planted.resumes()[name]
    doubled = re.sub(r"^(- .*\n)", r"\1\1", text, flags=re.MULTILINE)

    assert overall(name, doubled) <= overall(name, text)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("en")])
@pytest.mark.parametrize("person", ["Li Na", "Chukwuemeka Okonkwo-Adeyemi", "Aroha Ngata", "José de la Cruz"])
def test_name_pronoun_age_and_school_change_nothing(name: str, person: str) -> None:
    text = planted.resumes()[name]
    old = text.splitlines()[0].removeprefix("# ")
    other = text.replace(f"# {old}", f"# {person}", 1)
    line = next(line for line in other.splitlines() if "@" in line)
    other = other.replace(line, f"{line} | she/her | Nationality: Kenyan | Age: 58", 1)
    other = re.sub(r"University of \w+", "University of Lagos", other)

    before, after = (planted.judge(name, each, "md")[1].scores for each in (text, other))

    assert after == before
