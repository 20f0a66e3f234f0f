"""Ways to lay out a resume that public templates use and that once broke the reader; one case for each fault."""

import pytest

from resume_review.documents import Document, OtherKind, SectionType, not_a_resume, read_document

pytestmark = pytest.mark.unit

FILLER = "\nReferences\nGiven on request by several people who know the work well and like to talk about it at length.\n"
TOLD = "- Led a team of four people\n- Cut the cost of closing by 12%\n"


def read(text: str, name: str = "cv.txt") -> Document:
    return read_document((text + FILLER).encode(), name)


def roles(
    text: str, heading: str = "Experience"
) -> list[tuple[str | None, str | None, str | None, str | None]]:
    document = read(f"Jane Doe\njane@example.com\n\n{heading}\n{text}")
    return [(r.title, r.employer, r.start_date, r.end_date) for r in document.fields.roles]


NAMES = {
    "on two lines": ("Richard\nHendriks\nhendriks@example.com\n", "Richard Hendriks"),
    "in single letters": ("R I C H A R D    H E N D R I K S\nhendriks@example.com\n", "RICHARD HENDRIKS"),
    "in a cell beside its label": ("履歴書\n氏名\t山本 葵\n電話\t090-1111-2222\n", "山本 葵"),
    "with its reading": ("氏名　小川 翔太（おがわ しょうた）\nogawa@example.jp\n", "小川 翔太"),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_name_is_found_however_it_is_set(case: str) -> None:
    text, expected = NAMES[case]

    document = read(f"{text}\nExperience\nAnalyst, Northwind Group    2019 – 2022\n{TOLD}")

    assert document.fields.name is not None
    assert document.fields.name.value == expected


HEADINGS = {
    "Professional Journey": SectionType.EXPERIENCE,
    "My Technical Skill Set": SectionType.SKILLS,
    "W O R K    E X P E R I E N C E": SectionType.EXPERIENCE,
    "★ Academic Background": SectionType.EDUCATION,
    "1．職務経歴一覧": SectionType.EXPERIENCE,
    "年\t月\t免許・資格": SectionType.CERTIFICATIONS,
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_is_known_by_a_telling_word(heading: str) -> None:
    document = read(f"Jane Doe\njane@example.com\n\n{heading}\nNorthwind Group and others\n")

    assert document.sections[0].type is HEADINGS[heading]


def test_a_sentence_with_a_telling_word_is_no_heading() -> None:
    document = read("Jane Doe\njane@example.com\n\nLong experience in retail, mostly.\nMore of it abroad\n")

    assert [section.type for section in document.sections] == [SectionType.REFERENCES]


HEADS = {
    "a title of two words with a slash": "CTO / President    2019 – 2022\nPied Piper\n",
    "a dash between names and a bar before the dates": "Pied Piper — CTO / President | 2019 – 2022\n",
    "an unknown town with its country": "CTO / President, Pied Piper, Dufftown, Scotland    2019 – 2022\n",
    "form of work and duration": "CTO / President\nPied Piper · Full-time\n2019 – 2022 · 3 yrs 2 mos\n",
    "labels of a form": "Company: Pied Piper\nPosition: CTO / President\nPeriod: 2019 – 2022\n",
}


@pytest.mark.parametrize("case", HEADS)
def test_a_head_is_read_in_the_ways_of_templates(case: str) -> None:
    assert roles(HEADS[case] + TOLD) == [("CTO / President", "Pied Piper", "2019", "2022")]


def test_unclear_roles_follow_the_order_of_the_clear_ones() -> None:
    text = f"Northwind Ltd\nManager    2019 – 2022\n{TOLD}\nHooli\nSoftware Whisperer    2015 – 2019\n{TOLD}"

    assert roles(text)[1][:2] == ("Software Whisperer", "Hooli")


def test_a_role_without_dates_between_dated_ones_is_kept() -> None:
    text = (
        f"Manager\nNorthwind Ltd, Leeds\n2019 – 2022\n{TOLD}\nAnalyst\nContoso LLP, York\n{TOLD}\n"
        f"Intern\nFabrikam Ltd, Bath\n2012 – 2013\n{TOLD}"
    )

    assert [role[0] for role in roles(text)] == ["Manager", "Analyst", "Intern"]


FORMS = {
    "joining and leaving in cells": (
        "2012\t4\t株式会社マルニ商会 入社\n2018\t6\t一身上の都合により退社\n2018\t7\t合同会社テラス 入社\n\t\t現在に至る\n",
        [("株式会社マルニ商会", "2012-04", "2018-06"), ("合同会社テラス", "2018-07", None)],
    ),
    "labels in brackets": (
        "【会社】株式会社テラス\n【期間】2019年4月－現在\n【役割】リーダー\n・売上を12％改善した\n",
        [("株式会社テラス", "2019-04", None)],
    ),
}


@pytest.mark.parametrize("case", FORMS)
def test_japanese_forms_give_their_roles(case: str) -> None:
    text, expected = FORMS[case]

    assert [(employer, start, end) for _, employer, start, end in roles(text, "職歴")] == expected


SKILLS = {
    "dots": "Python ●●●●○\nFuzzy logic ●●●○○\n",
    "scores": "Python 4/5\nFuzzy logic 80%\n",
    "levels": "Python – Expert\nFuzzy logic (Advanced)\n",
    "years": "Python（実務経験3年）\nFuzzy logic（実務経験8年）\n",
}


@pytest.mark.parametrize("case", SKILLS)
def test_how_well_a_skill_is_known_is_no_part_of_it(case: str) -> None:
    document = read(f"Jane Doe\njane@example.com\n\nSkills\n{SKILLS[case]}")

    assert [skill.value for skill in document.fields.skills] == ["Python", "Fuzzy logic"]


def test_tags_in_markdown_are_skills_each() -> None:
    document = read("# Jane Doe\njane@example.com\n\n## Skills\n\n`Node.js` `Wound care` `SQL`\n", "cv.md")

    assert [skill.value for skill in document.fields.skills] == ["Node.js", "Wound care", "SQL"]


def test_the_address_of_a_referee_is_not_the_owners() -> None:
    text = "Jane Doe\n\nReferences\nDana Whitcombe\ndana@example.com\n\nContact\njane@example.com\n"

    assert read_document((FILLER + text).encode(), "cv.txt").fields.emails[0].value == "jane@example.com"


def test_a_school_that_no_word_gives_away_follows_the_others() -> None:
    document = read(
        "Jane Doe\njane@example.com\n\nEducation\n2016    Master Finance, Kolbenau Rive\n2014    Bachelor of Arts, University of Leeds\n"
    )

    assert [course.institution for course in document.fields.education] == [
        "Kolbenau Rive",
        "University of Leeds",
    ]


ADVERT = (
    "Senior Analyst\nAcme Ltd, Leeds\n\nRequirements\n- SQL\n\nSkills\n- Tableau\n\nEducation\n- A degree\n\n"
    "We offer 25 days of holiday. Apply by 30 June at jobs@acme.example and tell us why you like boxes and maps."
)


def test_an_advert_with_the_parts_of_a_resume_is_an_advert() -> None:
    assert not_a_resume(read_document(ADVERT.encode(), "a.txt")) is OtherKind.ADVERT


def test_a_resume_with_a_summary_like_a_letter_is_a_resume() -> None:
    document = read(
        "Dear reader, thank you.\n\nGrace Lind\ngrace@example.com\n\nSummary\nI look forward to hearing from you.\n"
        f"\nExperience\nDuty Manager, Hotel Fjordview    2012 – 2016\n{TOLD}"
    )

    assert not_a_resume(document) is None
