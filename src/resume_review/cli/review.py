"""`resume-review review`: scores, findings and what to mend first, with no server and no database."""

import argparse
import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from resume_review.cli.config import load_config
from resume_review.cli.output import as_json, as_line, emit, warn
from resume_review.cli.parsing import CommandError, Parser, choice, comma_list, iso_date, percentage
from resume_review.cli.reading import Outcome, read_files
from resume_review.documents import Document
from resume_review.rubric import Review, ReviewStatus, ReviewType, review
from resume_review.rubric.errors import RubricError
from resume_review.rubric.industries import INDUSTRIES, Industry

if TYPE_CHECKING:
    from resume_review.cli.models import AloneReviewer
    from resume_review.rubric.packs import Pack

_DESCRIPTION = """Review resumes with the built-in rubric: no key, no network, no server. --engine adds a model's review."""
_EPILOG = """A refused file still has its entry. Exit code: 0 all were reviewed, 1 one scored less than --fail-under,
2 one could not be read or reviewed.

examples:
  resume-review review resume.pdf --industry strategy_consulting
  resume-review review resume.pdf --output review.html
  resume-review review resume.pdf --engine fake
  resume-review review resumes/*.pdf --format jsonl --fail-under 60 > reviews.jsonl"""
_LANGUAGE_SETTING = "RESUME_REVIEW_LANGUAGE"


class Format(StrEnum):
    """How reviews are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    MD = "md"
    HTML = "html"
    SARIF = "sarif"


_BY_SUFFIX = {
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".md": Format.MD,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".sarif": Format.SARIF,
}


class Language(StrEnum):
    """The languages in which findings are written."""

    ENGLISH = "en"
    JAPANESE = "ja"


class Level(StrEnum):
    """The levels a candidate can apply for."""

    ENTRY = "entry"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    EXECUTIVE = "executive"


@dataclass(frozen=True, slots=True)
class _Reviewed:
    path: Path
    review: Review
    document: Document


def run(arguments: Sequence[str]) -> int:
    """Review the files named in the arguments."""
    options = _parser().parse_args(arguments)
    paths: list[Path] = options.files
    language = options.language or _default_language()
    form: Format = options.format or _implied_format(options.output)
    session = _Session(options, language)
    reviews = session.reviews(paths)
    printer = _Printer(
        form, language, show_all=options.all, explain=options.explain, to_file=options.output is not None
    )
    with contextlib.closing(session):
        emit(printer.print(reviews, single=len(paths) == 1), options.output)
    return session.exit_code


class _Session:
    """Reviews files one after another and keeps the exit code."""

    def __init__(self, options: argparse.Namespace, language: Language) -> None:
        self._options = options
        self._language = language
        self._config = load_config()
        self._pack, self._pack_text = (None, None) if options.pack is None else _own_pack(options.pack)
        self._job_text = None if options.job is None else _advert(options.job)
        self._unusable = False
        self._under_the_bar = False
        self._models = None if options.engine is None else self._open_models(options.engine)

    @property
    def exit_code(self) -> int:
        """0, 1 or 2, as the help says; what cannot be read weighs most."""
        return 2 if self._unusable else int(self._under_the_bar)

    def reviews(self, paths: Sequence[Path]) -> Iterator[_Reviewed]:
        """The reviews in order; reading starts at once, while the report's modules are still being loaded."""
        return self._reviewed(read_files(paths))

    def _reviewed(self, outcomes: Iterable[Outcome]) -> Iterator[_Reviewed]:
        """Says on standard error which file has no review and why."""
        for outcome in outcomes:
            if outcome.document is None:
                self._unusable = True
                warn(outcome.problem or f"{outcome.path}: cannot be read")
                continue
            review = self._with_models(outcome.document) if self._models else self._review(outcome.document)
            self._judge(outcome.path, review)
            yield _Reviewed(outcome.path, review, outcome.document)

    def close(self) -> None:
        """Give back what models hold."""
        if self._models is not None:
            self._models.close()

    def _open_models(self, engine: str) -> "AloneReviewer":
        from resume_review.cli.models import AloneReviewer, chosen, told  # noqa: PLC0415 - seconds of libraries

        config = chosen(engine)
        warn(f"{engine}: {told(config)}")
        return AloneReviewer(config, self._review)

    def _with_models(self, document: Document) -> Review:
        """The rubric's review with what the models add; says why where they add nothing."""
        from resume_review.ai_agents.interface import AnalysisRequest  # noqa: PLC0415 - pydantic costs 200 ms

        given = self._options
        request = AnalysisRequest(
            document=document,
            industry=given.industry,
            language=self._language,
            review_date=given.review_date or datetime.now(UTC).date(),
            target_role=given.role,
            experience_level=given.level,
            own_pack=self._pack_text,
        )
        assert self._models is not None
        review = self._models.review(request)
        if review.degraded:
            warn(f"{document.source.filename}: no model's word in this review ({review.degraded_reason})")
        return review

    def _review(self, document: Document) -> Review:
        given = self._options
        try:
            return review(
                document,
                industry=given.industry,
                language=self._language,
                review_date=given.review_date or datetime.now(UTC).date(),
                target_role=given.role,
                experience_level=given.level,
                review_type=given.type,
                select=given.select or (),
                ignore={**self._config.ignore, **dict.fromkeys(given.ignore or (), "")},
                severities=self._config.severity,
                pack=self._pack,
                job_text=self._job_text,
            )
        except RubricError as error:
            raise CommandError(str(error)) from None

    def _judge(self, path: Path, review: Review) -> None:
        bar: int | None = self._options.fail_under
        # A check for tracking systems has their score and no other.
        is_ats_check = self._options.type is ReviewType.ATS_CHECK
        points = review.scores.ats if is_ats_check else review.scores.overall
        if review.status is not ReviewStatus.COMPLETED or points is None:
            self._unusable = True
            warn(f"{path}: {review.message}")
        elif bar is not None and points < bar:
            self._under_the_bar = True
            warn(f"{path}: {points} points, under the bar of {bar}")


