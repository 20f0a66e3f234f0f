"""`resume-review evaluate`: whether a model is fit to judge resumes, before it judges real ones."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING

import structlog

from resume_review.ai_agents.providers.base import LLMProvider, ModelChoice, Vendor
from resume_review.ai_agents.providers.factory import ModelSetupError, create_provider, parse_choice
from resume_review.ai_agents.providers.prices import Price, PriceList
from resume_review.cli.output import as_json
from resume_review.cli.parsing import CommandError, Parser, choice
from resume_review.core.model_settings import VENDOR_VARIABLES

if TYPE_CHECKING:
    from resume_review.ai_agents.evaluation.results import Gate, Results
    from resume_review.ai_agents.evaluation.running import Answered, Estimate

_DESCRIPTION = """Try a model on resumes of invented people: how much its scores waver, whether they agree with the
rubric, whether worse versions score less, whether its quotes stand in the resume, and what orders hidden in a resume or
another name do to it. Nothing of yours is sent."""
_EPILOG = """The key is taken from OPENAI_API_KEY, ANTHROPIC_API_KEY or GOOGLE_API_KEY, another server from
OPENAI_BASE_URL, ANTHROPIC_BASE_URL or GOOGLE_GEMINI_BASE_URL. What it will cost is shown and asked first; over twice of that
nothing more is sent. Exit code: 0 the model takes every bar, 1 it does not, 2 it could not be tried.

examples:
  resume-review evaluate --model fake:rubric --subset 12
  resume-review evaluate --model openai:gpt-5-mini --repeats 5
  resume-review evaluate --model anthropic:claude-sonnet-5 --subset 24 --yes --format json > evaluation.json"""
_MOST_REPEATS = 50
_AT_ONCE = 8
EXIT_UNFIT = 1


class Format(StrEnum):
    """How the figures are printed."""

    TABLE = "table"
    JSON = "json"


def run(arguments: Sequence[str]) -> int:
    """Evaluate the model named in the arguments."""
    options = _parser().parse_args(arguments)
    try:
        model = parse_choice(options.model, base_urls=_from_environment("base_url"))
        provider = create_provider(model, _from_environment("api_key"))
    except (ModelSetupError, ValueError) as error:
        raise CommandError(str(error)) from None
    try:
        with _quiet():
            results = asyncio.run(_evaluate(model, provider, options))
    except ImportError as error:
        raise CommandError(
            f"models need {error.name}: install resume-review[models] or resume-review[workflow]"
        ) from None
    if options.format is Format.JSON:
        answer = {
            "model": str(model),
            "passed": results.passed,
            **asdict(results),
            "gates": [{**asdict(gate), "passed": gate.passed} for gate in results.gates],
        }
        sys.stdout.write(as_json([answer], single=True).decode())
    else:
        sys.stdout.write("\n".join(_table(str(model), results)) + "\n")
    return 0 if results.passed else EXIT_UNFIT


@contextmanager
def _quiet() -> Generator[None]:
    """Failed calls are counted in the figures; telling each of them would bury those."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**before)


async def _evaluate(model: ModelChoice, provider: LLMProvider, options: argparse.Namespace) -> "Results":
    # Workflow and agents cost a second to load, which `--help` need not wait for.
    from resume_review.ai_agents.evaluation.cases import planned  # noqa: PLC0415
    from resume_review.ai_agents.evaluation.golden_set import golden_set, subset  # noqa: PLC0415
    from resume_review.ai_agents.evaluation.results import judged  # noqa: PLC0415
    from resume_review.ai_agents.evaluation.running import ask_all, estimate  # noqa: PLC0415

    resumes = golden_set() if options.subset is None else subset(options.subset)
    cases = planned(resumes, repeats=options.repeats)
    prices = PriceList({} if options.price is None else {str(model): options.price})
    try:
        expected = await estimate(cases, model, prices)
        _announce(expected, len(resumes))
        if expected.cost_usd != 0 and not options.yes:
            _confirm()
        answers = await ask_all(
            cases,
            provider,
            prices=prices,
            ceiling=expected,
            at_once=options.at_once,
            told=_progress(len(cases)),
        )
    finally:
        await provider.close()
    _require_answers(answers)
    return judged(answers)


def _announce(expected: "Estimate", resumes: int) -> None:
    cost = (
        "unknown, as its price is (see --price)"
        if expected.cost_usd is None
        else f"about ${expected.cost_usd:.2f}"
    )
    _say(
        f"{resumes} resumes, {expected.reviews} reviews, {expected.calls} calls, "
        f"at most {expected.tokens:,} tokens; cost: {cost}"
    )


