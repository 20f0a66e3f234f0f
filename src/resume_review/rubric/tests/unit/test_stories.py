"""Cases: what was wrong, what was done, what came of it."""

from collections.abc import Callable

import pytest

from resume_review.documents import Document
from resume_review.rubric.context import Context
from resume_review.rubric.stories import stories, tellable

pytestmark = pytest.mark.unit

Ask = Callable[[str], list[str]]


@pytest.fixture
def context(
    read_markdown: Callable[[str], Document], context_of: Callable[[Document], Context]
) -> Callable[[str], Context]:
    def make(bullets: str) -> Context:
        head = "# Maria Keller\n\n## Experience\n\n**Consultant** | Mar 2021 – Present\nContoso, London\n\n"
        return context_of(read_markdown(head + bullets))

    return make


@pytest.fixture
def told(context: Callable[[str], Context]) -> Ask:
    return lambda bullets: [story.complication for story in stories(context(bullets))]


def test_case_in_one_bullet(told: Ask) -> None:
    assert told("- Rescued a stalled rollout at 3 plants and cut the delay from 9 months to 2\n") == [
        "a stalled rollout"
    ]


def test_case_in_bullets_that_follow(told: Ask) -> None:
    bullets = "- Challenge: the client had lost 14% of its stores\n- Action: led 5 consultants through a redesign\n- Result: EBITDA up by $4M\n"

    assert told(bullets) == ["the client had lost 14% of its stores"]


def test_japanese_case_in_bullets_that_follow(told: Ask) -> None:
    bullets = "- 課題:在庫の過剰が続いていた\n- 施策:需要予測を導入し、発注を見直した\n- 成果:在庫を22億円削減した\n"

    assert "在庫の過剰が続いていた" in told(bullets)


def test_problem_without_result_is_no_case(told: Ask) -> None:
    assert told("- Challenge: the client had lost its licence\n- Action: wrote the new policies\n") == []


def test_bullet_worth_telling_has_most_figures(context: Callable[[str], Context]) -> None:
    bullet = tellable(
        context("- Cut cost by 9% with new routes\n- Moved 40 servers to AWS, saving $2M in 6 months\n")
    )

    assert bullet is not None
    assert bullet.text.startswith("Moved 40 servers")
