"""All facts of a document."""

from collections import Counter

from resume_review.documents.assembly import Assembled
from resume_review.documents.dates import find_dates
from resume_review.documents.facts.contact import read_emails, read_links
from resume_review.documents.facts.education import read_education
from resume_review.documents.facts.header import read_header
from resume_review.documents.facts.lists import read_certifications, read_languages, read_skills
from resume_review.documents.facts.phones import read_phones
from resume_review.documents.facts.roles import read_roles
from resume_review.documents.model import Fields, Language, SectionType
from resume_review.documents.sections.detect import Sections
from resume_review.documents.units import Unit

_DATED = (SectionType.EXPERIENCE, SectionType.EDUCATION, SectionType.PROJECTS)


def collect_fields(
    assembled: Assembled,
    units: list[Unit],
    sections: Sections,
    targets: list[tuple[str, str]],
    language: Language | None,
) -> tuple[Fields, list[str]]:
    """Return the facts and the ways dates are written."""
    emails = read_emails(assembled, sections, targets)
    header = read_header(units, sections, emails)
    fields = Fields(
        name=header.name,
        headline=header.headline,
        location=header.location,
        emails=emails,
        phones=read_phones(units, sections, language, header.location),
        links=read_links(assembled, sections, targets, emails),
        roles=read_roles(sections),
        education=read_education(sections),
        skills=read_skills(assembled, sections),
        certifications=read_certifications(sections),
        languages=read_languages(assembled, sections),
    )
    return fields, _date_styles(sections)


def _date_styles(sections: Sections) -> list[str]:
    """Styles of the dates in heads of entries, most used first."""
    styles = Counter[str]()
    for part in sections.of(*_DATED):
        for unit in part.units:
            if not unit.bullet and len(unit.text) < 160:
                styles.update(span.style for span in find_dates(unit.text) if span.style)
    return [style for style, _ in styles.most_common()]
