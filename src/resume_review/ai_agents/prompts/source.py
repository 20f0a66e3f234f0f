"""Where prompts come from: the bundled files, or versions that a platform keeps and labels."""

from typing import Protocol

from resume_review.ai_agents.prompts.loader import PromptError, bundled
from resume_review.ai_agents.prompts.model import AgentName, Locale, Prompt

PRODUCTION = "production"
NAMES = {
    AgentName.STRUCTURE: "structure_analysis",
    AgentName.APPEAL: "appeal_analysis",
    AgentName.SUMMARY: "executive_summary",
}


class PromptSource(Protocol):
    """Finds the prompt in use."""

    async def get(self, agent: AgentName, *, industry: str, locale: Locale, label: str) -> Prompt:
        """The prompt for this agent: the industry's own if there is one, else the general one.

        Raises:
            PromptError: There is none.
        """
        ...


class BundledPrompts:
    """The prompts of this release, under every label."""

    async def get(self, agent: AgentName, *, industry: str, locale: Locale, label: str) -> Prompt:
        """See `PromptSource.get`."""
        del label
        prompts = bundled()
        for name in names_for(agent, industry):
            if (name, locale) in prompts:
                return prompts[name, locale]
        raise PromptError(f"There is no prompt {NAMES[agent]} in {locale}.")


def names_for(agent: AgentName, industry: str) -> tuple[str, str]:
    """The names to look for, the more special one first."""
    return f"{NAMES[agent]}:{industry}", NAMES[agent]
