"""Which terms a job advert asks for, and where the resume shows them."""

from collections.abc import Callable

import pytest

from resume_review.documents import Document
from resume_review.rubric.context import Context
from resume_review.rubric.job import Term, as_answer, coverage, terms_of

pytestmark = pytest.mark.unit

ENGLISH = """\
Senior Technology Consultant
Location: London
We are looking for a consultant to join our team.

Requirements
- 5+ years of experience with AWS or Azure
- Docker and Kubernetes in production, ideally OpenShift
- Strong Python; Haskell is a plus
- Excellent communication

Preferred qualifications:
* Snowflake
* TOGAF certification

What we offer
- Private health insurance and a MacBook
"""
JAPANESE = """\
募集職種:ITコンサルタント
仕事内容
クラウド移行をお任せします。
【応募資格(必須)】
・AWSまたはAzureの構築経験3年以上
・Kubernetesを用いた開発経験、Haskellの知識があれば尚可
・要件定義の経験
【歓迎条件】
・Snowflakeの知識
待遇
年収800万円
"""

Terms = Callable[[str], tuple[Term, ...]]


@pytest.fixture
def terms(
    read_markdown: Callable[[str], Document], context_of: Callable[[Document], Context], clean: str
) -> Terms:
    context = context_of(read_markdown(clean))
    return lambda advert: terms_of(advert, context)


def named(found: tuple[Term, ...], *, required: bool) -> list[str]:
    return [term.term for term in found if term.required is required]


def test_required_terms_of_an_english_advert(terms: Terms) -> None:
    assert named(terms(ENGLISH), required=True) == ["AWS", "Azure", "Docker", "Kubernetes", "Python"]


def test_preferred_terms_of_an_english_advert(terms: Terms) -> None:
    assert named(terms(ENGLISH), required=False) == ["OpenShift", "Haskell", "Snowflake", "TOGAF"]


def test_required_terms_of_a_japanese_advert(terms: Terms) -> None:
    assert named(terms(JAPANESE), required=True) == ["AWS", "Azure", "Kubernetes", "要件定義"]


def test_preferred_terms_of_a_japanese_advert(terms: Terms) -> None:
    assert named(terms(JAPANESE), required=False) == ["Haskell", "Snowflake"]


def test_prose_without_headings_is_read(terms: Terms) -> None:
    found = terms("You will build pipelines in Python and Kafka. Experience with Dagster is a plus.")

    assert named(found, required=True) == ["Python", "Kafka"]
    assert named(found, required=False) == ["Dagster"]


@pytest.mark.parametrize(
    "line", ["- Kubernetes and Terraform", "* Kubernetes", "Kubernetes", "Docker, Kubernetes"]
)
def test_term_at_the_start_of_a_line_is_kept(terms: Terms, line: str) -> None:
    assert "Kubernetes" in named(terms(f"Requirements\n{line}\n"), required=True)


def test_each_tool_of_a_field_is_asked_for_by_itself(terms: Terms) -> None:
    found = {term.term: bool(term.evidence) for term in terms("Requirements\n- Jenkins or GitLab\n")}

    assert found == {"Jenkins": True, "GitLab": False}


def test_another_word_for_a_method_is_evidence(terms: Terms) -> None:
    (term,) = terms("Requirements\n- solution architecture\n")

    assert term.evidence != ()


def test_plain_words_are_no_terms(terms: Terms) -> None:
    assert terms("Requirements\n- Excellent communication\n- Strong experience\n- Team player\n") == ()


def test_evidence_lies_on_the_term(
    read_markdown: Callable[[str], Document], context_of: Callable[[Document], Context], clean: str
) -> None:
    context = context_of(read_markdown(clean))

    (term,) = terms_of("Must have: Terraform", context)

    assert {context.text[span.start : span.end] for span in term.evidence} == {"Terraform"}


def test_coverage_counts_required_terms_alone(terms: Terms) -> None:
    assert coverage(terms("Requirements\n- Python\n- Haskell\n\nNice to have\n- Erlang\n")) == 0.5


def test_coverage_of_nothing_is_zero() -> None:
    assert coverage(()) == 0.0


def test_answer_holds_both_lists(terms: Terms) -> None:
    answer = as_answer(terms(ENGLISH))

    assert set(answer) == {"required", "preferred", "coverage"}


@pytest.mark.parametrize("advert", ["", "\n\n", "-", "----", "【】", "A" * 3000, "・" * 500])
def test_any_text_is_read(terms: Terms, advert: str) -> None:
    assert len(terms(advert)) <= 1
