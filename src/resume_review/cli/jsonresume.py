"""A Document as JSON Resume (jsonresume.org, schema 1.0.0), for the tools that read that."""

from collections.abc import Mapping, Sequence
from typing import Any

from resume_review.documents import Document, Education, Link, Role, SectionType, Skill, Span

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"

_BULLETS = " •●○◦▪■□–—-*・·\n"


def json_resume(document: Document) -> dict[str, Any]:
    """The facts of the Document under the names of JSON Resume; what was not found is left out."""
    fields = document.fields
    return _known(
        {
            "$schema": SCHEMA,
            "basics": _basics(document),
            "work": [_work(document, role) for role in fields.roles],
            "education": [_education(entry) for entry in fields.education],
            "skills": _skills(fields.skills),
            "certificates": [{"name": entry.value} for entry in fields.certifications],
            "languages": [{"language": entry.value} for entry in fields.languages],
        }
    )


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _basics(document: Document) -> dict[str, Any]:
    fields = document.fields
    websites = [link.value for link in fields.links if link.kind == "website"]
    phone = fields.phones[0] if fields.phones else None
    return _known(
        {
            "name": fields.name and fields.name.value,
            "label": fields.headline and fields.headline.value,
            "email": fields.emails[0].value if fields.emails else None,
            "phone": phone and (phone.e164 or phone.value),
            "url": websites[0] if websites else None,
            "summary": _summary(document),
            "location": {"address": fields.location.value} if fields.location else None,
            "profiles": [_profile(link) for link in fields.links if link.kind != "website"],
        }
    )


def _profile(link: Link) -> dict[str, Any]:
    return {"network": link.kind, "url": link.value, "username": link.value.rstrip("/").rpartition("/")[2]}


def _summary(document: Document) -> str | None:
    for section in document.sections:
        if section.type is SectionType.SUMMARY:
            text = document.text[section.start : section.end].strip()
            return " ".join(text.removeprefix(section.title).split())
    return None


def _work(document: Document, role: Role) -> dict[str, Any]:
    return _known(
        {
            "name": role.employer,
            "position": role.title,
            "location": role.location,
            "startDate": role.start_date,
            "endDate": role.end_date,
            "highlights": [_line(document, span) for span in role.bullets],
        }
    )


def _line(document: Document, span: Span) -> str:
    return " ".join(document.text[span.start : span.end].lstrip(_BULLETS).split())


def _education(entry: Education) -> dict[str, Any]:
    return _known(
        {
            "institution": entry.institution,
            "studyType": entry.degree,
            "area": entry.area,
            "startDate": entry.start_date,
            "endDate": entry.end_date,
            "score": entry.score,
        }
    )


def _skills(skills: Sequence[Skill]) -> list[dict[str, Any]]:
    """One entry for each group with its keywords; skills outside a group stand alone."""
    groups: dict[str, list[str]] = {}
    alone: list[dict[str, Any]] = []
    for skill in skills:
        if skill.group:
            groups.setdefault(skill.group, []).append(skill.value)
        else:
            alone.append({"name": skill.value})
    return [*({"name": name, "keywords": words} for name, words in groups.items()), *alone]
