"""Words without work behind them gain nothing, and a mended fault costs nothing."""

from collections.abc import Callable

import pytest

from resume_review.rubric import Review

pytestmark = pytest.mark.integration

Judge = Callable[..., Review]
FIRST = "- Designed the target architecture"
FIRST_JA = "- クラウド移行の計画"

STUFFING = [
    "- Used AWS, Azure, Kubernetes, Terraform, Kafka, Snowflake, SAP and machine learning in projects",
    "- AWS Azure Kubernetes Terraform Kafka Snowflake machine learning due diligence valuation",
    "- Built AWS Azure Kubernetes Terraform Kafka Snowflake machine learning due diligence pricing",
    "- Delivered cloud migration, data platform, agile, DevOps, security, machine learning and SAP work",
    "- Managed, led, headed and directed stakeholders, clients, boards, executives and steering committees",
    "- Strong knowledge of Kubernetes, Docker, Terraform and CI/CD pipelines is required",
    "- You will lead cloud migration programmes on AWS and Azure with stakeholders",
    "- Proven experience leading digital transformation programmes for clients and boards",
]
STUFFING_JA = [
    "- AWS、Azure、SAP、クラウド移行、要件定義、データ基盤、機械学習、デューデリジェンス",
    "- AWSおよびKubernetesの知識をお持ちの方を歓迎します。",
    "- クラウド移行、要件定義、データ基盤、提案、プロジェクト管理を実施しました。",
]
MENDED = [
    ("- Responsible for the monthly reporting of the team", "- Ran the monthly reporting of the team"),
    ("- Prepared slides for the weekly meeting of the client", "- Prepared slides for the weekly meeting of the client, saving 12 hours"),
    ("- Managed the the budget of the client", "- Managed the budget of the client"),
    ("- Very successfully delivered 12 dashboards to the bank", "- Delivered 12 dashboards to the bank"),
    ("- Received an award for managment reporting", "- Received an award for management reporting"),
    ("- Execution of 12 mandates in four countries", "- Executed 12 mandates in four countries"),
    ("- Helped to train 45 users in 6 countries", "- Trained 45 users in 6 countries"),
    ("- A new team of 12 was built in Leeds", "- Built a new team of 12 in Leeds"),
]  # fmt: skip


def overall(result: Review) -> int:
    assert result.scores.overall is not None
    return result.scores.overall


@pytest.mark.parametrize("line", STUFFING)
@pytest.mark.parametrize("times", [1, 3])
def test_terms_inside_a_role_gain_nothing(judge: Judge, clean: str, line: str, times: int) -> None:
    text = clean.replace("Won 3 follow-on engagements", "Helped with follow-on work").replace("Python, ", "")
    stuffed = text.replace(FIRST, f"{line}\n" * times + FIRST)

    assert overall(judge(stuffed)) <= overall(judge(text))


@pytest.mark.parametrize("line", STUFFING_JA)
def test_terms_inside_a_japanese_role_gain_nothing(judge: Judge, clean_ja: str, line: str) -> None:
    stuffed = clean_ja.replace(FIRST_JA, f"{line}\n{FIRST_JA}")

    assert overall(judge(stuffed, language="ja")) <= overall(judge(clean_ja, language="ja"))


@pytest.mark.parametrize(("fault", "mended"), MENDED)
@pytest.mark.parametrize("industry", ["tech_consulting", "ma_finance", "system_integrator"])
def test_mended_bullet_costs_nothing(
    judge: Judge, clean: str, industry: str, fault: str, mended: str
) -> None:
    before = judge(clean.replace(FIRST, f"{fault}\n{FIRST}"), industry=industry)
    after = judge(clean.replace(FIRST, f"{mended}\n{FIRST}"), industry=industry)

    assert overall(after) >= overall(before)


OLD_WORK = "- Migrated 60 servers to a new data centre with 2 hours of downtime"


def test_work_copied_from_an_older_role_is_not_done_anew(judge: Judge, clean: str) -> None:
    """The newest role shows no skill of the industry; what shows one ended more than five years ago."""
    head, _, rest = clean.partition("- Led a team of 12")
    tail = rest[rest.index("\n\n**Technology Consultant**") :]
    text = head + "- Baked 120 loaves a day for 9 cafés in Leeds" + tail
    text = text.replace("Jun 2018 – Feb 2021", "Jun 2014 – Feb 2016").replace(
        "Sep 2017 – May 2018", "Sep 2012 – May 2014"
    )
    copied = text.replace("- Baked 120", f"{OLD_WORK}\n- Baked 120")

    assert "APL10" in {finding.check for finding in judge(text).findings}
    assert "APL10" in {finding.check for finding in judge(copied).findings}
    assert overall(judge(copied)) <= overall(judge(text))


def test_advert_behind_the_summary_does_not_point_to_the_industry(judge: Judge, clean: str) -> None:
    advert = "募集要項\n\n仕事内容:コンサルタントとして大手企業の基幹システム刷新を主導していただきます。\n\n応募資格(必須条件)\n"
    text = (
        clean.replace("Technology Consultant", "Florist")
        .replace("Technology consultant", "Florist")
        .replace("IT Analyst", "Florist")
    )
    pasted = text.replace("## Experience", f"{advert}\n## Experience")

    assert overall(judge(pasted)) <= overall(judge(text))
