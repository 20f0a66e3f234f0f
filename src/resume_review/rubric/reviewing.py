"""The steps from `Document` to `Review`."""

import time
from collections.abc import Collection, Mapping
from datetime import date

from msgspec.structs import replace

from resume_review.documents import Document
from resume_review.rubric.catalog import Catalog, load_catalog
from resume_review.rubric.checks.base import Check
from resume_review.rubric.context import Context
from resume_review.rubric.depth import (
    headline,
    shown_findings,
    shown_judged,
    shown_limits,
    shown_lines,
    shown_scores,
    shown_strengths,
)
from resume_review.rubric.findings import FindingMaker, make_findings
from resume_review.rubric.industries import Industry, resolve_industry
from resume_review.rubric.job import as_answer, terms_of
from resume_review.rubric.model import (
    Band,
    Engine,
    Finding,
    Gate,
    Receipt,
    Review,
    ReviewedDocument,
    ReviewStatus,
    ReviewType,
    ScoreLine,
    Scores,
    TopFix,
)
from resume_review.rubric.packs import Pack, load_pack
from resume_review.rubric.registry import chosen_checks, rubric_version, settings_of
from resume_review.rubric.scoring import (
    Card,
    Entry,
    Judged,
    Limit,
    breakdown,
    confidence,
    entries,
    rounded,
    score,
    score_without,
    shown,
)
from resume_review.rubric.status import ENOUGH_WORDS, JUDGED, Verdict, judge, read_verdict
from resume_review.rubric.strengths import make_strengths
from resume_review.rubric.summary import write_summary

MOST_FIXES = 5
SMALLEST_GAIN = 0.05
_BANDS = ((80, Band.EXCELLENT), (70, Band.STRONG), (60, Band.GOOD), (50, Band.FAIR))


def review_document(
    document: Document,
    *,
    industry: str,
    review_date: date,
    language: str,
    target_role: str | None,
    experience_level: str | None,
    select: Collection[str],
    ignore: Collection[str],
    severities: Mapping[str, int],
    own_pack: Pack | None,
    job_text: str | None,
    review_type: ReviewType,
) -> Review:
    """Do what `reviewer.review` promises."""
    started = time.perf_counter()
    code = resolve_industry(industry)
    catalog = load_catalog(language)
    checks = chosen_checks(select, ignore, severities)
    settings = settings_of(select, ignore, severities)
    pack = own_pack or load_pack(code)
    context = Context(
        document=document,
        pack=pack,
        today=review_date,
        target_role=target_role,
        experience_level=experience_level,
        job_text=job_text,
    )
    verdict = read_verdict(document) or judge(context)
    if verdict.status is not ReviewStatus.COMPLETED:
        return _refusal(context, verdict, catalog, code, started)
    answer = _completed(
        context, evaluate(context, checks), catalog, code, review_type=review_type, started=started
    )
    return _with_settings(answer, settings) if settings else answer


def evaluate(context: Context, checks: Collection[Check]) -> list[Judged]:
    """Run every check once; those for other languages do not apply."""
    return [
        Judged(
            check,
            check.run(context) if check.languages is None or context.language in check.languages else None,
        )
        for check in checks
    ]


def _completed(
    context: Context,
    judged: list[Judged],
    catalog: Catalog,
    code: Industry,
    *,
    review_type: ReviewType,
    started: float,
) -> Review:
    results = entries(judged)
    card = score(results)
    found = make_findings(judged, context, catalog)
    faults = frozenset(finding.check for finding in found)
    findings = shown_findings(review_type, found)
    strengths = make_strengths(context, FindingMaker(context, catalog), faults, catalog.language)
    strengths = shown_strengths(review_type, strengths)
    gates = _gates(shown_limits(review_type, card.limits), catalog)
    top_fixes = _top_fixes(results, card, catalog, review_type=review_type, findings=findings)
    whole = review_type is not ReviewType.ATS_CHECK
    band = band_of(rounded(card.overall)) if whole else None
    receipt = _receipt(context, catalog, started, shown_lines(review_type, breakdown(judged)))
    answer = Review(
        document=_reviewed(context),
        status=ReviewStatus.COMPLETED,
        message="",
        industry=code,
        engine=Engine.RUBRIC,
        degraded=False,
        degraded_reason=None,
        scores=shown_scores(review_type, shown(card)),
        confidence=confidence(shown_judged(review_type, judged)),
        band=band,
        market_tier=context.tier if whole else None,
        summary="",
        strengths=strengths,
        findings=findings,
        gates=gates,
        top_fixes=top_fixes,
        integrity=context.document.integrity,
        receipt=replace(receipt, review_type=review_type),
        job=as_answer(terms_of(context.job_text, context)) if context.job_text else None,
    )
    industry = context.pack.label(catalog.language)
    return replace(answer, summary=write_summary(answer, catalog, industry=industry, faults=faults))


