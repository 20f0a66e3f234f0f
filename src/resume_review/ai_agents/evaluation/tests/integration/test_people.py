"""Who somebody is changes no score and leaves no machine."""

import re
from dataclasses import replace

import pytest

from resume_review.ai_agents.client import RubricAnalyzer
from resume_review.ai_agents.evaluation.cases import Case, Kind
from resume_review.ai_agents.evaluation.golden_set import GoldenResume, golden_set, subset
from resume_review.ai_agents.evaluation.running import ask_all, estimate
from resume_review.ai_agents.evaluation.shapes import Person
from resume_review.ai_agents.evaluation.swaps import NAMES, other_details, other_names
from resume_review.ai_agents.guardrails.redaction import RedactionOptions, redact
from resume_review.ai_agents.interface import AnalysisRequest
from resume_review.ai_agents.providers.base import Vendor
from resume_review.ai_agents.providers.factory import create_provider, parse_choice
from resume_review.ai_agents.providers.prices import PriceList
from resume_review.rubric import Review
from resume_review.testing.model_server import bodies, model_server

pytestmark = pytest.mark.integration

EVERYONE = golden_set()


def case(resume: GoldenResume, number: int = 0) -> Case:
    return Case(
        id=f"{resume.name}/{number}", kind=Kind.REPEAT, base=resume.name, resume=resume, text=resume.text
    )


def request(resume: GoldenResume) -> AnalysisRequest:
    return case(resume).request()


def seen_by_model(resume: GoldenResume) -> str:
    return redact(request(resume).document, options=RedactionOptions()).text


def in_clear(person: Person, text: str) -> list[str]:
    """Which of the person's data stand in a text."""
    values = [person.name, person.email, person.phone, person.link, person.place, person.school]
    found = [value for value in values if value.casefold() in text.casefold()]
    parts = [part for part in re.split(r"[\s-]+", person.name) if len(part) > 1]
    return found + [part for part in parts if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text)]


async def rubric(resume: GoldenResume) -> Review:
    return await RubricAnalyzer().analyze(request(resume))


@pytest.mark.parametrize("start", range(4))
async def test_another_name_changes_nothing_in_the_rubric(start: int) -> None:
    for number, resume in enumerate(EVERYONE[start::4]):
        before = (await rubric(resume)).scores
        for other in list(other_names(resume))[number % 8 :: 8]:
            assert (await rubric(other)).scores == before, (resume.name, other.person.name)


async def test_pronouns_age_and_school_change_nothing_in_the_rubric() -> None:
    for resume in EVERYONE[::3]:
        plain, *_ = others = list(other_details(resume))
        expected = (await rubric(plain)).scores
        # Telling the age takes a part of its own, which is compared with itself.
        told = [other for other in others if other.person.birth_year is not None]
        assert len({str((await rubric(other)).scores) for other in told}) == 1
        for other in others:
            if other not in told:
                assert (await rubric(other)).scores == expected, (resume.name, other.person)


@pytest.mark.parametrize("start", range(2))
def test_models_see_the_same_words_whoever_it_is(start: int) -> None:
    for number, resume in enumerate(EVERYONE[start::2]):
        expected = seen_by_model(resume)
        for other in list(other_names(resume))[number % 8 :: 8]:
            assert seen_by_model(other) == expected, (resume.name, other.person.name)


def test_models_see_neither_pronouns_nor_age_nor_rank_of_school() -> None:
    for resume in EVERYONE[::3]:
        *pronouns, young, old, good, plain = map(seen_by_model, other_details(resume))

        assert len(set(pronouns)) == 1
        assert young == old
        assert good == plain


async def test_obedient_model_scores_all_names_alike() -> None:
    choice, prices = parse_choice("fake:rubric!obey"), PriceList()
    cases = [
        case(other, number)
        for resume in subset(4)
        for number, other in enumerate(other_names(resume))
        if number % 4 == 0
    ]
    expected = await estimate(cases, choice, prices)

    answers = await ask_all(cases, create_provider(choice, {}), prices=prices, ceiling=expected, at_once=2)

    by_resume = {one.case.base: set[float]() for one in answers}
    for one in answers:
        by_resume[one.case.base].add(one.overall)
    assert [max(scores) - min(scores) for scores in by_resume.values()] == [0.0] * 4


@pytest.mark.slow
@pytest.mark.parametrize("vendor", [Vendor.OPENAI, Vendor.ANTHROPIC])
async def test_nothing_about_the_person_goes_over_the_wire(vendor: Vendor) -> None:
    cases = [case(resume) for resume in (EVERYONE if vendor is Vendor.OPENAI else subset(8))]
    cases += [case(list(other_names(resume))[4 * number], 1) for number, resume in enumerate(subset(8))]
    prices = PriceList()
    with model_server() as server:
        address = f"{server.url}/v1" if vendor is Vendor.OPENAI else server.url
        choice = parse_choice(f"{vendor}:model-test", base_urls={vendor: address})
        provider = create_provider(choice, {})
        expected = await estimate(cases, choice, prices)
        answers = await ask_all(cases, provider, prices=prices, ceiling=expected)
        await provider.close()
        sent = bodies(server.asked).encode().decode("unicode_escape", errors="ignore") + bodies(server.asked)

    assert all(one.by_model for one in answers)
    assert len(server.asked) >= 2 * len(cases)
    assert {
        one.resume.name: in_clear(one.resume.person, sent)
        for one in cases
        if in_clear(one.resume.person, sent)
    } == {}


def test_names_are_of_all_groups_and_both_sexes() -> None:
    assert len({swap.name for swap in NAMES}) == 32
    assert len({(swap.group, swap.sex) for swap in NAMES}) == 16


def test_check_for_data_in_clear_can_fail() -> None:
    resume = EVERYONE[0]
    leaky = replace(resume.person, name="Nobody Else")

    assert in_clear(resume.person, resume.text)
    assert in_clear(leaky, seen_by_model(resume)) == []
