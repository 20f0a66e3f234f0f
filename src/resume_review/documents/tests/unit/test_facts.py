import pytest

from resume_review.documents import Document, SectionType, Status, read_document

pytestmark = pytest.mark.unit

FILLER = "\nReferences\nGiven on request by several people who know the work well and like to talk about it at length.\n"


def read(text: str) -> Document:
    return read_document((text + FILLER).encode(), "cv.txt")


def roles(text: str) -> list[tuple[str | None, str | None, str | None, str | None, int]]:
    document = read(f"Jane Doe\njane@example.com\n\nExperience\n{text}")
    return [
        (role.title, role.employer, role.start_date, role.end_date, len(role.bullets))
        for role in document.fields.roles
    ]


BULLETS = "- Led a team of four people\n- Cut the cost of closing by 12%\n"
ORDERS = {
    "title and dates first": f"Senior Manager | Jan 2020 – Mar 2022\nNorthwind Consulting, Oslo, Norway\n{BULLETS}",
    "employer first": f"Northwind Consulting, Oslo, Norway\nSenior Manager\nJan 2020 – Mar 2022\n{BULLETS}",
    "dates first": f"Jan 2020 – Mar 2022\nSenior Manager, Northwind Consulting, Oslo, Norway\n{BULLETS}",
    "all in one line": f"Senior Manager, Northwind Consulting (Jan 2020 – Mar 2022)\n{BULLETS}",
    "title at employer": f"Senior Manager at Northwind Consulting\t01/2020 - 03/2022\n{BULLETS}",
    "employer with dates, title below": f"Northwind Consulting    01/2020 – 03/2022\nSenior Manager    Oslo, Norway\n{BULLETS}",
    "numeric dates": f"Senior Manager - Northwind Consulting - 2020-01 – 2022-03\n{BULLETS}",
}


@pytest.mark.parametrize("order", ORDERS)
def test_roles_are_read_whatever_the_order_of_the_head(order: str) -> None:
    assert roles(ORDERS[order]) == [("Senior Manager", "Northwind Consulting", "2020-01", "2022-03", 2)]


def test_titles_below_one_employer_share_it() -> None:
    text = "Northwind Group    2015 – 2022\nManager    2019 – 2022\n- Led four people\nAnalyst    2015 – 2019\n- Built models\n"

    assert [(title, employer) for title, employer, *_ in roles(text)] == [
        ("Manager", "Northwind Group"),
        ("Analyst", "Northwind Group"),
    ]


def test_an_employer_below_bullets_opens_the_next_role() -> None:
    text = (
        "Northwind Group    2019 – 2022\nManager\n- Led four people\n\n"
        "Contoso Ltd\nAnalyst    2015 – 2019\n- Built models\n"
    )

    assert [(title, employer) for title, employer, *_ in roles(text)] == [
        ("Manager", "Northwind Group"),
        ("Analyst", "Contoso Ltd"),
    ]


def test_a_comma_in_a_title_is_no_employer() -> None:
    text = f"Director, Tax | 2019 – 2022\nHalvorsen & Pryce, London, UK\n{BULLETS}"

    assert roles(text)[0][:2] == ("Director, Tax", "Halvorsen & Pryce")


def test_a_running_role_is_current() -> None:
    document = read(f"Jane Doe\n\nExperience\nManager | Jan 2020 – Present\nContoso Ltd\n{BULLETS}")

    role = document.fields.roles[0]
    assert (role.current, role.end_date) == (True, None)


def test_the_words_of_a_role_are_pointed_at() -> None:
    document = read(f"Jane Doe\n\nExperience\nManager | Jan 2020 – Present\nContoso Ltd\n{BULLETS}")

    role = document.fields.roles[0]
    spans = [role.title_span, role.employer_span, role.dates_span, *role.bullets]
    assert [document.text[span.start : span.end] for span in spans if span] == [
        "Manager",
        "Contoso Ltd",
        "Jan 2020 – Present",
        "Led a team of four people",
        "Cut the cost of closing by 12%",
    ]