def _with_settings(answer: Review, settings: list[str]) -> Review:
    return replace(answer, receipt=replace(answer.receipt, settings=settings))


def _refusal(context: Context, verdict: Verdict, catalog: Catalog, code: Industry, started: float) -> Review:
    """A review without a score that says what to do."""
    document = context.document
    if verdict.message == "from_reader":
        message = document.message
    else:
        languages = catalog.join([catalog.name("language", code) for code in JUDGED])
        message = catalog.say(verdict.message or "other", words=ENOUGH_WORDS, languages=languages)
    return Review(
        document=_reviewed(context),
        status=verdict.status,
        message=message,
        industry=code,
        engine=Engine.RUBRIC,
        degraded=False,
        degraded_reason=None,
        scores=Scores(),
        confidence=0.0,
        band=None,
        market_tier=None,
        summary="",
        strengths=[],
        findings=[],
        gates=[],
        top_fixes=[],
        integrity=document.integrity,
        receipt=_receipt(context, catalog, started, []),
    )


def _reviewed(context: Context) -> ReviewedDocument:
    source = context.document.source
    return ReviewedDocument(
        filename=source.filename,
        sha256=source.sha256,
        kind=source.kind,
        pages=len(context.document.pages),
        words=context.words,
        language=context.language or None,
    )


def _receipt(context: Context, catalog: Catalog, started: float, lines: list[ScoreLine]) -> Receipt:
    extractor = context.document.extractor
    return Receipt(
        extractor=f"{extractor.name} {extractor.version}",
        rubric=rubric_version(),
        pack=f"{context.pack.industry} {context.pack.version}",
        language=catalog.language,
        review_date=context.today.isoformat(),
        elapsed_ms=round((time.perf_counter() - started) * 1000, 2),
        scores=lines,
    )


def _gates(limits: list[Limit], catalog: Catalog) -> list[Gate]:
    gates: list[Gate] = []
    for limit in limits:
        ceiling = f"{limit.ceiling:g}"
        if limit.dimension is None:
            effect = catalog.say("effect_overall", ceiling=ceiling)
        else:
            name = catalog.name("dimension", limit.dimension)
            effect = catalog.say("effect_dimension", dimension=name, ceiling=ceiling)
        gates.append(Gate(id=limit.id, reason=catalog.say(f"gate_{limit.id}"), effect=effect))
    return gates


def _top_fixes(
    results: list[Entry], card: Card, catalog: Catalog, *, review_type: ReviewType, findings: list[Finding]
) -> list[TopFix]:
    """The checks whose findings cost most, by scoring again without them."""
    fixes: list[TopFix] = []
    visible = {finding.check for finding in findings}
    reached = headline(review_type, card)
    for entry in results:
        if not entry.fails or not entry.weight or entry.check not in visible:
            continue
        gain = headline(review_type, score_without(results, entry, card)) - reached
        if gain >= SMALLEST_GAIN:
            fixes.append(
                TopFix(check=entry.check, title=catalog.checks[entry.check].title, gain=round(gain, 1))
            )
    fixes.sort(key=lambda fix: (-fix.gain, fix.check))
    return fixes[:MOST_FIXES]


def band_of(overall: int) -> Band:
    """The score in words."""
    return next((band for bound, band in _BANDS if overall >= bound), Band.NEEDS_IMPROVEMENT)
