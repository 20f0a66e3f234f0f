"""Every check finds the fault it is made for, on the words concerned, and nothing in a resume without it."""

import re
from collections.abc import Callable

import pytest

from resume_review.rubric import Review, Tier

pytestmark = pytest.mark.integration

Judge = Callable[..., Review]

BULLET = "- Trained 45 users in 6 countries and raised adoption to 92%\n"
LAST = "- Documented 35 interfaces and found savings of £120,000\n"

# Check, the words that are replaced, what stands there instead, the words the finding must cover (null: something missing).
ENGLISH: list[tuple[str, str, str, str | None]] = [
    ("ATS05", "## Skills", "## My Toolbox", "My Toolbox"),
    ("ATS05", "## Education", "## Where I learned things", "Where I learned things"),
    ("ATS07", "maria.keller@", "☎ maria.keller@", "☎"),
    ("ATS10", "Trained 45 users", "Tra(cid:12)ned 45 users", "(cid:12)"),
    ("ATS12", "an outdated payments platform", "the XPQR platform", "XPQR"),
    ("STR02", "## Summary", "## Interests\n\nRowing\n\n## Summary", "Interests"),
    ("STR04", "## Certifications", "## Awards\n\n## Certifications", "Awards"),
    ("STR05", "**IT Analyst** | Sep 2017 – May 2018", "**IT Analyst**", "IT Analyst"),
    ("FMT01", "Jun 2018 – Feb 2021", "06/2018 – 02/2021", "06/2018"),
    ("FMT02", "Jun 2018 – Feb 2021", "Jun 2018 to Feb 2021", "Jun 2018 to Feb 2021"),
    ("FMT03", "adoption to 92%\n", "adoption to 92%.\n", "92%."),
    ("FMT08", "## Education", "## EDUCATION", "EDUCATION"),
    ("CON01", BULLET, "- Responsible for the training of 45 users\n", "Responsible for"),
    ("CON01", BULLET, "- Duties included training of 45 users\n", "Duties included"),
    ("CON02", BULLET, "- Prepared the training sessions for the users of the platform\n", "Prepared the training"),
    ("CON03", "raised adoption to 92%", "raised adoption " + "of the new platform " * 9 + "to 92%", "Trained 45"),
    ("CON04", BULLET, "- Trained 45 users\n", "Trained 45 users"),
    ("CON05", BULLET, "- Training sessions for 45 users, raising adoption to 92%\n", None),
    ("CON05", BULLET, "- Adoption of 92% among 45 users after training\n", "Adoption"),
    ("CON07", "Trained 45 users in 6 countries and raised", "Train 45 users in 6 countries and raise", "Train"),
    ("CON07", "Automated regression", "Automating regression", "Automating"),
    ("CON08", "Trained 45 users", "Helped to train 45 users", "Helped"),
    ("CON08", "Trained 45 users", "Worked on the training of 45 users", "Worked"),
    ("CON09", "Trained 45 users", "Trained various users", "various"),
    ("CON10", "raised adoption to 92%", "improved adoption by 40", "40"),
    ("CON11", LAST, LAST + BULLET, "Trained 45"),
    ("CON12", "Technology consultant with 9 years of experience in cloud migration and data platforms for retailers and banks.",
     "Looking for a new challenge in an inspiring place where things move fast.", "Looking for"),
    ("CON12", "for retailers and banks.", "for retailers and banks. " + "It spans many kinds of work. " * 15, "Technology consultant with"),
    ("CON13", "Kafka, Terraform, Jenkins", "Kafka, Terraform, Jenkins, Microsoft Office", "Microsoft Office"),
    ("CON14", "Kafka, Terraform, Jenkins", "Kafka, Terraform, Jenkins" + ", Snowflake" * 12, "Snowflake"),
    ("TON01", "- Trained 45 users", "- I trained 45 users", "I"),
    ("TON01", "raised adoption", "raised our adoption", "our"),
    ("TON02", "- Migrated 60 servers to a new data centre with 2 hours",
     "- 60 servers were migrated to a new data centre with 2 hours", "were migrated"),
    ("TON03", "for retailers and banks.", "for retailers and banks. A detail-oriented team player.", "detail-oriented"),
    ("TON04", "saved 18%", "acheived 18% savings", "acheived"),
    ("TON05", "a streaming pipeline", "an streaming pipeline and and", "and and"),
    ("TON06", "raised adoption", "very successfully raised adoption", "very"),
    ("TON07", "raised adoption to 92%", "raised adoption to 92%!", "!"),
    ("TON07", "raised adoption", "nailed it and raised adoption", "nailed it"),
    ("TON08", "data centre", "data centre for a specialized and modernized team", None),
    ("CMP01", "maria.keller@example.com | ", "", None),
    ("CMP02", "+44 20 7946 0958 | ", "", None),
    ("CMP03", "# Maria Keller\n\n", "", None),
    ("CMP04", "London, UK | linkedin", "linkedin", None),
    ("CMP06", "## Education\n\n**B.Sc. Computer Science** | Sep 2014 – Jun 2017\nUniversity of Leeds\n\n", "", None),
    ("CMP07", "## Skills\n\nAWS, Python, Kafka, Terraform, Jenkins\n\n", "", None),
    ("CMP08", " | linkedin.com/in/maria-keller", "", None),
    ("CMP09", "maria.keller@example.com", "partybabe69@example.com", "partybabe69@example.com"),
    ("CMP10", "London, UK |", "London, UK | Date of birth: 3 May 1990 |", "Date of birth: 3 May 1990"),
    ("CMP10", "London, UK |", "London, UK | Marital status: married |", "Marital status: married"),
    ("CMP11", "Jun 2018 – Feb 2021", "Jun 2018 – Feb 2020", "Mar 2021"),
    ("APL03", "Kafka, Terraform, Jenkins", "Kafka, Terraform, Jenkins, Haskell", "Haskell"),
    ("APL05", "with 9 years of", "with 16 years of", "16 years"),
    ("INT03", "Sep 2017 – May 2018", "May 2018 – Sep 2017", "2018"),
]  # fmt: skip