JAPANESE = """職務経歴書
氏名：山田 太郎
電話：090-1234-5678

■職務経歴
2018年4月～現在　株式会社未来システム
事業内容：システム開発　従業員数：500名
シニアエンジニア
・銀行向けシステムの更改で15名のチームを統括
・レスポンス時間を40%短縮

2013年4月～2018年3月　東都情報サービス株式会社
エンジニア
・保険会社向けWebシステムの設計

■学歴
2009年4月　東京理科大学 工学部 情報工学科 入学
2013年3月　東京理科大学 工学部 情報工学科 卒業

■スキル
言語：Java、Python
"""


def test_a_japanese_history_is_read() -> None:
    fields = read(JAPANESE).fields

    assert [(role.title, role.employer, role.start_date, len(role.bullets)) for role in fields.roles] == [
        ("シニアエンジニア", "株式会社未来システム", "2018-04", 2),
        ("エンジニア", "東都情報サービス株式会社", "2013-04", 1),
    ]


def test_japanese_enrolment_and_graduation_are_one_course() -> None:
    education = read(JAPANESE).fields.education

    assert [(one.institution, one.degree, one.start_date, one.end_date) for one in education] == [
        ("東京理科大学", "工学部 情報工学科", "2009-04", "2013-03")
    ]


def test_japanese_joining_and_leaving_are_one_role() -> None:
    text = "山田 太郎\n\n職歴\n平成25年4月　株式会社未来 入社\n平成30年3月　株式会社未来 退社\n平成30年4月　東都銀行 入行\n"

    found = read(text).fields.roles

    assert [(role.employer, role.start_date, role.end_date) for role in found] == [
        ("株式会社未来", "2013-04", "2018-03"),
        ("東都銀行", "2018-04", None),
    ]


DEGREES = {
    "MSc Finance | Sep 2017 – Jun 2019\nUniversity of Larkspur, Oslo, Norway": (
        "MSc Finance",
        "University of Larkspur",
    ),
    "University of Larkspur\nBachelor of Science in Economics, 2015": (
        "Bachelor of Science in Economics",
        "University of Larkspur",
    ),
    "2010 – 2013\nDiplom-Kauffrau, Universität Mannheim, Note: 1,7": (
        "Diplom-Kauffrau",
        "Universität Mannheim",
    ),
    "2014-2016 : Master Marketing, Université Paris-Dauphine": (
        "Master Marketing",
        "Université Paris-Dauphine",
    ),
}


@pytest.mark.parametrize("text", DEGREES)
def test_degree_and_school_are_told_apart(text: str) -> None:
    education = read(f"Jane Doe\n\nEducation\n{text}\n").fields.education

    assert [(one.degree, one.institution) for one in education] == [DEGREES[text]]


def test_a_grade_is_read() -> None:
    education = read(
        "Jane Doe\n\nEducation\nMSc Finance, Wexford University, 2019\nGPA: 3.8/4.0\n"
    ).fields.education

    assert education[0].score == "GPA: 3.8/4.0"


NAMES = {
    "Jane Doe\nManagement Consultant\njane@example.com\n": "Jane Doe",
    "Curriculum Vitae\nName: Jane van der Berg\njane@example.com\n": "Jane van der Berg",
    "JANE DOE, MBA, PMP\nLondon, UK\n": "JANE DOE",
    "Senior Manager\nJane Doe | jane.doe@example.com\n": "Jane Doe",
    "履歴書\n氏名　山田 太郎\n": "山田 太郎",
}


@pytest.mark.parametrize("text", NAMES)
def test_the_name_is_found(text: str) -> None:
    name = read(text).fields.name

    assert name is not None
    assert name.value == NAMES[text]


EMAILS = {
    "jane@example.com": "jane@example.com",
    "Mail: jane.doe+cv@mail.example.co.uk | x": "jane.doe+cv@mail.example.co.uk",
    "jane.doe@\nexample.com": "jane.doe@example.com",
    "jane.doe@example.\ncom": "jane.doe@example.com",
    "jane.\ndoe@example.com": "jane.doe@example.com",
    "jane (at) example (dot) com": "jane@example.com",
}


@pytest.mark.parametrize("text", EMAILS)
def test_addresses_are_read_also_when_broken(text: str) -> None:
    emails = read(f"Jane Doe\n{text}\n\nSummary\n").fields.emails

    assert [email.value for email in emails] == [EMAILS[text]]


