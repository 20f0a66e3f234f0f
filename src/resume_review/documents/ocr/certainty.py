"""Facts read from recognised characters are less sure than facts read from stored ones."""

from typing import TypeVar

from msgspec.structs import replace

from resume_review.documents.model import Education, Fields, Role, Value

_Fact = TypeVar("_Fact", bound=Value | Role | Education)


def less_sure(fields: Fields, factor: float) -> Fields:
    """The fields with every confidence multiplied by `factor` (0-1)."""

    def weaker(fact: _Fact) -> _Fact:
        return replace(fact, confidence=round(fact.confidence * factor, 2))

    def one(fact: Value | None) -> Value | None:
        return weaker(fact) if fact else None

    return Fields(
        name=one(fields.name),
        headline=one(fields.headline),
        emails=list(map(weaker, fields.emails)),
        phones=list(map(weaker, fields.phones)),
        links=list(map(weaker, fields.links)),
        location=one(fields.location),
        roles=list(map(weaker, fields.roles)),
        education=list(map(weaker, fields.education)),
        skills=list(map(weaker, fields.skills)),
        certifications=list(map(weaker, fields.certifications)),
        languages=list(map(weaker, fields.languages)),
    )
