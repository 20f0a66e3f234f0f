"""The batches of a model whose provider is open already."""

from resume_review.ai_agents.providers.base import LLMProvider, Vendor
from resume_review.ai_agents.providers.batches.base import WritingProvider


def open_batches(provider: LLMProvider) -> WritingProvider | None:
    """Null where the vendor has no batches, or none that are spoken here."""
    # As with single calls, a vendor's library is loaded only where its models are used.
    match provider.choice.vendor:
        case Vendor.OPENAI:
            from resume_review.ai_agents.providers.batches.openai import OpenAIBatches  # noqa: PLC0415
            from resume_review.ai_agents.providers.openai import OpenAIProvider  # noqa: PLC0415

            return OpenAIBatches(provider) if isinstance(provider, OpenAIProvider) else None
        case Vendor.ANTHROPIC:
            from resume_review.ai_agents.providers.anthropic import AnthropicProvider  # noqa: PLC0415
            from resume_review.ai_agents.providers.batches.anthropic import AnthropicBatches  # noqa: PLC0415

            return AnthropicBatches(provider) if isinstance(provider, AnthropicProvider) else None
        case Vendor.GOOGLE | Vendor.FAKE:
            return None
