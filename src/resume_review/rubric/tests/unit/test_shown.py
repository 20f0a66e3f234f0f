"""Whether the work of a resume shows a listed skill."""

from collections.abc import Callable

import pytest

from resume_review.documents import Document
from resume_review.rubric.context import Context
from resume_review.rubric.shown import Shown, speaks_for_itself

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "skill",
    ["English (C1)", "Tamil", "German: fluent", "英語(TOEIC 905点)", "日商簿記2級", "Excel", "MS Office", "PowerPoint", "Teamwork",
     "Communication", "ファシリテーション", "Capital IQ"],
)  # fmt: skip
def test_skill_that_needs_no_bullet(skill: str) -> None:
    assert speaks_for_itself(skill)


@pytest.mark.parametrize(
    "skill",
    ["Haskell", "Power BI", "Tableau", "Change management", "Public speaking", "SAP", "機械学習", "組織開発"],
)
def test_skill_that_needs_a_bullet(skill: str) -> None:
    assert not speaks_for_itself(skill)


@pytest.fixture
def shows(
    read_markdown: Callable[[str], Document], context_of: Callable[[Document], Context]
) -> Callable[[str, str], bool]:
    def ask(text: str, skill: str) -> bool:
        context = context_of(read_markdown(f"# Maria Keller\n\n## Experience\n\n- {text}\n"))
        return Shown.of([(0, len(context.text))], context).shows(skill)

    return ask


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Rewrote the ETL in PySpark for a bank", "Spark"),
        ("Ran the programme management office of a bank", "PMO"),
        ("Ran the programme office of a bank", "Programme management"),
        ("Built pipelines in Python for a bank", "Python (pandas, scikit-learn)"),
        ("Negotiated the contract of a vendor", "contract negotiation"),
        ("Introduced infrastructure as code for a bank", "Terraform"),
        ("Hired and coached 12 engineers of a bank", "hiring"),
    ],
)
def test_evidence_in_another_form(shows: Callable[[str, str], bool], text: str, skill: str) -> None:
    assert shows(text, skill)


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Built pipelines in Python for a bank", "Java"),
        ("Moved servers to AWS for a bank", "Azure"),
        ("Managed a team of a bank", "Change management"),
        ("Built dashboards in Tableau for a bank", "Power BI"),
    ],
)
def test_one_tool_does_not_stand_for_another(
    shows: Callable[[str, str], bool], text: str, skill: str
) -> None:
    assert not shows(text, skill)
