"""The report as Markdown, for pasting into a ticket, a mail or a note."""

import re
from collections.abc import Iterable, Sequence

from resume_review.cli.reports import content
from resume_review.cli.reports.catalog import Catalog
from resume_review.documents import Document
from resume_review.rubric.model import Finding, Review

# Everything that could start a link, an image, an element, emphasis, a table cell or a code span.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&!])")
_LINE_START = re.compile(r"^(\d*)([-+=.)])(?=\s|$)")


def report(review: Review, words: Catalog, *, document: Document | None = None) -> str:
    """The whole report, all findings included."""
    lines = [f"# {_plain(content.filename(review))}", ""]
    if content.points(review) is None:
        lines += [f"**{content.verdict(review, words)}** {_plain(content.clean(review.message))}", ""]
        lines += _integrity(review, words)
        return _joined(lines)
    lines += [
        f"**{content.points(review)} {words('out_of')} · {content.verdict(review, words)}**",
        "",
        " · ".join(
            [
                content.industry(review, words),
                content.facts(review, words),
                content.confidence(review.confidence, words),
            ]
        ),
        "",
    ]
    if review.degraded and review.degraded_reason:
        lines += [_plain(words("degraded", reason=content.clean(review.degraded_reason))), ""]
    for part in (_summary, _tier, _scores, _gates, _fixes, _job):
        lines += part(review, words)
    lines += _findings(review, words, document)
    lines += _strengths(review, words, document)
    lines += _integrity(review, words)
    lines += ["---", "", f"_{_plain(content.receipt(review, words))}_", ""]
    return _joined(lines)


def overview(reviews: Sequence[Review], words: Catalog) -> str:
    """Several reviews side by side, in the order given."""
    heads = [words(f"overview.{name}") for name in ("file", "score", "band", "tier", "first")]
    lines = [f"## {words('section.overview')}", "", _row(heads), _row(["---", "---:", "---", "---", "---"])]
    for review in reviews:
        overall = content.points(review)
        lines.append(
            _row(
                [
                    _plain(content.filename(review)),
                    "–" if overall is None else str(overall),
                    content.verdict(review, words),
                    words(f"tier.{review.market_tier.value}") if review.market_tier else "",
                    _plain(content.clean(review.top_fixes[0].title)) if review.top_fixes else "",
                ]
            )
        )
    return _joined(lines)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _plain(text: str) -> str:
    """The text itself, whatever it looks like to a Markdown reader."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _summary(review: Review, words: Catalog) -> list[str]:
    if not review.summary:
        return []
    return [f"## {words('section.summary')}", "", _plain(content.clean(review.summary)), ""]


def _tier(review: Review, words: Catalog) -> list[str]:
    line = content.tier(review, words)
    return [] if line is None else [f"**{words('section.tier')}:** {line}", ""]


def _scores(review: Review, words: Catalog) -> list[str]:
    lines = [
        f"## {words('section.scores')}",
        "",
        _row(["", "", words("overview.score")]),
        _row(["---", "---", "---:"]),
    ]
    for group in content.score_groups(review, words):
        title = f"**{group.title}**"
        for label, score in group.rows:
            lines.append(_row([title, label, str(score)]))
            title = ""
    return [*lines, ""]


def _gates(review: Review, words: Catalog) -> list[str]:
    if not review.gates:
        return []
    items = [
        f"- {_plain(content.clean(gate.reason))} {_plain(content.clean(gate.effect))}"
        for gate in review.gates
    ]
    return [f"## {words('section.gates')}", "", *items, ""]


def _fixes(review: Review, words: Catalog) -> list[str]:
    if not review.top_fixes:
        return []
    items = [
        f"{number}. **{words('gain', points=f'{fix.gain:.1f}')}** {_plain(content.clean(fix.title))} (`{fix.check}`)"
        for number, fix in enumerate(review.top_fixes, start=1)
    ]
    return [f"## {words('section.fixes')}", "", f"{words('fixes.hint')}:", "", *items, ""]


def _job(review: Review, words: Catalog) -> list[str]:
    asked = content.advert(review, words)
    if asked is None:
        return []
    lines = [f"## {words('section.job')}", "", words("job.coverage", percent=round(asked.coverage * 100)), ""]
    return [*lines, *(f"- **{title}:** {_plain(', '.join(terms))}" for title, terms in asked.rows), ""]


def _findings(review: Review, words: Catalog, document: Document | None) -> list[str]:
    lines = [f"## {words('section.findings')}", ""]
    groups = content.grouped(review.findings)
    if not groups:
        return [*lines, words("findings.none"), ""]
    for number, group in enumerate(groups, start=1):
        lead = group.lead
        severity = words.name("severity", str(lead.severity))
        lines += [f"### {number}. {_plain(content.clean(lead.title))} ({severity}, `{lead.check}`)", ""]
        if group.message:
            lines += [_plain(group.message), ""]
        for finding in group.findings:
            lines += _example(finding, group, words, document)
        if group.suggestion:
            lines += [f"**{words('finding.fix')}:** {_plain(group.suggestion)}", ""]
    return lines


def _example(finding: Finding, group: content.Group, words: Catalog, document: Document | None) -> list[str]:
    """The quote, and what is said of it alone."""
    lines = _quote(finding, words, document)
    if group.message is None and finding.message:
        lines += [_plain(content.clean(finding.message)), ""]
    if group.suggestion is None and finding.suggestion:
        lines += [f"**{words('finding.fix')}:** {_plain(content.clean(finding.suggestion))}", ""]
    if finding.rewrite:
        lines += [f"**{words('finding.rewrite')}:** {_plain(content.clean(finding.rewrite))}", ""]
    return lines


def _quote(finding: Finding, words: Catalog, document: Document | None) -> list[str]:
    found = content.excerpt(finding, document)
    where = content.place(finding, words)
    if found is None:
        return [f"_{_plain(where)}_", ""] if where else []
    # Emphasis must touch letters, so the blanks around the quote stay outside.
    line = f"{_plain(found.before)}**{_plain(found.quote.strip())}**{_plain(found.after)}"
    return [f"> {line}" + (f" _{_plain(where)}_" if where else ""), ""]


def _strengths(review: Review, words: Catalog, document: Document | None) -> list[str]:
    if not review.strengths:
        return []
    lines = [f"## {words('section.strengths')}", ""]
    for finding in review.strengths:
        title, message = content.clean(finding.title), content.clean(finding.message)
        lines += [f"**{_plain(title)}** {_plain(message)}".rstrip(), ""]
        if finding.quote:
            lines += _quote(finding, words, document)
    return lines


def _integrity(review: Review, words: Catalog) -> list[str]:
    if not review.integrity:
        return []
    lines = [f"## {words('section.integrity')}", "", words("integrity.note"), ""]
    for mark in review.integrity:
        text = content.mark_text(mark)
        quoted = f" “{_plain(text)}”" if text else ""
        detail = _plain(content.clean(mark.detail))
        lines.append(f"- **{content.mark_title(mark, words)}** {detail}{quoted}".rstrip())
    return [*lines, ""]
