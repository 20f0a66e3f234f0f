from importlib import resources

import pytest

from resume_review.ai_agents.guardrails.redaction import RedactionOptions, redact, redact_value
from resume_review.documents import Document, read_document

pytestmark = pytest.mark.unit

ENGLISH = """# Marguerite de Winter

marguerite.dewinter@example.com | +44 20 7946 0991 | linkedin.com/in/mdewinter | 14 Harbour Lane, Bristol BS1 4QA
Date of birth: 3 May 1984 | Nationality: British | she/her

## Experience

### Senior Consultant, Northwind Advisory (Jan 2019 - present)

- De Winter led a team of 5 and cut closing time from 12 to 4 days
- Marguerite coached 3 analysts

## Education

- MSc Finance, University of Bristol, 2006
"""
JAPANESE = """# 職務経歴書

氏名: 山田 太郎（やまだ たろう）
生年月日: 1985年4月2日生（満40歳）
住所: 〒150-0002 東京都渋谷区渋谷2-1-1
電話: 090-1234-5678 メール: taro.yamada@example.jp

## 職務経歴

### 株式会社みらい 2015年4月 - 現在

- 山田が5名のチームを率い、月次決算を12日から4日に短縮

## 学歴

- 2008年3月 東西大学 経済学部 卒業
"""


def document(text: str) -> Document:
    return read_document(text.encode(), "resume.md")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            ENGLISH,
            [
                "Marguerite", "de Winter", "De Winter", "dewinter@example.com", "7946", "mdewinter", "Harbour Lane",
                "BS1 4QA", "3 May 1984", "British", "she/her", "University of Bristol",
            ],
        ),
        (JAPANESE, ["山田", "太郎", "やまだ", "1985年4月2日", "40歳", "渋谷2-1-1", "090-1234", "taro.yamada", "東西大学"]),
    ],
)  # fmt: skip
def test_nothing_that_tells_who_it_is_stays(text: str, values: list[str]) -> None:
    redacted = redact(document(text), options=RedactionOptions())

    assert [value for value in values if value in redacted.text] == []


def test_work_stays_as_it_is_told() -> None:
    redacted = redact(document(ENGLISH), options=RedactionOptions())

    assert "led a team of 5 and cut closing time from 12 to 4 days" in redacted.text
    assert "Senior Consultant, Northwind Advisory" in redacted.text
    assert "coached 3 analysts" in redacted.text


@pytest.mark.parametrize("text", [ENGLISH, JAPANESE])
def test_restoring_gives_the_text_back(text: str) -> None:
    original = document(text)
    redacted = redact(original, options=RedactionOptions())

    assert redacted.restore(redacted.text) == original.text


def test_same_words_get_the_same_placeholder() -> None:
    text = ENGLISH.replace("coached 3", "marguerite.dewinter@example.com coached 3")
    redacted = redact(document(text), options=RedactionOptions())

    assert redacted.text.count("[EMAIL_1]") == 2


def test_schools_and_pronouns_stay_when_asked_for() -> None:
    redacted = redact(document(ENGLISH), options=RedactionOptions(schools=False, pronouns=False))

    assert "University of Bristol" in redacted.text
    assert "she/her" in redacted.text


def test_words_that_pose_as_placeholders_are_not_exchanged() -> None:
    text = ENGLISH.replace("coached 3", "[NAME_1] [EMAIL_7] coached 3")
    original = document(text)
    redacted = redact(original, options=RedactionOptions())

    assert "[NAME_1] [EMAIL_7] coached 3" in redacted.text
    assert redacted.restore(redacted.text) == original.text


def test_names_the_platform_knows_are_redacted_too() -> None:
    text = ENGLISH.replace("Marguerite coached", "Rita Stone coached")
    redacted = redact(document(text), options=RedactionOptions(), known_names=["Rita Stone"])

    assert "Rita" not in redacted.text


def test_other_values_of_a_prompt_lose_the_same_words() -> None:
    redacted = redact(document(ENGLISH), options=RedactionOptions())

    assert "Marguerite" not in redact_value("Chief of Staff for Marguerite de Winter", like=redacted)


@pytest.mark.parametrize("sample", ["strategy_consultant_en.pdf", "it_consultant_ja.docx"])
def test_samples_lose_their_contact_data_and_nothing_of_their_work(sample: str) -> None:
    read = read_document(resources.files("resume_review.samples").joinpath(sample).read_bytes(), sample)
    redacted = redact(read, options=RedactionOptions())
    contact = [read.fields.name, *read.fields.emails, *read.fields.phones, *read.fields.links]

    assert [value.value for value in contact if value and value.value in redacted.text] == []
    bullets = [read.text[span.start : span.end] for role in read.fields.roles for span in role.bullets]
    assert sum(bullet in redacted.text for bullet in bullets) >= 0.9 * len(bullets)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("marguerite [at] example [dot] com", "marguerite"),
        ("Portfolio: dewinter.dev and marguerite_dw on the forum", "dewinter"),
        ("Skype: live:mdw1984", "mdw1984"),
        ("orcid.org/0000-0002-1825-0097", "0000-0002"),
        ("Anschrift bis 2020: Hauptstraße 5, 80331 München", "Hauptstraße 5"),
        ("12 rue de la Paix, 75002 Paris", "rue de la Paix"),
        ("Managed by DE WINTER, Marguerite", "DE WINTER"),
        ("She led a team of 9", "She"),
        ("Handed over before maternity leave", "maternity"),
        ("Captain of the team, mother of two", "mother"),
        ("Call 020 7946 0991 in the evening", "7946"),
        ("A 34-year-old manager", "34"),
        ("Worked from Bristol BS1 4QA", "BS1 4QA"),
    ],
)
def test_what_identifies_is_found_in_the_middle_of_a_resume(line: str, value: str) -> None:
    text = ENGLISH.replace("- Marguerite coached 3 analysts", f"- {line}")

    assert value not in redact(document(text), options=RedactionOptions()).text


@pytest.mark.parametrize(
    "header",
    [
        "Jane Doe (she/her)",
        "DOE, Jane",
        "Dr. Jane Doe, PhD, MBA",
        "J A N E   D O E",
        "Name: Jane Doe",
        "jane doe",
    ],
)
def test_name_in_an_unusual_form_is_found(header: str) -> None:
    text = f"{header}\n\njane.doe@example.com | linkedin.com/in/janedoe\n\n{ENGLISH.split(chr(10) * 2, 2)[2]}"
    redacted = redact(document(text), options=RedactionOptions()).text

    assert [part for part in ("jane", "doe") if part in redacted.casefold()] == []


@pytest.mark.parametrize(
    "line", ["May 2019 - Present", "Closed the books in May 2021", "Price-led growth of 4%"]
)
def test_name_that_is_also_a_word_leaves_dates_and_work_alone(line: str) -> None:
    text = ENGLISH.replace("Marguerite de Winter", "May Stone").replace("De Winter led", f"{line}: led")

    assert line in redact(document(text), options=RedactionOptions()).text


def test_name_without_its_accents_is_the_same_name() -> None:
    text = ENGLISH.replace("Marguerite de Winter", "José Muñoz").replace("De Winter led", "Jose Munoz led")

    assert "Munoz" not in redact(document(text), options=RedactionOptions()).text