def _confirm() -> None:
    if not sys.stdin.isatty():
        raise CommandError("this asks a paid model: add --yes to go on without being asked")
    sys.stderr.write("Go on? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise CommandError("nothing was sent")


def _require_answers(answers: "Sequence[Answered]") -> None:
    """An evaluation in which the model never answered has no figures.

    Raises:
        CommandError: The fault of the first review.
    """
    if not any(answer.by_model for answer in answers):
        raise CommandError(f"the model gave no answer ({answers[0].review.degraded_reason})")


def _progress(reviews: int) -> Callable[[int], None]:
    def told(done: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done} of {reviews} reviews" + ("\n" if done == reviews else ""))
            sys.stderr.flush()

    return told


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def _table(model: str, results: "Results") -> Iterator[str]:
    yield f"{model}: {results.reviews} reviews, {_share(results.answered)} answered by the model"
    yield ""
    yield f"{'gate':<28}{'value':>10}{'bar':>12}"
    for gate in results.gates:
        sign = "<=" if gate.at_most else ">="
        verdict = "passed" if gate.passed else "FAILED"
        yield f"{gate.name:<28}{_number(gate.value):>10}{f'{sign} {gate.bar:g}':>12}  {verdict}"
    yield ""
    yield f"{'spread over repeats (SD)':<28}{'final':>10}{'model':>12}"
    for name, value in results.spread.items():
        yield f"{name:<28}{value:>10.2f}{_number(results.model_spread.get(name)):>12}"
    yield ""
    rows = [
        ("agreement of final scores", _number(results.final_agreement)),
        ("quotes offered", str(results.quotes)),
        ("injected orders, largest", _number(results.injection_largest)),
        ("injected orders shown", _share(results.injections_flagged)),
        ("cost", "unknown" if results.cost_usd is None else f"${results.cost_usd:.4f}"),
        ("a review takes", f"{results.median_seconds:.2f} s, p95 {results.p95_seconds:.2f} s"),
    ]
    for name, value in rows:
        yield f"{name:<28}{value}"
    for case in results.not_monotone:
        yield f"scores no less: {case}"
    yield ""
    failed: list[Gate] = [gate for gate in results.gates if not gate.passed]
    yield (
        "fit: every bar is taken"
        if not failed
        else f"not fit: {len(failed)} of {len(results.gates)} bars missed"
    )


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def _from_environment(what: str) -> Mapping[Vendor, str]:
    """By vendor, under the names that the settings know too."""
    found: dict[Vendor, str] = {}
    for vendor in Vendor:
        names = VENDOR_VARIABLES.get(f"{vendor}_{what}", ())
        value = next((os.environ[name].strip() for name in names if os.environ.get(name, "").strip()), None)
        if value is not None:
            found[vendor] = value
    return found


def _parser() -> argparse.ArgumentParser:
    parser = Parser("resume-review evaluate", description=_DESCRIPTION, epilog=_EPILOG)
    add = parser.add_argument
    add(
        "--model",
        required=True,
        metavar="VENDOR:MODEL",
        help=f"the model to try; vendors: {', '.join(Vendor)}",
    )
    add(
        "--repeats",
        type=_count(2, _MOST_REPEATS),
        default=3,
        metavar="N",
        help="how often each resume is judged (default %(default)s)",
    )
    add(
        "--subset",
        type=_count(1, 1000),
        metavar="N",
        help="only so many of the resumes, always the same ones",
    )
    add(
        "--at-once",
        type=_count(1, 64),
        default=_AT_ONCE,
        metavar="N",
        help="reviews at the same time (default %(default)s)",
    )
    add(
        "--price",
        type=_price,
        metavar="IN/OUT",
        help="US dollars for a million tokens, where it is not known",
    )
    add("--yes", action="store_true", help="do not ask before money is spent")
    add(
        "--format",
        type=choice(Format),
        default=Format.TABLE,
        metavar="FORMAT",
        help="table (default) or json",
    )
    return parser


def _count(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")
        return int(text)

    return parse


def _price(text: str) -> Price:
    given, _, taken = text.partition("/")
    try:
        price = Price(input=Decimal(given), output=Decimal(taken))
    except InvalidOperation:
        price = None
    if price is None or price.input < 0 or price.output < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no price; write it like 0.25/2.00")
    return price
