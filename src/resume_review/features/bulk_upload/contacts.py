"""Who a resume says it is, and which candidate that may be."""

from dataclasses import asdict, dataclass
from typing import Any

from pydantic import ValidationError

from resume_review.core.folding import fold
from resume_review.documents import Document
from resume_review.features.bulk_upload.errors import NameMissingError
from resume_review.features.bulk_upload.schemas import CandidateDetails
from resume_review.features.candidates import CandidateCreate

# Written without letters of their own: a family name comes first there.
_CJK = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))
_NEEDED = {"first_name", "last_name"}


@dataclass(frozen=True)
class Contact:
    """What was read; nothing is guessed."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    company: str | None = None
    position: str | None = None

    def stored(self) -> dict[str, Any]:
        """As the row keeps it."""
        return asdict(self)


def contact_of(document: Document) -> Contact:
    """The facts at the head of a resume and its present position."""
    fields = document.fields
    present = next((role for role in fields.roles if role.current), None)
    return Contact(
        name=fields.name.value if fields.name else None,
        email=fields.emails[0].value.strip().lower() if fields.emails else None,
        phone=(fields.phones[0].e164 or fields.phones[0].value) if fields.phones else None,
        company=present.employer if present else None,
        position=present.title if present else None,
    )


def split_name(name: str) -> tuple[str, str] | None:
    """First and last name; null where one of them cannot be told."""
    words = name.split()
    if len(words) < 2:
        return None
    if len(words) == 2 and all(any(a <= char <= z for a, z in _CJK) for char in "".join(words)):
        return words[1], words[0]
    return words[0], " ".join(words[1:])


def same_name(name: str, first: str, last: str) -> bool:
    """Whether a name is this first and last name, in either order and spelling of width, case and accents."""
    words = fold(name).split()
    return sorted(words) == sorted(fold(f"{first} {last}").split()) or "".join(words) in {
        "".join(fold(f"{last} {first}").split()),
        "".join(fold(f"{first} {last}").split()),
    }


def new_candidate(contact: Contact, details: CandidateDetails | None) -> CandidateCreate:
    """The candidate to register: what a person sent goes before what was read, and what is read badly is left out.

    Raises:
        NameMissingError: There is no first and last name.
    """
    names = split_name(contact.name) if contact.name else None
    read: dict[str, Any] = {
        "first_name": names[0] if names else None,
        "last_name": names[1] if names else None,
        "email": contact.email,
        "phone": contact.phone,
        "current_company": contact.company,
        "current_position": contact.position,
    }
    values = read | (details.model_dump(exclude_none=True) if details else {})
    try:
        return CandidateCreate.model_validate(values)
    except ValidationError as error:
        unusable = {str(fault["loc"][0]) for fault in error.errors(include_url=False)}
    if unusable & _NEEDED:
        raise NameMissingError
    return CandidateCreate.model_validate({key: values[key] for key in values.keys() - unusable})
