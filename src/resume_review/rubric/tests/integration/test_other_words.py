"""Checks know kinds of words and not only lists: other wordings of the same fault are found, and near misses are none."""

import re
from collections.abc import Callable

import pytest

from resume_review.rubric import Review

pytestmark = pytest.mark.integration

Judge = Callable[..., Review]

BULLET = "- Trained 45 users in 6 countries and raised adoption to 92%"
BULLET_JA = "- データ基盤を設計し、月次レポートの作成時間を5日から1日に短縮しました。"

# Check, bullet, the words that are found.
BULLETS = [
    ("CON01", "Remit: checking invoices and filing contracts", "Remit:"),
    ("CON01", "採用広報の担当でした。", "の担当"),
    ("CON05", "Record-breaking sales of £4M in 12 stores", "Record"),
    ("CON05", "Overall responsibility for a unit with £4M in sales", "Overall"),
    ("CON07", "Is planning the shifts of 120 workers", "Is planning"),
    ("CON09", "Managed sizeable budgets in 4 regions", "sizeable budgets"),
    ("CON09", "Ran a huge customer base in 4 regions", "a huge customer base"),
    ("CON09", "Won the majority of bids in 4 regions", "the majority of"),
    ("CON10", "Brought waiting times down by 9 in the clinic", "9"),
    ("CON10", "Drove output up by 40 last year", "40"),
    ("CON10", "Trimmed lead times by 12 with new slots", "12"),
    ("TON01", "小職の提案により費用を12%削減しました。", "小職"),
    ("TON02", "Budgets are monitored every week in 4 regions", "are monitored"),
    ("TON03", "体力には自信があり、費用を12%削減しました。", "体力には自信"),
    ("TON04", "Built dashbords for 45 planners in 6 countries", "dashbords"),
    ("TON04", "Planned the buget of 14 units worth £9M", "buget"),
    ("TON04", "システムムを刷新し、費用を12%削減しました。", "システムム"),
    ("TON04", "ディスカッショを重ね、費用を12%削減しました。", "ディスカッショ"),
    ("TON05", "Had wrote 12 manuals in 4 countries", "Had wrote"),
    ("TON05", "Reported too the board of 12 members on risk", "too the"),
    ("TON05", "Coached these team of 12 planners", "these team"),
    ("TON05", "Raised it's budget by 9% in a year", "it's"),
    ("TON05", "4拠点で任せれる体制を整え、期間を4日短縮しました。", "せれる"),
    ("TON06", "驚くほど短い期間で4拠点を稼働させました。", "驚くほど"),
    ("TON07", "Played 12 gigs for banks, worth £2M", "gigs"),
    ("TON07", "費用を12%削減しましたw", "w"),
]
NEAR_MISSES = [
    ("CON01", "関係する部署の担当者に共有し、費用を12%削減しました。"),
    ("CON01", "Role: Engineering Manager, saving 40% of cost"),
    ("CON05", "Swept 12 floors a day and cut cost by 9%"),
    ("CON05", "Lent £4M to 12 founders"),
    ("CON09", "Led a large team of 12 engineers and cut cost by 4%"),
    ("CON09", "Advised large retailers on cost and saved £2M"),
    ("CON10", "Brought waiting times down by 9% in the clinic"),
    ("CON10", "Set up 12 teams and saved 4%"),
    ("TON01", "当方針に沿い費用を12%削減しました。"),
    ("TON02", "Built dashboards that are used by 45 planners"),
    ("TON05", "Led a team that has grown to 12"),
    ("TON05", "業績を優れた水準に3%改善しました。"),
    ("TON05", "Won one of the largest project awards worth £4M"),
    ("TON06", "実に基づき忠実に再現し、費用を12%削減しました。"),
]


def changed(clean: str, clean_ja: str, bullet: str) -> tuple[str, str]:
    """The resume in the language of the bullet, with the bullet in it, and the language."""
    japanese = re.search(r"[\u3040-\u30ff]", bullet) is not None
    text, old = (clean_ja, BULLET_JA) if japanese else (clean, BULLET)
    assert old in text
    return text.replace(old, f"- {bullet}"), "ja" if japanese else "en"


def found(result: Review, check: str) -> list[str]:
    return [finding.quote or "" for finding in result.findings if finding.check == check]


