"""Why an address is not called."""

from resume_review.core.errors import AppError


class RefusedAddressError(AppError):
    """The address is not one that this platform calls."""

    code = "webhooks.address_refused"
    status = 422
    message = "This address cannot be called. Give a public https address on port 443 or 8443."
