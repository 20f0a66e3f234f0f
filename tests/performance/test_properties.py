"""What must hold between two reviews of the clean resumes: mending never costs, stuffing never pays, the person never counts."""

import hashlib
import json
import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from resume_review.documents.reader import read_document
from resume_review.rubric import INDUSTRIES, Review, resolve_industry, review
from resume_review.rubric.packs import load_pack

HERE = str(Path(__file__).parent)
sys.path.insert(0, HERE)
try:
    import planted_changes as changes
    from planted_cases import TODAY, industry_of, judge, resumes
    from planted_faults import Fault, NotHereError, faults
    from planted_layouts import render
finally:
    sys.path.remove(HERE)

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.timeout(300)]

# Same examples in every run; RESUME_REVIEW_EXAMPLES asks for more of them.
EXAMPLES = int(os.environ.get("RESUME_REVIEW_EXAMPLES", "20"))
FAIR = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=(Phase.generate,)
)

NAMES = sorted(resumes())
LOOKS = ("md", "docx_typed", "pdf_serif", "pdf_stacked")
RESUME = st.sampled_from(NAMES)
CHANCE = st.integers(0, 2**32).map(random.Random)
# These add or break something and leave the rest as it was, so that taking them away is mending.
ADDED = frozenset({
    "heading", "append", "insert_first", "twice", "drop_email", "drop_phone", "drop_link", "drop_section", "style",
    "dash", "stop", "case", "duplicate", "skill", "many_skills", "stuff_skills", "stuff_text", "list_again", "summary",
    "summary_long", "years", "swap_dates", "one_bullet", "no_results",
})  # fmt: skip
NEVER_COUNTED = frozenset({"CMP04", "CMP10", "CMP11", "INT01", "INT02", "INT03"})


@cache
def score(name: str, text: str, industry: str = "") -> int:
    """The overall score; less than any where there is none."""
    asked = (("industry", industry),) if industry else ()
    overall = judge(name, text, "md", asked=asked)[1].scores.overall
    return -1 if overall is None else overall


@cache
def added_faults(language: str) -> list[Fault]:
    return [fault for fault in faults(language) if fault.place in ADDED and fault.check not in NEVER_COUNTED]


def apply(text: str, steps: list[Fault | tuple[int, str]]) -> str:
    for step in steps:
        text = changes.worsen(text, *step) if isinstance(step, tuple) else step.plant(text)[0]
    return text


@st.composite
def damages(draw: st.DrawFn) -> tuple[str, list[Fault | tuple[int, str]]]:
    """A resume and one to three faults, of which each can be planted after the others."""
    name = draw(RESUME)
    text = resumes()[name]
    language = changes.language_of(text)
    count = draw(st.integers(1, 3))
    steps: list[Fault | tuple[int, str]] = []
    for _ in range(40):
        step: Fault | tuple[int, str] = (
            (draw(st.integers(0, 20)), draw(st.sampled_from(changes.KINDS[language])))
            if draw(st.booleans())
            else draw(st.sampled_from(added_faults(language)))
        )
        try:
            text = apply(text, [step])
        except NotHereError:
            continue
        steps.append(step)
        if len(steps) == count:
            break
    return name, steps


@FAIR
@given(damage=damages())
def test_mending_one_of_several_faults_never_lowers_the_score(
    damage: tuple[str, list[Fault | tuple[int, str]]],
) -> None:
    name, steps = damage
    clean = resumes()[name]
    before = score(name, apply(clean, steps))

    for mended in range(len(steps)):
        try:
            text = apply(clean, steps[:mended] + steps[mended + 1 :])
        except NotHereError:
            continue
        assert score(name, text) >= before, (name, steps, steps[mended])


@FAIR
@given(
    name=RESUME,
    industry=st.sampled_from(INDUSTRIES),
    chance=CHANCE,
    way=st.sampled_from(["list", "section", "line"]),
)
def test_stuffed_skills_gain_nothing(name: str, industry: str, chance: random.Random, way: str) -> None:
    text = resumes()[name]
    pack = load_pack(resolve_industry(industry))
    known = [
        word
        for group in pack.groups
        for skill in group.skills
        for word in (skill.label(changes.language_of(text)), *skill.aliases[:1])
    ]
    stuffed = changes.stuffed(text, chance.sample(known, chance.randint(1, 40)), way)

    assert score(name, stuffed, industry) <= score(name, text, industry)


