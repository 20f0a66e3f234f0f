"""The summary: three to five sentences, every one of them taken from the findings."""

from dataclasses import dataclass

from resume_review.rubric.catalog import Catalog
from resume_review.rubric.model import Band, Finding, Gate, MarketTier, TopFix

_QUOTE_LENGTH = 90
_FIXES = 3


@dataclass(frozen=True, slots=True)
class Story:
    """What the summary is made of; without a band it is about reading by systems alone."""

    industry: str
    score: int
    band: Band | None
    tier: MarketTier | None
    strengths: list[Finding]
    top_fixes: list[TopFix]
    gates: list[Gate]
    hidden: bool


def write_summary(story: Story, catalog: Catalog) -> str:
    """Three to five sentences; a review that shows less has fewer."""
    sentences = [_verdict(story, catalog)]
    if story.tier is not None:
        tier = catalog.name("tier", story.tier.value)
        sentences.append(catalog.say("summary_tier", years=f"{story.tier.years:g}", tier=tier))
    if story.strengths:
        sentences.append(_strength(story.strengths[0], catalog))
    if story.top_fixes:
        titles = [_lowered(fix.title) for fix in story.top_fixes[:_FIXES]]
        sentences.append(catalog.say("summary_fix", fixes=catalog.join(titles)))
    else:
        sentences.append(catalog.say("summary_clean"))
    if story.gates:
        sentences.append(catalog.say("summary_gate", reason=story.gates[0].reason))
    elif story.hidden:
        sentences.append(catalog.say("summary_integrity"))
    joint = " " if catalog.language == "en" else ""
    return joint.join(sentences)


def _verdict(story: Story, catalog: Catalog) -> str:
    if story.band is None:
        return catalog.say("summary_ats", ats=story.score)
    band = catalog.name("band", story.band)
    return catalog.say("summary_overall", band=band, industry=story.industry, overall=story.score)


def _strength(finding: Finding, catalog: Catalog) -> str:
    quote = " ".join((finding.quote or "").split())
    if len(quote) > _QUOTE_LENGTH:
        quote = quote[: _QUOTE_LENGTH - 1].rstrip() + "…"
    detail = catalog.say("summary_detail", quote=quote)
    return catalog.say("summary_strength", strength=_lowered(finding.title), detail=detail)


def _lowered(title: str) -> str:
    return title[0].lower() + title[1:] if title[1:2].islower() else title
