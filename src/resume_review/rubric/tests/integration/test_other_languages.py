"""A resume in a language without rules is refused and told which languages are judged; one in two languages is not."""

from datetime import date

import pytest

from resume_review.documents.reader import read_document
from resume_review.rubric import ReviewStatus, review

pytestmark = pytest.mark.integration

FRENCH = """\
# Camille Dubois

camille.dubois@example.com | +33 1 99 00 12 34 | Lyon, France

## Profil

Consultante en stratégie avec 8 ans d'expérience dans la distribution et les biens de consommation.

## Expérience professionnelle

**Consultante senior** | mars 2020 – Présent
Cabinet Delorme, Lyon

- Pilotage d'une équipe de 6 consultants et réduction des coûts logistiques de 14 %
- Refonte de la tarification de 1 200 produits, marge brute en hausse de 2,1 points

## Formation

**Master en management**, Université de Lyon | 2015 – 2017

## Compétences

Stratégie, tarification, études de marché
"""
GERMAN = """\
# Jana Vogt

jana.vogt@example.com | +49 30 1234567 | Berlin

## Berufserfahrung

**Senior Consultant** | 03/2020 – heute
Muster Beratung GmbH, Berlin

- Leitung eines Teams von 6 Beratern und Senkung der Kosten in der Logistik um 14 %
- Einführung von SAP bei 4 Werken mit 1.200 Anwendern und Schulung aller Mitarbeiter

**Berater** | 09/2016 – 02/2020
Muster Beratung GmbH, Hamburg

- Analyse von 11 Märkten für einen Hersteller von Getränken und Empfehlung zum Kauf einer Marke

## Ausbildung

Master of Science, Technische Universität Berlin, 2016

## Kenntnisse

SAP, Projektleitung, Analyse
"""
POLISH = """\
# Jan Kowalski

jan.kowalski@example.com | +48 22 555 01 23 | Warszawa

## Doświadczenie zawodowe

**Starszy konsultant** | 03.2020 – obecnie
Przykład Doradztwo, Warszawa

- Kierowałem zespołem 6 konsultantów i obniżyłem koszty logistyki o 14% w ciągu roku
- Wdrożyłem system SAP w 4 zakładach dla 1200 użytkowników oraz przeszkoliłem pracowników na miejscu

## Wykształcenie

Magister zarządzania, Uniwersytet Warszawski, 2016

## Umiejętności

SAP, zarządzanie projektami, analiza danych, negocjacje z dostawcami, praca z zespołem, język angielski i niemiecki
"""
ARABIC = """\
# ليلى منصور

layla.mansour@example.com | +971 4 555 0123 | دبي

## الملخص

مستشارة استراتيجية بخبرة تسع سنوات في قطاع التجزئة والسلع الاستهلاكية في دول الخليج وشمال أفريقيا.

## الخبرة العملية

**مستشارة أولى** | 2020 – حتى الآن
شركة النخيل للاستشارات، دبي

- قادت فريقا من ستة مستشارين وخفضت تكاليف النقل بنسبة 14%
- درست 11 سوقا لصالح مجموعة مشروبات كبيرة وأوصت بعمليتي استحواذ ناجحتين خلال ثمانية عشر شهرا
- أجرت مقابلات مع 60 مدير متجر في المنطقة ووجدت هدرا كبيرا
"""
CHINESE = """\
# 王小明

wang@example.com | +86 10 5555 0123 | 北京

## 工作经历

**高级顾问** | 2020年3月 – 至今
示例咨询有限公司

- 带领六名顾问为零售集团优化物流网络,将运输成本降低百分之十四
- 为四家工厂上线新系统,培训一千二百名用户,并把月末结账时间从九天缩短到四天
- 与供应商谈判合同,节省费用三百万元,并获得客户的后续项目

## 教育背景

北京大学 管理学硕士 2016年

## 技能

战略咨询、数据分析、项目管理、谈判
"""
INVOICE = "Acme Ltd\nInvoice 2024-113\nbilling@example.com | +44 20 7946 0958\n" + "".join(
    f"Item {number} 2 pcs 30.00\nDate 2023-01 - 2023-03\n" for number in range(20)
)
LETTER_FR = """\
Camille Dubois
camille.dubois@example.com

Madame, Monsieur,

Je vous adresse ma candidature pour le poste de consultante dans votre cabinet de Lyon. Depuis huit ans, je conseille des
groupes de la distribution et des biens de consommation sur leurs prix et leur logistique, et je souhaite mettre cette
expérience au service de vos clients. Je serais heureuse de vous en parler lors d'un entretien.

Cordialement
Camille Dubois
"""
SUMMARY_JA = "製造業と金融業の変革を9年経験したITコンサルタントです。基幹システム刷新を主導しました。\n\n"


@pytest.mark.parametrize(
    "text",
    [FRENCH, GERMAN, POLISH, ARABIC, CHINESE],
    ids=["French", "German", "Polish", "Arabic", "Chinese"],
)
@pytest.mark.parametrize(
    ("language", "names"), [("en", "English, Japanese"), ("ja", "英語、日本語")], ids=["en", "ja"]
)
def test_resume_in_another_language_is_told_which_languages_are_judged(
    text: str, language: str, names: str, today: date
) -> None:
    answer = review(
        read_document(text.encode(), "resume.md"),
        industry="strategy_consulting",
        review_date=today,
        language=language,
    )

    assert (answer.status, answer.scores.overall) == (ReviewStatus.UNSUPPORTED, None)
    assert names in answer.message


@pytest.mark.parametrize("text", [INVOICE, LETTER_FR], ids=["invoice", "letter"])
def test_another_paper_is_no_resume_in_any_language(text: str, today: date) -> None:
    answer = review(
        read_document(text.encode(), "paper.txt"), industry="strategy_consulting", review_date=today
    )

    assert (answer.status, answer.scores.overall) == (ReviewStatus.NOT_A_RESUME, None)


def test_resume_in_two_languages_is_judged(clean: str, today: date) -> None:
    summary = clean.replace("## Experience", f"{SUMMARY_JA}## Experience")
    employers = clean.replace("Contoso Advisory, Leeds, UK", "Müller und Söhne Gesellschaft für Beratung mbH")

    answers = [
        review(read_document(text.encode(), "resume.md"), industry="tech_consulting", review_date=today)
        for text in (summary, employers)
    ]

    assert [answer.status for answer in answers] == [ReviewStatus.COMPLETED] * 2
    assert [answer.document.language for answer in answers] == ["en", "en"]