@FAIR
@given(name=RESUME, chance=CHANCE, spoiled=st.booleans())
def test_repeated_bullets_gain_nothing(name: str, chance: random.Random, spoiled: bool) -> None:
    text = resumes()[name]
    if spoiled:
        kinds = changes.KINDS[changes.language_of(text)]
        for place in range(4):
            text = changes.worsen(text, place, chance.choice(kinds))

    assert score(name, changes.repeated(text, chance, across=True)) <= score(name, text)


@FAIR
@given(name=RESUME, advert=st.sampled_from(changes.ADVERTS), chance=CHANCE)
def test_pasted_advert_gains_nothing(name: str, advert: str, chance: random.Random) -> None:
    text = resumes()[name]

    assert score(name, changes.pasted(text, advert, chance)) <= score(name, text)


@FAIR
@given(name=RESUME, chance=CHANCE)
def test_order_of_bullets_in_a_role_changes_no_score(name: str, chance: random.Random) -> None:
    text = changes.worsen(
        resumes()[name], 1, chance.choice(changes.KINDS[changes.language_of(resumes()[name])])
    )

    before, after = (judge(name, each, "md")[1].scores for each in (text, changes.reordered(text, chance)))

    assert after == before


@FAIR
@given(name=RESUME, chance=CHANCE)
def test_another_person_has_the_same_scores(name: str, chance: random.Random) -> None:
    text = resumes()[name]

    before, after = (judge(name, each, "md")[1].scores for each in (text, changes.other_person(text, chance)))

    assert after == before


@pytest.mark.parametrize("name", NAMES)
def test_same_content_in_another_look_scores_the_same(name: str) -> None:
    text = resumes()[name]

    scores = {look: judge(name, text, look)[1].scores.overall for look in LOOKS}

    given_ = [score for score in scores.values() if score is not None]
    assert len(given_) == len(LOOKS), scores
    assert max(given_) - min(given_) <= 2, scores


def timeless(answer: Review) -> bytes:
    receipt = msgspec.structs.replace(answer.receipt, elapsed_ms=0.0)
    return msgspec.json.encode(msgspec.structs.replace(answer, receipt=receipt))


def digests(folder: Path, *, backwards: bool = False) -> dict[str, str]:
    """What the review of each file of a folder says, shortened."""
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir(), reverse=backwards):
        document = read_document(path.read_bytes(), path.name)
        answer = review(document, industry=industry_of(path.stem), review_date=TODAY)
        found[path.name] = hashlib.sha256(timeless(answer)).hexdigest()
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files whose names start with the names of the resumes."""
    made = tmp_path_factory.mktemp("resumes")
    for name in NAMES[::6]:
        for layout in ("md", "docx_typed", "pdf"):
            data, filename = render(resumes()[name], layout)
            made.joinpath(f"{name}{Path(filename).suffix}").write_bytes(data)
    return made


def test_same_file_gives_the_same_answer_in_any_order(folder: Path) -> None:
    assert digests(folder) == digests(folder, backwards=True)


@pytest.mark.parametrize(
    ("seed", "zone"), [("1", "Pacific/Kiritimati"), ("4242", "America/Los_Angeles")], ids=["east", "west"]
)
def test_same_file_gives_the_same_answer_in_another_process(folder: Path, seed: str, zone: str) -> None:
    code = (
        "import sys, json, pathlib; sys.path.insert(0, sys.argv[1]);"
        "import test_properties as t; print(json.dumps(t.digests(pathlib.Path(sys.argv[2]))))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}

    done = subprocess.run(
        [sys.executable, "-c", code, HERE, str(folder)],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert json.loads(done.stdout) == digests(folder)


def test_industry_is_part_of_a_resume_name() -> None:
    assert {industry_of(name) for name in NAMES} == set(INDUSTRIES)
