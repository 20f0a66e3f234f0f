"""The summary: three to five sentences, every one of them taken from the findings."""

from collections.abc import Collection

from resume_review.rubric.catalog import Catalog
from resume_review.rubric.model import Finding, Review

_QUOTE_LENGTH = 90
_FIXES = 3
_HIDDEN = {"INT01", "INT02"}


def write_summary(review: Review, catalog: Catalog, *, industry: str, faults: Collection[str]) -> str:
    """What the scores and findings of a review amount to.

    Args:
        review: Completed; its own summary is not looked at.
        catalog: Of the language to write in.
        industry: As people call it in that language.
        faults: Checks that found something, whether or not this type of review shows it.

    Returns:
        Three to five sentences; a review that shows less has fewer.
    """
    sentences = [_verdict(review, catalog, industry)]
    if review.market_tier is not None:
        tier = catalog.name("tier", review.market_tier.value)
        sentences.append(catalog.say("summary_tier", years=f"{review.market_tier.years:g}", tier=tier))
    if review.strengths:
        sentences.append(_strength(review.strengths[0], catalog))
    if review.top_fixes:
        titles = [_lowered(fix.title) for fix in review.top_fixes[:_FIXES]]
        sentences.append(catalog.say("summary_fix", fixes=catalog.join(titles)))
    else:
        sentences.append(catalog.say("summary_clean"))
    if review.gates:
        sentences.append(catalog.say("summary_gate", reason=review.gates[0].reason))
    elif _HIDDEN.intersection(faults):
        sentences.append(catalog.say("summary_integrity"))
    joint = " " if catalog.language == "en" else ""
    return joint.join(sentences)


def _verdict(review: Review, catalog: Catalog, industry: str) -> str:
    """Without a band, a review is about reading by systems alone."""
    if review.band is None:
        return catalog.say("summary_ats", ats=review.scores.ats)
    band = catalog.name("band", review.band)
    return catalog.say("summary_overall", band=band, industry=industry, overall=review.scores.overall)


def _strength(finding: Finding, catalog: Catalog) -> str:
    quote = " ".join((finding.quote or "").split())
    if len(quote) > _QUOTE_LENGTH:
        quote = quote[: _QUOTE_LENGTH - 1].rstrip() + "…"
    detail = catalog.say("summary_detail", quote=quote)
    return catalog.say("summary_strength", strength=_lowered(finding.title), detail=detail)


def _lowered(title: str) -> str:
    return title[0].lower() + title[1:] if title[1:2].islower() else title