class _Printer:
    """Puts reviews into the format asked for."""

    def __init__(
        self, form: Format, language: Language, *, show_all: bool, explain: bool, to_file: bool
    ) -> None:
        self._form = form
        self._language = language
        self._show_all = show_all
        self._explain = explain
        self._to_file = to_file

    def print(self, reviews: Iterator[_Reviewed], *, single: bool) -> Iterator[bytes]:
        """The pieces of the output, each as soon as it is known."""
        match self._form:
            case Format.JSON:
                yield as_json([each.review for each in reviews], single=single)
            case Format.JSONL:
                for each in reviews:
                    yield as_line(each.review)
            case Format.SARIF:
                yield self._sarif(list(reviews))
            case Format.HTML:
                yield from self._html(list(reviews))
            case Format.MD:
                yield from self._markdown(reviews, single=single)
            case Format.TEXT:
                yield from self._text(reviews, single=single)

    def _html(self, reviews: list[_Reviewed]) -> Iterator[bytes]:
        from resume_review.cli.reports import catalog, html  # noqa: PLC0415 - Jinja costs 140 ms
        from resume_review.cli.reports.pictures import images_of  # noqa: PLC0415 - so does drawing

        if reviews:
            words = catalog.load(self._language)
            pictures = [images_of(each.path, each.document) for each in reviews]
            pairs = [(each.review, each.document) for each in reviews]
            yield html.page(pairs, words, pictures=pictures).encode()

    def _sarif(self, reviews: list[_Reviewed]) -> bytes:
        from resume_review.cli.reports import sarif  # noqa: PLC0415 - other formats do not need it

        return as_json(
            [sarif.log([(each.review, each.document) for each in reviews], self._language)], single=True
        )

    def _markdown(self, reviews: Iterator[_Reviewed], *, single: bool) -> Iterator[bytes]:
        from resume_review.cli.reports import catalog, markdown  # noqa: PLC0415 - JSON does not need it

        words = catalog.load(self._language)
        seen: list[Review] = []
        for each in reviews:
            separator = "\n" if seen else ""
            seen.append(each.review)
            yield (separator + markdown.report(each.review, words, document=each.document)).encode()
        if not single and seen:
            yield ("\n" + markdown.overview(seen, words)).encode()

    def _text(self, reviews: Iterator[_Reviewed], *, single: bool) -> Iterator[bytes]:
        from resume_review.cli.reports import catalog, terminal  # noqa: PLC0415 - Rich costs 120 ms

        words = catalog.load(self._language)
        show = terminal.for_file if self._to_file else terminal.for_screen
        seen: list[Review] = []
        for each in reviews:
            separator = "\n" if seen else ""
            seen.append(each.review)
            kinds = None if self._show_all else terminal.KINDS
            report = terminal.report(
                each.review, words, document=each.document, kinds=kinds, explain=self._explain
            )
            yield (separator + show(report)).encode(errors="replace")
        if not single and seen:
            yield show(terminal.overview(seen, words)).encode(errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = Parser("resume-review review", description=_DESCRIPTION, epilog=_EPILOG)
    add = parser.add_argument
    add("files", nargs="+", type=Path, metavar="FILE")
    add(
        "--industry",
        default=Industry.FULL_SERVICE_CONSULTING,
        metavar="INDUSTRY",
        help=f"the field applied for (default %(default)s): {', '.join(INDUSTRIES)}",
    )
    add(
        "--format",
        type=choice(Format),
        metavar="FORMAT",
        help="text (default), json (an array for several files), jsonl (one line a file), md, html or sarif",
    )
    add(
        "--pack",
        type=Path,
        metavar="FILE",
        help="a pack of your own in place of the industry's (see `packs`)",
    )
    add("--output", type=Path, metavar="FILE", help="write here; the ending chooses the format")
    add("--language", type=choice(Language), metavar="LANGUAGE", help="of the findings and labels: en or ja")
    add(
        "--type",
        type=choice(ReviewType),
        default=ReviewType.COMPREHENSIVE,
        metavar="TYPE",
        help="how much to show: comprehensive (default), quick_scan (the gravest findings) or ats_check "
        "(how a tracking system reads it; --fail-under then looks at the ATS score)",
    )
    add(
        "--engine",
        metavar="ENGINE",
        help="have a model review too: fake, or openai:MODEL, anthropic:MODEL, google:MODEL with the vendor's key",
    )
    add("--role", metavar="TITLE", help="the position applied for")
    add("--level", type=choice(Level), metavar="LEVEL", help=f"the level applied for: {', '.join(Level)}")
    add(
        "--job", type=Path, metavar="FILE", help="a job advert (text, PDF or DOCX) to hold the resume against"
    )
    add("--select", type=comma_list, action="extend", metavar="CHECKS", help="only these checks: CON01,TON")
    add("--ignore", type=comma_list, action="extend", metavar="CHECKS", help="all but these checks")
    add("--fail-under", type=percentage, metavar="POINTS", help="exit with 1 if a score is lower")
    add(
        "--review-date", type=iso_date, metavar="DATE", help="as of when, to repeat a review (default: today)"
    )
    add("--explain", action="store_true", help="show what each check added to or took from each score (text)")
    add("--all", action="store_true", help="show every finding, not the gravest alone (text)")
    return parser


def _own_pack(path: Path) -> "tuple[Pack, str]":
    from resume_review.cli.packs import read_pack  # noqa: PLC0415 - few reviews use a pack of their own

    return read_pack(path)


def _advert(path: Path) -> str:
    """The text of a job advert.

    Raises:
        CommandError: It cannot be read or holds no words.
    """
    outcome = next(iter(read_files([path])))
    document = outcome.document
    if document is None:
        raise CommandError(outcome.problem or f"{path}: cannot be read")
    # An advert of one line is short for a resume and long enough here, so that only the text counts.
    if not document.text.strip():
        raise CommandError(f"{path}: {document.message or 'the job advert holds no text'}")
    return document.text


def _default_language() -> Language:
    setting = os.environ.get(_LANGUAGE_SETTING)
    if not setting:
        return Language.ENGLISH
    try:
        return Language(setting)
    except ValueError:
        known = " or ".join(Language)
        raise CommandError(f"{_LANGUAGE_SETTING}={setting!r} is not {known}") from None


def _implied_format(output: Path | None) -> Format:
    return Format.TEXT if output is None else _BY_SUFFIX.get(output.suffix.lower(), Format.TEXT)