PHONES = {
    "+1 (212) 555-0155": "+12125550155",
    "312-555-0163": "+13125550163",
    "+49 (0)30 23125 980": "+493023125980",
    "+81 3-5555-6736": "+81355556736",
    "Phone: 00 44 20 7946 0136": "+442079460136",
}


@pytest.mark.parametrize("text", PHONES)
def test_numbers_are_read_and_normalised(text: str) -> None:
    phones = read(f"Jane Doe\n{text} | jane@example.com\n").fields.phones

    assert [phone.e164 for phone in phones] == [PHONES[text]]


def test_dates_are_no_telephone_numbers() -> None:
    document = read(
        "Jane Doe\njane@example.com\n\nExperience\nManager | 01.10.2015 – 30.09.2018\nContoso Ltd\n"
    )

    assert document.fields.phones == []


def test_skills_keep_their_group_and_brackets() -> None:
    skills = read("Jane Doe\n\nSkills\nTools: Excel (VBA, Power Query), SQL\nR | Python\n").fields.skills

    assert [(skill.value, skill.group) for skill in skills] == [
        ("Excel (VBA, Power Query)", "Tools"),
        ("SQL", "Tools"),
        ("R", None),
        ("Python", None),
    ]


def test_languages_are_read_without_their_level() -> None:
    languages = read(
        "Jane Doe\n\nLanguages\nEnglish (native), German – B2\nFrench: fluent\n"
    ).fields.languages

    assert [language.value for language in languages] == ["English", "German", "French"]


def test_links_know_what_they_are() -> None:
    links = read("Jane Doe\nlinkedin.com/in/jane | https://github.com/jane | jane.dev\n").fields.links

    assert [(link.kind, link.value) for link in links] == [
        ("linkedin", "linkedin.com/in/jane"),
        ("github", "https://github.com/jane"),
        ("website", "jane.dev"),
    ]


HEADINGS = {
    "Work History": SectionType.EXPERIENCE,
    "E X P E R I E N C E": SectionType.EXPERIENCE,
    "2. Berufserfahrung:": SectionType.EXPERIENCE,
    "■職務経歴": SectionType.EXPERIENCE,
    "【学歴】": SectionType.EDUCATION,
    "Formation": SectionType.EDUCATION,
    "Skills & Certifications": SectionType.SKILLS,
    "Proffesional Experience": SectionType.EXPERIENCE,
    "CENTRES D’INTÉRÊT": SectionType.INTERESTS,
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings_name_their_section(heading: str) -> None:
    document = read(f"Jane Doe\n\n{heading}\nsome words that follow the heading\n")

    assert document.sections[0].type is HEADINGS[heading]


def test_a_sentence_with_a_heading_word_is_no_heading() -> None:
    document = read("Jane Doe\n\nI have experience in education and several skills to offer.\n")

    assert [section.type for section in document.sections] == [SectionType.REFERENCES]


def test_a_nearly_empty_file_says_so() -> None:
    document = read_document(b"Jane Doe\nAnalyst", "cv.txt")

    assert document.status is Status.INSUFFICIENT_TEXT
    assert "fewer than" in document.message


def test_nothing_is_invented() -> None:
    fields = read("some words without any fact in them\n").fields

    assert (fields.name, fields.emails, fields.phones, fields.roles, fields.skills) == (None, [], [], [], [])


def test_studies_under_an_unknown_heading_are_no_roles() -> None:
    document = read(
        "Jane Doe\n\nExperience\n\nAnalyst | 2019 – 2022\nContoso Ltd\n- Ran 12 reports for the board\n\n"
        "Brain Food\n\nBSc Mathematics, University of Leeds | 2015 – 2018\n\nSkills\nPython, SQL\n"
    )

    assert [role.title for role in document.fields.roles] == ["Analyst"]
    assert [course.institution for course in document.fields.education] == ["University of Leeds"]


def test_a_slash_parts_contact_data() -> None:
    document = read(
        "京極 麻衣\nmai@example.com / 080-5555-0173 / 京都府京都市 / linkedin.com/in/mai\n\n職務経歴\n\n2019年4月 – 現在 主任\n"
    )

    assert document.fields.location is not None
    assert document.fields.location.value == "京都府京都市"
