"""Types of request fields that several features share."""

from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, StringConstraints

PRINTABLE = r"^[^\x00-\x1f]*$"


def _address(value: str) -> str:
    # Not pydantic's EmailStr: that reads package metadata from disk as soon as a model names it.
    try:
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise ValueError(str(error)) from None


Email = Annotated[str, StringConstraints(max_length=320), AfterValidator(_address)]
"""A valid address, in lower case; nothing is looked up."""

PersonName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=PRINTABLE)
]
"""A given or family name in any script."""

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255, pattern=PRINTABLE)]
"""One line of free text."""
