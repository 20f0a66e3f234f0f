"""The provider of a vendor; its library is loaded when the first one is made, never before."""

from collections.abc import Mapping
from importlib.util import find_spec

from resume_review.ai_agents.providers.base import LLMProvider, ModelChoice, Vendor

# Parents first: a module whose parent is missing cannot be looked for.
_PACKAGES = {
    Vendor.OPENAI: ("openai",),
    Vendor.ANTHROPIC: ("anthropic",),
    Vendor.GOOGLE: ("google", "google.genai"),
}
KEYLESS = "not-needed"
"""What is sent to a compatible server of one's own that wants no key."""


class ModelSetupError(ValueError):
    """A model that cannot be used as things are; the message says what to do."""


def parse_choice(text: str, *, base_urls: Mapping[Vendor, str] | None = None) -> ModelChoice:
    """A model from `vendor:model`.

    Raises:
        ModelSetupError: Another form, or an unknown vendor.
    """
    vendor, separator, model = text.strip().partition(":")
    if not separator or not model or vendor not in set(Vendor):
        known = ", ".join(Vendor)
        raise ModelSetupError(f"A model is written as vendor:model, with one of the vendors {known}.")
    known_vendor = Vendor(vendor)
    return ModelChoice(vendor=known_vendor, model=model, base_url=(base_urls or {}).get(known_vendor))


def create_provider(choice: ModelChoice, keys: Mapping[Vendor, str]) -> LLMProvider:
    """A provider for the model.

    Raises:
        ModelSetupError: The vendor's library or key is missing.
    """
    # Each vendor's library costs up to three seconds and 80 MB to load.
    if choice.vendor is Vendor.FAKE:
        from resume_review.ai_agents.providers.fake import FakeProvider  # noqa: PLC0415

        return FakeProvider(choice)
    key = require_setup(choice, keys)
    match choice.vendor:
        case Vendor.OPENAI:
            from resume_review.ai_agents.providers.openai import OpenAIProvider  # noqa: PLC0415

            return OpenAIProvider(choice, api_key=key)
        case Vendor.ANTHROPIC:
            from resume_review.ai_agents.providers.anthropic import AnthropicProvider  # noqa: PLC0415

            return AnthropicProvider(choice, api_key=key)
        case Vendor.GOOGLE:
            from resume_review.ai_agents.providers.google import GoogleProvider  # noqa: PLC0415

            return GoogleProvider(choice, api_key=key)


def require_setup(choice: ModelChoice, keys: Mapping[Vendor, str]) -> str:
    """The key to send, once the vendor's library is known to be there; nothing is loaded.

    Raises:
        ModelSetupError: The vendor's library or key is missing.
    """
    vendor = choice.vendor
    for package in _PACKAGES.get(vendor, ()):
        if find_spec(package) is None:
            raise ModelSetupError(f"{vendor} needs its library: install resume-review[{vendor}].")
    key = keys.get(vendor) or (KEYLESS if choice.base_url or vendor is Vendor.FAKE else None)
    if key is None:
        raise ModelSetupError(f"{vendor} needs a key: set {vendor.upper()}_API_KEY.")
    return key
