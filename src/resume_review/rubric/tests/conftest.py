"""Two resumes written to the guidance, and what reviews them."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Protocol

import pytest

from resume_review.documents import Document
from resume_review.documents.reader import read_document
from resume_review.rubric import Industry, Review, review
from resume_review.rubric.context import Context
from resume_review.rubric.packs import load_pack

TODAY = date(2026, 11, 15)

CLEAN = """\
# Maria Keller

Technology Consultant

maria.keller@example.com | +44 20 7946 0958 | London, UK | linkedin.com/in/maria-keller

## Summary

Technology consultant with 9 years of experience in cloud migration and data platforms for retailers and banks.

## Experience

**Senior Technology Consultant** | Mar 2021 – Present
Northwind Digital, London, UK

- Led a team of 12 engineers that moved 140 applications to AWS and cut hosting cost by 31%
- Designed the target architecture for an outdated payments platform, reducing settlement time from 3 days to 4 hours
- Negotiated a vendor contract worth $4M and saved 18% against the first offer
- Won 3 follow-on engagements by presenting the migration roadmap to the steering committee

**Technology Consultant** | Jun 2018 – Feb 2021
Contoso Advisory, Leeds, UK

- Built a streaming pipeline in Python and Kafka that processes 2 million events per day
- Automated regression tests with Terraform and Jenkins, shortening releases from 2 weeks to 2 days
- Trained 45 users in 6 countries and raised adoption to 92%

**IT Analyst** | Sep 2017 – May 2018
Fabrikam Services, Leeds, UK

- Migrated 60 servers to a new data centre with 2 hours of downtime
- Documented 35 interfaces and found savings of £120,000

## Education

**B.Sc. Computer Science** | Sep 2014 – Jun 2017
University of Leeds

## Skills

AWS, Python, Kafka, Terraform, Jenkins

## Certifications

AWS Certified Solutions Architect
"""

CLEAN_JA = """\
# 佐藤 美咲

maria.sato@example.com | 03-5555-3333 | 東京都港区 | linkedin.com/in/misaki-sato

## 職務要約

製造業と金融業の変革を9年経験したITコンサルタントです。基幹システム刷新を主導しました。

## 職務経歴

**シニアコンサルタント** | 2021年3月 – 現在
青葉コンサルティング株式会社

- 大手製造業の基幹システム刷新において11名のチームを統括し、年間12億円のコスト削減を実現しました。
- クラウド移行の計画を策定し、老朽化した140台のサーバを8か月で移行して停止時間を40%短縮しました。
- 金融機関への提案により3件の追加案件を受注しました。

**コンサルタント** | 2017年9月 – 2021年2月
東洋システム統合株式会社

- データ基盤を設計し、月次レポートの作成時間を5日から1日に短縮しました。
- 6拠点の利用者120名に研修を実施し、定着率を92%に向上させました。

## 学歴

東都大学 工学部 情報工学科 卒業 2017年3月

## スキル

クラウド移行、データ基盤、提案

## 資格

中小企業診断士
"""


class Judge(Protocol):
    """Reviews Markdown."""

    def __call__(
        self,
        markdown: str,
        *,
        industry: str = ...,
        language: str = ...,
        select: Collection[str] = ...,
        **more: str,
    ) -> Review: ...


def read(markdown: str) -> Document:
    return read_document(markdown.encode(), "resume.md")


@pytest.fixture
def read_markdown() -> Callable[[str], Document]:
    return read


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def clean() -> str:
    return CLEAN


@pytest.fixture
def clean_ja() -> str:
    return CLEAN_JA


@pytest.fixture
def judge() -> Judge:
    def run(
        markdown: str,
        *,
        industry: str = "tech_consulting",
        language: str = "en",
        select: Collection[str] = (),
        **more: str,
    ) -> Review:
        return review(
            read(markdown),
            industry=industry,
            review_date=TODAY,
            language=language,
            select=select,
            target_role=more.get("target_role"),
            experience_level=more.get("experience_level"),
        )

    return run


@pytest.fixture
def context_of() -> Callable[[Document], Context]:
    """The context of a document, for checks on what only a page layout shows."""

    def make(document: Document) -> Context:
        return Context(document=document, pack=load_pack(Industry.TECH_CONSULTING), today=TODAY)

    return make
