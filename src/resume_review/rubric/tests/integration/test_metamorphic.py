"""What must hold between two reviews: who someone is changes nothing, stuffing gains nothing, mending loses nothing."""

import re
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resume_review.rubric import INDUSTRIES, Review
from resume_review.rubric.industries import Industry
from resume_review.rubric.packs import load_pack

pytestmark = pytest.mark.integration

Judge = Callable[..., Review]

FAIR = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

NAMES = [
    ("Maria Keller", "maria.keller@example.com"),
    ("Li Na", "li.na@example.com"),
    ("Omar Al-Khatib", "omar@example.com"),
    ("Chukwuemeka Okonkwo-Adeyemi", "c.okonkwo@example.com"),
    ("José Ángel de la Cruz Fernández", "jose@example.com"),
    ("佐藤 美咲", "sato@example.com"),
    ("Aroha Ngata", "angel@example.com"),
    ("Bjørn Ødegård", "bjorn@example.com"),
    ("Precious Love", "precious.love@example.com"),
]
PLACES = [
    "London, UK",
    "Lagos, Nigeria",
    "東京都港区",
    "São Paulo, Brazil",
    "Jakarta, Indonesia",
    "Springfield, IL",
]
EXTRAS = [
    "",
    " | she/her",
    " | he/him",
    " | Age: 58",
    " | Age: 24",
    " | Nationality: Kenyan",
    " | Nationality: Swiss",
]

ADVERT = """
We are looking for a technology consultant to join our team. You will lead cloud migration programmes on AWS and Azure.

Requirements

- Strong knowledge of Kubernetes, Docker, Terraform and CI/CD pipelines
- Led digital transformation programmes with 100 engineers and a budget of $5M
- Nice to have: Snowflake, Databricks, machine learning

We offer a competitive salary. Equal opportunity employer. Apply now.
"""


def damaged(text: str) -> str:
    """A resume with room to gain."""
    return (
        text.replace("- Led a team of 12 engineers that moved 140 applications to AWS and cut hosting cost by 31%",
                     "- Responsible for various cloud tasks and the daily work of the team")
        .replace("raised adoption to 92%", "successfully raised adoption")
        .replace("Won 3 follow-on engagements", "Helped with follow-on work")
    )  # fmt: skip


def overall(result: Review) -> int:
    assert result.scores.overall is not None
    return result.scores.overall


@FAIR
@given(name=st.sampled_from(NAMES), place=st.sampled_from(PLACES), extra=st.sampled_from(EXTRAS))
def test_person_changes_no_score(
    judge: Judge, clean: str, name: tuple[str, str], place: str, extra: str
) -> None:
    text = damaged(clean)
    other = text.replace("Maria Keller", name[0]).replace("maria.keller@example.com", name[1])
    other = other.replace("| London, UK |", f"| {place}{extra} |")

    assert judge(other).scores == judge(text).scores


@FAIR
@given(industry=st.sampled_from(INDUSTRIES), count=st.integers(1, 40), data=st.data())
def test_stuffing_the_skills_gains_nothing(
    judge: Judge, clean: str, industry: Industry, count: int, data: st.DataObject
) -> None:
    names = [skill.name for group in load_pack(industry).groups for skill in group.skills]
    stuffed = data.draw(st.lists(st.sampled_from(names), min_size=count, max_size=count))
    text = damaged(clean)
    more = text.replace("Terraform, Jenkins", ", ".join(["Terraform", "Jenkins", *stuffed]))

    assert overall(judge(more, industry=industry)) <= overall(judge(text, industry=industry))


@FAIR
@given(count=st.integers(1, 12), data=st.data())
def test_repeated_bullets_gain_nothing(judge: Judge, clean: str, count: int, data: st.DataObject) -> None:
    text = damaged(clean)
    bullets = re.findall(r"^- .*\n", text, flags=re.MULTILINE)
    again = data.draw(st.lists(st.sampled_from(bullets), min_size=count, max_size=count))
    place = data.draw(st.sampled_from(bullets))

    assert overall(judge(text.replace(place, place + "".join(again), 1))) <= overall(judge(text))


@pytest.mark.parametrize("heading", ["## Education", "## Certifications", "## Skills", "## Experience"])
def test_pasted_advert_gains_nothing(judge: Judge, clean: str, heading: str) -> None:
    text = damaged(clean)

    result = judge(text.replace(heading, f"{ADVERT}\n{heading}"))

    assert overall(result) <= overall(judge(text))


def test_advert_at_the_end_is_flagged(judge: Judge, clean: str) -> None:
    result = judge(clean + ADVERT)

    assert any(finding.check == "CON14" for finding in result.findings)


@FAIR
@given(data=st.data())
def test_order_of_bullets_in_a_role_changes_no_score(judge: Judge, clean: str, data: st.DataObject) -> None:
    text = damaged(clean)
    bullets = re.findall(r"^- .*\n", text, flags=re.MULTILINE)[:4]
    shuffled = data.draw(st.permutations(bullets))

    assert judge(text.replace("".join(bullets), "".join(shuffled))).scores == judge(text).scores


@pytest.mark.parametrize(
    ("fault", "mended"),
    [
        ("Responsible for various cloud tasks", "Led 12 cloud migrations and cut cost by 31%, with"),
        ("successfully raised adoption", "raised adoption to 92%"),
        ("Helped with follow-on work", "Won 3 follow-on engagements"),
        ("Mar 2021 – Present", "Mar 2021 – Present"),
    ],
)
def test_mending_never_lowers(judge: Judge, clean: str, fault: str, mended: str) -> None:
    text = damaged(clean)

    assert overall(judge(text.replace(fault, mended))) >= overall(judge(text))


@pytest.mark.parametrize(
    "missing", ["maria.keller@example.com | ", "+44 20 7946 0958 | ", " | linkedin.com/in/maria-keller"]
)
def test_adding_what_is_missing_never_lowers(judge: Judge, clean: str, missing: str) -> None:
    assert overall(judge(clean)) >= overall(judge(clean.replace(missing, "")))


def test_same_input_same_answer(judge: Judge, clean: str) -> None:
    first, second = judge(damaged(clean)), judge(damaged(clean))

    def timeless(result: Review) -> bytes:
        receipt = msgspec.structs.replace(result.receipt, elapsed_ms=0.0)
        return msgspec.json.encode(msgspec.structs.replace(result, receipt=receipt))

    assert timeless(first) == timeless(second)


def test_gain_of_a_fix_is_what_the_score_rises_by(judge: Judge, clean: str) -> None:
    text = clean.replace("maria.keller@example.com | ", "")

    result = judge(text)

    gain = next(fix.gain for fix in result.top_fixes if fix.check == "CMP01")
    assert overall(judge(clean)) - overall(result) == pytest.approx(gain, abs=1.0)
