"""The report for a terminal: readable at 80 columns, without colour and in Japanese."""

from collections.abc import Iterable, Sequence
from io import StringIO

from rich.box import ROUNDED
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from resume_review.cli.reports import content
from resume_review.cli.reports.catalog import Catalog
from resume_review.cli.reports.explaining import comparison, explanation
from resume_review.documents import Document
from resume_review.rubric.model import Finding, Review

KINDS = 10
"""Kinds of findings shown unless all are asked for."""
FILE_WIDTH = 100
EXAMPLES = 3
"""Quotes shown of one kind unless all are asked for."""

_TONES = {content.Tone.GOOD: "green", content.Tone.FAIR: "yellow", content.Tone.POOR: "red"}
_SEVERITIES = {5: "bold red", 4: "red", 3: "yellow", 2: "cyan", 1: "dim"}
_QUOTE = "bold underline"
_CODE = "dim"


class Bar:
    """A horizontal bar as wide as its column; it reads without colour too."""

    def __init__(self, score: int) -> None:
        self._score = score

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        filled = round(width * self._score / 100)
        full, empty = ("#", "-") if options.ascii_only else ("━", "─")
        yield Segment(full * filled, console.get_style(_TONES[content.tone(self._score)]))
        yield Segment(empty * (width - filled), console.get_style("dim"))


class Quoted:
    """The line of the resume with the quote marked, behind a vertical stroke that follows every wrapped line."""

    def __init__(self, excerpt: content.Excerpt, note: str) -> None:
        self._excerpt = excerpt
        self._note = note

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(options.max_width - 2, 10)
        lines = console.render_lines(self._text(console), options.update(width=width), pad=False)
        if self._note:
            note = Segment(self._note, console.get_style("italic dim"))
            gap = Segment("  ")
            if Segment.get_line_length([*lines[-1], gap, note]) <= width:
                lines[-1] += [gap, note]
            else:
                lines.append([note])
        for line in lines:
            yield Segment("│ ", console.get_style("dim"))
            yield from line
            yield Segment.line()

    def _text(self, console: Console) -> Text:
        before, quote, after = self._excerpt.before, self._excerpt.quote, self._excerpt.after
        if console.color_system is None and (before or after):
            quote = f"«{quote}»"
        # A quote that is the whole line needs no marking.
        style = _QUOTE if before or after else ""
        return Text.assemble((before, "dim"), (quote, style), (after, "dim"), overflow="fold")


def report(
    review: Review,
    words: Catalog,
    *,
    document: Document | None = None,
    kinds: int | None = KINDS,
    explain: bool = False,
) -> RenderableType:
    """The report with the gravest `kinds` of findings, or with every single finding where that is null.

    With the document, quotes are shown in their line; `explain` adds what each check did to each score.
    """
    if content.points(review) is None:
        return Group(_header(review, words), *_integrity(review, words))
    parts: list[RenderableType] = [
        _header(review, words),
        _scores(review, words),
        *_tier(review, words, document),
        *_summary(review, words),
        *_gates(review, words),
        *_fixes(review, words),
        *comparison(review, words),
        *_findings(review, words, document=document, kinds=kinds),
        *_strengths(review, words, document),
        *_integrity(review, words),
        *(explanation(review, words) if explain else ()),
        Text(""),
        Text(content.receipt(review, words), style="dim"),
    ]
    return Group(*parts)


