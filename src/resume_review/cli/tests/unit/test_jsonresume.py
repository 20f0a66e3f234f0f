import msgspec
import pytest

from resume_review.cli.jsonresume import json_resume
from resume_review.documents import Document, Fields, Link, Role, Section, SectionType, Skill, Span, Value

pytestmark = pytest.mark.unit


def test_what_is_unknown_is_left_out(document: Document) -> None:
    assert list(json_resume(document)) == ["$schema"]


def test_role_has_its_highlights_without_the_bullet(document: Document) -> None:
    line = "• Cut invoice handling from 9 to 3 days for 40 branches"
    start = document.text.index(line)
    role = Role(
        title="Senior Consultant",
        employer="Northwind Advisory",
        location=None,
        start_date="2019-03",
        end_date=None,
        current=True,
        bullets=[Span(start=start, end=start + len(line))],
        start=0,
        end=len(document.text),
        confidence=1.0,
    )

    resume = json_resume(msgspec.structs.replace(document, fields=Fields(roles=[role])))

    assert resume["work"] == [
        {
            "name": "Northwind Advisory",
            "position": "Senior Consultant",
            "startDate": "2019-03",
            "highlights": ["Cut invoice handling from 9 to 3 days for 40 branches"],
        }
    ]


def test_skills_of_a_group_are_its_keywords(document: Document) -> None:
    skills = [
        Skill(value=value, group=group, start=0, end=1, confidence=1.0)
        for value, group in [("SQL", "Data"), ("Coaching", None), ("Python", "Data")]
    ]

    resume = json_resume(msgspec.structs.replace(document, fields=Fields(skills=skills)))

    assert resume["skills"] == [{"name": "Data", "keywords": ["SQL", "Python"]}, {"name": "Coaching"}]


def test_basics_name_profiles_and_the_website(document: Document) -> None:
    fields = Fields(
        name=Value(value="Maya Okafor", start=0, end=11, confidence=1.0),
        links=[
            Link(value="linkedin.com/in/maya", kind="linkedin", start=0, end=1, confidence=1.0),
            Link(value="maya.example.com", kind="website", start=0, end=1, confidence=1.0),
        ],
    )

    basics = json_resume(msgspec.structs.replace(document, fields=fields))["basics"]

    assert basics == {
        "name": "Maya Okafor",
        "url": "maya.example.com",
        "profiles": [{"network": "linkedin", "url": "linkedin.com/in/maya", "username": "maya"}],
    }


def test_summary_is_without_its_heading(document: Document) -> None:
    text = "Profile\nBuilds teams\nthat last"
    section = Section(type=SectionType.SUMMARY, title="Profile", start=0, end=len(text), page=1)

    resume = json_resume(msgspec.structs.replace(document, text=text, sections=[section]))

    assert resume["basics"]["summary"] == "Builds teams that last"
