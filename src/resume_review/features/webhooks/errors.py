"""What can go wrong with webhooks."""

from resume_review.core.errors import ConflictError, NotFoundError


class WebhookNotFoundError(NotFoundError):
    """No endpoint has this id."""

    code = "webhooks.not_found"
    message = "There is no such webhook. Reload the list."


class DeliveryNotFoundError(NotFoundError):
    """The endpoint has no delivery with this id."""

    code = "webhooks.delivery_not_found"
    message = "There is no such delivery. Reload the list."


class DeliveryPendingError(ConflictError):
    """The message is still being sent."""

    code = "webhooks.delivery_pending"
    message = "This message is still being sent. Wait for its next attempt."


class WebhookOffError(ConflictError):
    """The endpoint is switched off."""

    code = "webhooks.off"
    message = "This webhook is switched off. Switch it on first."


class TooManyWebhooksError(ConflictError):
    """There are as many endpoints as there may be."""

    code = "webhooks.too_many"
    message = "There are 50 webhooks already. Delete one first."