def for_screen(renderable: RenderableType) -> str:
    """The report for standard output: as wide and as colourful as that is; `NO_COLOR` is honoured."""
    console = Console()
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def for_file(renderable: RenderableType, *, width: int = FILE_WIDTH) -> str:
    """The report without colour."""
    console = Console(file=StringIO(), width=width, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(renderable)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def overview(reviews: Sequence[Review], words: Catalog) -> RenderableType:
    """Several reviews side by side, in the order given."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column(words("overview.file"), overflow="fold", ratio=3)
    table.add_column(words("overview.score"), justify="right", no_wrap=True)
    table.add_column(words("overview.band"), no_wrap=True)
    table.add_column(words("overview.tier"), no_wrap=True)
    table.add_column(words("overview.first"), overflow="fold", ratio=3)
    for review in reviews:
        overall = content.points(review)
        table.add_row(
            Text(content.filename(review)),
            Text("–" if overall is None else str(overall), style=_score_style(overall)),
            Text(content.verdict(review, words)),
            Text(words(f"tier.{review.market_tier.value}") if review.market_tier else ""),
            Text(content.clean(review.top_fixes[0].title) if review.top_fixes else ""),
        )
    return Group(_heading(words("section.overview")), table)


def _score_style(overall: int | None) -> str:
    return "dim" if overall is None else f"bold {_TONES[content.tone(overall)]}"


def _heading(title: str, note: str = "") -> RenderableType:
    label = Text(title, style="bold")
    if note:
        label.append(f"  {note}", "dim not bold")
    return Padding(Rule(label, align="left", style="dim"), (1, 0, 0, 0))


def _header(review: Review, words: Catalog) -> RenderableType:
    overall = content.points(review)
    grid = Table.grid(padding=(0, 3, 0, 0), expand=True)
    grid.add_column(min_width=22, ratio=2)
    grid.add_column(ratio=5, overflow="fold")
    grid.add_row(_mark(overall, words, content.verdict(review, words)), Group(*_about(review, words)))
    return Panel(
        grid, title=Text(words("title"), style="dim"), title_align="left", box=ROUNDED, border_style="dim"
    )


def _mark(overall: int | None, words: Catalog, verdict: str) -> RenderableType:
    if overall is None:
        return Text(words("not_reviewed"), style="bold red")
    style = _score_style(overall)
    line = Text.assemble((str(overall), style), (f" {words('out_of')}", "dim"))
    return Group(line, Text(verdict, style=style), Bar(overall))


def _about(review: Review, words: Catalog) -> Iterable[RenderableType]:
    yield Text(content.filename(review), style="bold")
    if content.points(review) is None:
        yield Text(content.verdict(review, words), style="red")
        yield Text(content.clean(review.message))
        return
    yield Text(content.facts(review, words))
    yield Text(
        f"{content.industry(review, words)} · {content.confidence(review.confidence, words)}", style="dim"
    )
    if review.degraded and review.degraded_reason:
        yield Text(words("degraded", reason=content.clean(review.degraded_reason)), style="yellow")


def _scores(review: Review, words: Catalog) -> RenderableType:
    outer = Table.grid(padding=(0, 3, 0, 0), expand=True, pad_edge=False)
    groups = content.score_groups(review, words)
    for _ in groups:
        outer.add_column(ratio=1)
    outer.add_row(*(_score_group(group) for group in groups))
    return Padding(outer, (1, 0, 0, 0))


def _score_group(group: content.ScoreGroup) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True, pad_edge=False)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, min_width=4)
    grid.add_column(justify="right", width=3, no_wrap=True)
    for label, score in group.rows:
        grid.add_row(Text(label), Bar(score), Text(str(score), style=_TONES[content.tone(score)]))
    return Group(Text(group.title, style="bold"), grid)


def _tier(review: Review, words: Catalog, document: Document | None) -> Iterable[RenderableType]:
    line = content.tier(review, words)
    if line is None:
        return
    yield _heading(words("section.tier"))
    yield Text(line)
    evidence = content.tier_evidence(review, document)
    if evidence:
        yield Text(words("tier.read_from", evidence=" · ".join(evidence)), style="dim")


def _summary(review: Review, words: Catalog) -> Iterable[RenderableType]:
    if review.summary:
        yield _heading(words("section.summary"))
        yield Text(content.clean(review.summary))


def _gates(review: Review, words: Catalog) -> Iterable[RenderableType]:
    if not review.gates:
        return
    yield _heading(words("section.gates"))
    for gate in review.gates:
        yield _item(
            "!",
            Text.assemble(content.clean(gate.reason), (f"  {content.clean(gate.effect)}", "dim")),
            "yellow",
        )


def _fixes(review: Review, words: Catalog) -> Iterable[RenderableType]:
    if not review.top_fixes:
        return
    yield _heading(words("section.fixes"), words("fixes.hint"))
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(no_wrap=True)
    for fix in review.top_fixes:
        gain = Text(words("gain", points=f"{fix.gain:.1f}"), style="bold green")
        grid.add_row(gain, Text(content.clean(fix.title)), Text(fix.check, style=_CODE))
    yield grid


def _findings(
    review: Review, words: Catalog, *, document: Document | None, kinds: int | None
) -> Iterable[RenderableType]:
    groups = content.grouped(review.findings)
    if not groups:
        yield _heading(words("section.findings"))
        yield Text(words("findings.none"))
        return
    shown = groups[:kinds]
    hidden = len(groups) - len(shown)
    note = words("findings.shown", shown=len(shown), total=len(groups)) if hidden else ""
    yield _heading(words("section.findings"), note)
    for number, group in enumerate(shown, start=1):
        if number > 1:
            yield Text("")
        examples = len(group.findings) if kinds is None else EXAMPLES
        yield _finding_group(number, group, words, document=document, examples=examples)
    if hidden:
        yield Text("")
        yield Text(words.counted("findings.rest", hidden), style="dim")


def _finding_group(
    number: int, group: content.Group, words: Catalog, *, document: Document | None, examples: int
) -> RenderableType:
    lead = group.lead
    title = Table.grid(padding=(0, 1, 0, 0), expand=True, pad_edge=False)
    title.add_column(ratio=1, overflow="fold")
    title.add_column(no_wrap=True, justify="right")
    severity = _SEVERITIES.get(lead.severity, "dim")
    label = Text.assemble((words.name("severity", str(lead.severity)), severity), (f"  {lead.check}", _CODE))
    title.add_row(Text(content.clean(lead.title), style="bold"), label)
    body: list[RenderableType] = [title]
    if group.message:
        body.append(Text(group.message))
    place = ""
    for finding in group.findings[:examples]:
        # A place is said once for the quotes that stand in it.
        previous, place = place, content.place(finding, words)
        body += _example(finding, group, words, document=document, place=place if place != previous else "")
    if len(group.findings) > examples:
        body.append(Text(words.counted("findings.more", len(group.findings) - examples), style="dim"))
    if group.suggestion:
        body.append(_item("→", Text(group.suggestion), "green"))
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(justify="right", width=2, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(Text(str(number), style=severity), Group(*body))
    return grid


def _example(
    finding: Finding, group: content.Group, words: Catalog, *, document: Document | None, place: str
) -> Iterable[RenderableType]:
    """The quote, and what is said of it alone."""
    found = content.excerpt(finding, document)
    if found is not None:
        yield Quoted(found, place)
    elif place:
        yield Text(place, style="italic dim")
    if group.message is None and finding.message:
        yield Text(content.clean(finding.message))
    if group.suggestion is None and finding.suggestion:
        yield _item("→", Text(content.clean(finding.suggestion)), "green")
    if finding.rewrite:
        label = (f"{words('finding.rewrite')}: ", "dim")
        yield _item("✎", Text.assemble(label, content.clean(finding.rewrite)), "green")


def _strengths(review: Review, words: Catalog, document: Document | None) -> Iterable[RenderableType]:
    if not review.strengths:
        return
    yield _heading(words("section.strengths"))
    for finding in review.strengths:
        body: list[RenderableType] = [Text.assemble((content.clean(finding.title), "bold"))]
        if finding.message:
            body.append(Text(content.clean(finding.message)))
        found = content.excerpt(finding, document)
        if found is not None:
            body.append(Quoted(found, content.place(finding, words)))
        yield _item("✓", Group(*body), "green")


def _integrity(review: Review, words: Catalog) -> Iterable[RenderableType]:
    if not review.integrity:
        return
    yield _heading(words("section.integrity"))
    yield Text(words("integrity.note"), style="dim")
    for mark in review.integrity:
        body: list[RenderableType] = [Text(content.mark_title(mark, words), style="bold")]
        if mark.detail:
            body.append(Text(content.clean(mark.detail)))
        text = content.mark_text(mark)
        if text:
            body.append(Quoted(content.Excerpt("", text, ""), ""))
        yield _item("!", Group(*body), "bold yellow")


def _item(sign: str, body: RenderableType, style: str) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(width=1, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(Text(sign, style=style), body)
    return grid