JAPANESE: list[tuple[str, str, str, str | None]] = [
    ("CON01", "- データ基盤を設計し、月次レポートの作成時間を5日から1日に短縮しました。", "- データ基盤の運用業務全般を担当しました。", "業務全般"),
    ("CON02", "- データ基盤を設計し、月次レポートの作成時間を5日から1日に短縮しました。", "- データ基盤の設計と運用を行いました。", "データ基盤の設計"),
    ("CON09", "- データ基盤を設計し", "- 様々なデータ基盤を設計し", "様々な"),
    ("CON12", "製造業と金融業の変革を9年経験したITコンサルタントです。", "新しいことに挑戦できる環境を探しています。", "新しい"),
    ("TON01", "- データ基盤を設計し", "- 私はデータ基盤を設計し", "私は"),
    ("TON03", "基幹システム刷新を主導しました。", "コミュニケーション能力と協調性があります。", "コミュニケーション能力"),
    ("TON06", "- データ基盤を設計し", "- 非常に大きなデータ基盤を設計し", "非常に"),
    ("TON08", "5日から1日に短縮しました。", "5日から1日に短縮した。", "した。"),
    ("CMP01", "maria.sato@example.com | ", "", None),
    ("CMP02", "03-5555-3333 | ", "", None),
    ("CMP06", "## 学歴\n\n東都大学 工学部 情報工学科 卒業 2017年3月\n\n", "", None),
    ("CMP07", "## スキル\n\nクラウド移行、データ基盤、提案\n\n", "", None),
    ("CMP10", "東京都港区 |", "東京都港区 | 生年月日:1990年5月3日 |", "生年月日"),
    ("FMT01", "2017年9月 – 2021年2月", "2017/09 – 2021/02", "2017/09"),
    ("FMT03", "5日から1日に短縮しました。", "5日から1日に短縮しました", "しました"),
    ("APL03", "クラウド移行、データ基盤、提案", "クラウド移行、データ基盤、提案、会計監査", "会計監査"),
    ("APL05", "変革を9年経験", "変革について16年の経験を持ち経験", "16年"),
]  # fmt: skip


