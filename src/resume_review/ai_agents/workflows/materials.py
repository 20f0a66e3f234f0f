"""What agents are given: the redacted resume in its fence, and what is known without a model."""

from dataclasses import dataclass, field

from resume_review.ai_agents.agents.asking import prepare_call
from resume_review.ai_agents.agents.judging import Resume
from resume_review.ai_agents.guardrails.folding import numbers_in
from resume_review.ai_agents.guardrails.injection import is_flagged, suspicious_lines, without_lines
from resume_review.ai_agents.guardrails.plain_text import plain
from resume_review.ai_agents.guardrails.redaction import Redacted, RedactionOptions, redact, redact_value
from resume_review.ai_agents.interface import AnalysisRequest
from resume_review.ai_agents.prompts.model import AgentName, Prompt
from resume_review.ai_agents.providers.base import Call
from resume_review.ai_agents.rubric_analyzer import OWN_PACK
from resume_review.rubric import Review, Tier, resolve_industry
from resume_review.rubric.packs import Pack, load_pack, own_pack

LONGEST_SUMMARY = 1_200
_TITLES_TOLD = 30
_POINTS_TOLD = 12


@dataclass(frozen=True, kw_only=True)
class Materials:
    """Everything the prompts of one review are filled with; lives in memory alone."""

    request: AnalysisRequest
    redacted: Redacted
    resume: Resume
    pack: Pack
    shown_text: str
    cleaned: bool
    temperature: float | None = None
    options: RedactionOptions = field(default_factory=RedactionOptions)

    @classmethod
    def of(
        cls, request: AnalysisRequest, *, options: RedactionOptions, temperature: float | None
    ) -> "Materials":
        """Redact the resume; lines that give orders to a machine are not shown to it at all.

        They are told to the consultant as findings, and no answer can follow what it never saw.
        """
        document = request.document
        redacted = redact(document, options=options, known_names=request.known_names)
        lines = suspicious_lines(redacted.text) if is_flagged(document) else []
        return cls(
            request=request,
            redacted=redacted,
            resume=Resume.of(document.text, redacted),
            pack=_pack(request),
            shown_text=without_lines(redacted.text, lines),
            cleaned=bool(lines),
            temperature=temperature,
            options=options,
        )

    def call(self, prompt: Prompt, review: Review) -> Call:
        """The question about the resume."""
        return self._call(prompt, review, self.shown_text)

    def trusted_values(self, prompt: Prompt, review: Review) -> dict[str, object]:
        """What is filled in beside the resume."""
        values = self._values(review)
        return {
            name: values[name]
            for name, variable in prompt.variables.items()
            if name in values and not variable.untrusted
        }

    def summary_call(self, prompt: Prompt, review: Review) -> Call:
        """The question for a summary of the finished review."""
        told = [
            f"+ {redact_value(strength.message, like=self.redacted)}" for strength in review.strengths[:5]
        ] + [
            f"- {finding.title}: {redact_value(finding.message, like=self.redacted)}"
            for finding in review.findings[:8]
        ]
        values: dict[str, object] = {
            "industry": self.pack.label(self.request.language),
            "band": review.band.value if review.band else "",
            "findings": "\n".join(told),
        }
        return prepare_call(
            prompt,
            {name: values[name] for name in prompt.variables if name in values},
            temperature=self.temperature,
        )

    def summary_words(self, summary: str | None, call: Call) -> str | None:
        """The model's summary as it may be shown; null when it claims a number that it was not given."""
        words = self.redacted.restore(plain(summary, longest=LONGEST_SUMMARY)) if summary else ""
        return words if words and numbers_in(words) <= numbers_in(call.user) else None

    def _call(self, prompt: Prompt, review: Review, text: str) -> Call:
        values = {**self._values(review), "resume_text": text}
        return prepare_call(
            prompt,
            {name: values[name] for name in prompt.variables if name in values},
            temperature=self.temperature,
        )

    def _values(self, review: Review) -> dict[str, object]:
        request, language = self.request, self.request.language
        titles = dict.fromkeys(finding.title for finding in review.findings)
        role = request.target_role
        return {
            "document_language": request.document.language.code if request.document.language else "unknown",
            "tier": (review.market_tier.value if review.market_tier else Tier.MID).value,
            "known_findings": "\n".join(f"- {title}" for title in list(titles)[:_TITLES_TOLD]) or None,
            "industry": self.pack.label(language),
            "appeal_points": "\n".join(
                f"- {point.label(language)}: {point.reason(language)}"
                for point in self.pack.appeal_points[:_POINTS_TOLD]
            ),
            "target_role": redact_value(role, like=self.redacted) if role else None,
        }


def _pack(request: AnalysisRequest) -> Pack:
    if request.own_pack is not None:
        return own_pack(request.own_pack, OWN_PACK)
    return load_pack(resolve_industry(request.industry))


AGENTS = (AgentName.STRUCTURE, AgentName.APPEAL)