@pytest.mark.parametrize(("check", "bullet", "words"), BULLETS)
def test_other_wording_of_a_fault_is_found(
    judge: Judge, clean: str, clean_ja: str, check: str, bullet: str, words: str
) -> None:
    text, language = changed(clean, clean_ja, bullet)

    quotes = found(judge(text, language=language), check)

    assert any(quote and (words in quote or quote in words) for quote in quotes)


@pytest.mark.parametrize(("check", "bullet"), NEAR_MISSES)
def test_near_miss_is_no_fault(judge: Judge, clean: str, clean_ja: str, check: str, bullet: str) -> None:
    text, language = changed(clean, clean_ja, bullet)

    assert not found(judge(text, language=language), check)


@pytest.mark.parametrize(
    "address", ["sk8rboi", "big.daddy", "mr.awesome", "superfunkygirl", "hot4u", "tacoqueen"]
)
def test_playful_address_is_not_serious(judge: Judge, clean: str, address: str) -> None:
    result = judge(clean.replace("maria.keller@", f"{address}@"))

    assert found(result, "CMP09") == [f"{address}@example.com"]


@pytest.mark.parametrize(
    "address", ["anna.king", "b.johnson84", "rumi.chan", "lena.bosshard", "m4keller", "amy.little", "hello"]
)
def test_plain_address_is_serious(judge: Judge, clean: str, address: str) -> None:
    result = judge(clean.replace("maria.keller@", f"{address}@"))

    assert not found(result, "CMP09")


@pytest.mark.parametrize(
    "line",
    ["Faith: Catholic", "Aged 34", "Ethnicity: Asian", "Health: excellent", "Spouse: Ann", "Non-smoker"],
)
def test_personal_line_is_not_needed(judge: Judge, clean: str, line: str) -> None:
    result = judge(clean.replace("London, UK |", f"London, UK | {line} |"))

    assert found(result, "CMP10") == [line]


@pytest.mark.parametrize("line", ["誕生日:5月3日", "34才", "家族構成:妻と子", "出身地:北海道"])
def test_personal_line_in_japanese_is_not_needed(judge: Judge, clean_ja: str, line: str) -> None:
    result = judge(clean_ja.replace("東京都港区 |", f"東京都港区 | {line} |"), language="ja")

    assert found(result, "CMP10") == [line]


def test_label_of_a_field_of_work_is_not_personal(judge: Judge, clean: str) -> None:
    result = judge(clean.replace(BULLET, "- Health: led 4 projects for hospitals, saving 12%"))

    assert not found(result, "CMP10")


@pytest.mark.parametrize(
    "dates", ["02/2021 – 06/2018", "2021-02 – 2018-06", "2021.02 – 2018.06", "Feb 2021 to Jun 2018"]
)
def test_range_that_ends_before_it_starts(judge: Judge, clean: str, dates: str) -> None:
    result = judge(clean.replace("Jun 2018 – Feb 2021", dates))

    assert found(result, "INT03")


def test_japanese_range_that_ends_before_it_starts(judge: Judge, clean_ja: str) -> None:
    result = judge(clean_ja.replace("2017年9月 – 2021年2月", "2021年2月 – 2017年9月"), language="ja")

    assert found(result, "INT03") == ["2021年2月 – 2017年9月"]


def test_present_tense_in_a_role_without_dates_is_no_fault(judge: Judge, clean: str) -> None:
    text = clean.replace(" | Jun 2018 – Feb 2021", "").replace("- Trained 45 users", "- Train 45 users")

    assert not found(judge(text), "CON07")


def test_japanese_resume_without_headings_is_still_one(judge: Judge, clean_ja: str) -> None:
    text = re.sub(r"^## .*$", "", clean_ja, flags=re.MULTILINE)

    assert found(judge(text, language="ja"), "STR01") == [""]


def test_two_general_words_do_not_cover_an_industry(judge: Judge, clean: str) -> None:
    trade = iter(
        [
            "Groomed 14 horses before each race and won 3 ribbons",
            "Painted 12 murals in playgrounds and won a prize",
            "Kept 60 beehives and sold 900 jars of honey at fairs",
            "Carved 16 oak doors for a chapel in 5 months",
            "Tuned 40 pianos a month for schools",
            "Pruned 300 apple trees each winter",
            "Swept 30 chimneys a week in the old town",
            "Knitted 90 jumpers for the winter fair",
            "Fed 40 goats and milked them twice a day",
        ]
    )
    text = re.sub(r"^- .*$", lambda _: f"- {next(trade)}", clean, flags=re.MULTILINE)

    assert found(judge(text, industry="full_service_consulting"), "APL04") == [""]