def quotes(result: Review, check: str) -> list[str | None]:
    return [finding.quote for finding in result.findings if finding.check == check]


def plant(text: str, old: str, new: str) -> str:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


@pytest.mark.parametrize(("check", "old", "new", "words"), ENGLISH)
def test_english_fault_is_found_on_its_words(
    judge: Judge, clean: str, check: str, old: str, new: str, words: str | None
) -> None:
    result = judge(plant(clean, old, new))

    if check == "CON05" and words is None:
        assert not quotes(result, check), "a gerund is a verb"
        return
    hits = quotes(result, check)
    assert hits
    if words is not None:
        assert any(quote and (words in quote or quote in words) for quote in hits)


@pytest.mark.parametrize(("check", "old", "new", "words"), JAPANESE)
def test_japanese_fault_is_found_on_its_words(
    judge: Judge, clean_ja: str, check: str, old: str, new: str, words: str | None
) -> None:
    hits = quotes(judge(plant(clean_ja, old, new), language="ja"), check)

    assert hits
    if words is not None:
        assert any(quote and (words in quote or quote in words) for quote in hits)


def test_clean_english_resume_has_no_finding(judge: Judge, clean: str) -> None:
    assert judge(clean).findings == []


def test_clean_japanese_resume_has_no_finding(judge: Judge, clean_ja: str) -> None:
    assert judge(clean_ja, language="ja").findings == []


def test_roles_must_be_newest_first(judge: Judge, clean: str) -> None:
    first = clean.index("**Senior Technology")
    second, third = clean.index("**Technology Consultant**"), clean.index("**IT Analyst**")
    swapped = clean[:first] + clean[second:third] + clean[first:second] + clean[third:]

    assert quotes(judge(swapped), "STR03")


def test_same_verb_three_times(judge: Judge, clean: str) -> None:
    text = clean.replace("- Designed the", "- Built the").replace("- Won 3", "- Built 3")

    assert quotes(judge(text), "CON06") == ["Built"]


def test_no_sections_at_all(judge: Judge, clean: str) -> None:
    text = re.sub(r"^## .*$", "", clean, flags=re.MULTILINE)

    assert quotes(judge(text), "STR01") == [None]


def test_no_experience_holds_the_score_down(judge: Judge, clean: str) -> None:
    start, end = clean.index("## Experience"), clean.index("## Education")
    text = (
        clean[:start]
        + clean[end:]
        + "\n## Interests\n\nRowing, chess, cooking for friends and long walks in the hills around the town\n"
    )

    result = judge(text)

    assert quotes(result, "CMP05") == [None]
    assert result.scores.overall is not None
    assert result.scores.overall <= 55


def test_few_results(judge: Judge, clean: str) -> None:
    text = re.sub(
        r"^- .*$", "- Prepared the sessions for the users of the new platform", clean, flags=re.MULTILINE
    )
    text = "".join(
        line.replace("sessions", f"sessions on topic {'abcdefghij'[index % 10] * 4}")
        if line.startswith("- ")
        else line
        for index, line in enumerate(text.splitlines(keepends=True))
    )

    result = judge(text)

    assert quotes(result, "APL01") == [None]
    assert quotes(result, "APL06") == [None]


def test_target_role_that_nothing_points_to(judge: Judge, clean: str) -> None:
    result = judge(clean, target_role="Pastry Chef")

    assert quotes(result, "APL09") == [None]


def test_level_above_the_experience(judge: Judge, clean: str) -> None:
    result = judge(clean, experience_level="executive")

    assert quotes(result, "APL11") == [None]


def test_tier_of_nine_years(judge: Judge, clean: str) -> None:
    result = judge(clean)

    assert result.market_tier is not None
    assert result.market_tier.value is Tier.SENIOR
    assert result.market_tier.years == pytest.approx(9.2, abs=0.1)
