"""A model for demonstrations and tests: it answers from the rubric, and misbehaves when its name says so.

The name is `rubric`, or `rubric!FAULT` with one of `Fault`'s values; `rubric!slow=0.5` waits half a second first.
"""

import asyncio
import base64
import json
import re
import time
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Any, cast

from resume_review.ai_agents.providers.base import (
    BadKeyError,
    Call,
    Completion,
    Finish,
    ModelChoice,
    OverloadedError,
    RateLimitedError,
    TimedOutError,
    Usage,
)
from resume_review.ai_agents.providers.ledger import estimated_tokens
from resume_review.ai_agents.reports import AppealReport, StructureReport, SummaryReport
from resume_review.documents import read_document
from resume_review.documents.addressed import speaks_to_machine
from resume_review.rubric import Category, Finding, Review, review

_FENCED = re.compile(r"<<<untrusted [0-9a-f]+>>>\n(.*)\n<<<end [0-9a-f]+>>>", re.DOTALL)
_REVIEW_DATE = date(2026, 1, 1)
_STEP = 20
_STRUCTURE = {Category.ORGANIZATION, Category.FORMATTING, Category.TONE, Category.COMPLETENESS}
_CATEGORIES = {
    Category.TONE: "grammar",
    Category.CONTENT: "quantitative_impact",
    Category.APPEAL: "appeal_point",
}
_MOST = 6
KEYWORD = "obeythis"
"""A model that obeys does so wherever a text holds these letters."""
_TWINS = str.maketrans("оеһуіѕтвЕОНВТ", "oehyistbeohbt")
_CODED = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")


class Fault(StrEnum):
    """How it may misbehave."""

    RATE_LIMITED = "rate_limited"
    OVERLOADED = "overloaded"
    BAD_KEY = "bad_key"
    HANG = "hang"
    SLOW = "slow"
    REFUSE = "refuse"
    EMPTY = "empty"
    CUT = "cut"
    BAD_JSON = "bad_json"
    WRONG_SHAPE = "wrong_shape"
    OTHER_MODEL = "other_model"
    INVENT = "invent"
    MARKUP = "markup"
    OBEY = "obey"
    WAVER = "waver"


class FakeProvider:
    """Answers as a diligent model would, at once and without a network."""

    def __init__(self, choice: ModelChoice) -> None:
        self._choice = choice
        name, _, wish = choice.model.partition("!")
        fault, _, seconds = wish.partition("=")
        self._name = name
        self._fault = Fault(fault) if fault else None
        self._seconds = float(seconds or 1)
        self.calls = 0

    @property
    def choice(self) -> ModelChoice:
        """See `LLMProvider.choice`."""
        return self._choice

    async def close(self) -> None:
        """See `LLMProvider.close`."""

    async def complete(self, call: Call) -> Completion:
        """See `LLMProvider.complete`."""
        self.calls += 1
        started = time.perf_counter()
        await self._misbehave(call)
        answer = await asyncio.to_thread(self._answer, call)
        text, finish = self._spoilt(json.dumps(answer, ensure_ascii=False))
        return Completion(
            text=text,
            finish=finish,
            model="another-model" if self._fault is Fault.OTHER_MODEL else self._choice.model,
            usage=Usage(
                input_tokens=estimated_tokens(call.system, call.user), output_tokens=estimated_tokens(text)
            ),
            latency_ms=round((time.perf_counter() - started) * 1000),
        )

    async def _misbehave(self, call: Call) -> None:
        match self._fault:
            case Fault.RATE_LIMITED:
                raise RateLimitedError("The fake model asks for patience.", retry_after=0.05)
            case Fault.OVERLOADED:
                raise OverloadedError("The fake model has trouble.")
            case Fault.BAD_KEY:
                raise BadKeyError("The fake model does not accept the key.")
            case Fault.HANG:
                await asyncio.sleep(call.timeout_s)
                raise TimedOutError("The fake model did not answer.")
            case Fault.SLOW:
                await asyncio.sleep(self._seconds)
            case _:
                return

    def _answer(self, call: Call) -> dict[str, Any]:
        found = _FENCED.search(call.user)
        text = found.group(1) if found else ""
        if call.schema is SummaryReport:
            return {"summary": "The resume is clear. The first step is to add measurable results."}
        reviewed = review(
            read_document(text.encode(), "resume.md"),
            industry="full_service_consulting",
            review_date=_REVIEW_DATE,
        )
        report = _structure(reviewed) if call.schema is StructureReport else _appeal(reviewed)
        findings: list[dict[str, Any]] = report["findings"]
        if self._fault is Fault.OBEY and is_told_to_obey(text):
            report["scores"] = dict.fromkeys(report["scores"], 5)
            report["findings"] = []
        if self._fault is Fault.WAVER:
            report["scores"] = dict.fromkeys(report["scores"], 5 if self.calls // 2 % 2 else 1)
        if self._fault is Fault.INVENT:
            for finding in findings:
                finding["quote"] = f"Won the national prize for {finding['category']} in 1999"
        if self._fault is Fault.MARKUP:
            for finding in findings:
                finding["issue"] += (
                    ' <img src="https://evil.example/x.png" onerror="alert(1)"> [more](https://evil.example)'
                )
        return report

    def _spoilt(self, text: str) -> tuple[str, Finish]:
        match self._fault:
            case Fault.REFUSE:
                return "", Finish.REFUSED
            case Fault.EMPTY:
                return "", Finish.COMPLETE
            case Fault.CUT:
                return text[: len(text) // 2], Finish.UNKNOWN
            case Fault.BAD_JSON:
                return "Here is my review: it is fine.", Finish.COMPLETE
            case Fault.WRONG_SHAPE:
                return '{"score": 12}', Finish.COMPLETE
            case _:
                return text, Finish.COMPLETE


def is_told_to_obey(text: str) -> bool:
    """Whether an order reached the model, which is cleverer at finding one than any rule: a keyword is enough.

    The keyword counts in letters of other alphabets, with invisible characters inside, and in Base64.
    """
    views = [text, *(_decoded(coded) for coded in _CODED.findall(text))]
    return speaks_to_machine(text) or any(KEYWORD in _letters(view) for view in views)


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_TWINS)
    plain = "".join(
        chr(ord(character) - 0xE0000) if character > "\U000e0000" else character for character in plain
    )
    return "".join(character for character in plain if character.isalnum())


def _decoded(coded: str) -> str:
    try:
        return base64.b64decode(coded + "=" * (-len(coded) % 4)).decode()
    except ValueError:
        return ""


def fenced_text(prompt: str) -> str:
    """The untrusted words of a prompt."""
    found = _FENCED.search(prompt)
    return found.group(1) if found else ""


def plausible_answer(text: str, shape: str) -> dict[str, Any]:
    """What a diligent model would answer about this resume; `shape` is the name of a report's class."""
    if shape == SummaryReport.__name__:
        return {"summary": "The resume is clear. The first step is to add measurable results."}
    reviewed = review(
        read_document(text.encode(), "resume.md"),
        industry="full_service_consulting",
        review_date=_REVIEW_DATE,
    )
    return _structure(reviewed) if shape == StructureReport.__name__ else _appeal(reviewed)


def _structure(reviewed: Review) -> dict[str, Any]:
    scores = reviewed.scores.structure
    found = [
        _comment(finding, "structure") for finding in reviewed.findings if finding.category in _STRUCTURE
    ]
    return {
        "scores": {name: _steps(getattr(scores, name, 0)) for name in _names(StructureReport)},
        "strengths": _praise(reviewed),
        "findings": [comment for comment in found if comment][:_MOST],
    }


def _appeal(reviewed: Review) -> dict[str, Any]:
    scores = reviewed.scores.appeal
    found = [
        _comment(finding, "appeal_point")
        for finding in reviewed.findings
        if finding.category not in _STRUCTURE
    ]
    return {
        "scores": {name: _steps(getattr(scores, name, 0)) for name in _names(AppealReport)},
        "strengths": _praise(reviewed),
        "findings": [comment for comment in found if comment][:_MOST],
    }


def _names(report: type[StructureReport] | type[AppealReport]) -> list[str]:
    return list(cast("Any", report.model_fields["scores"].annotation).model_fields)


def _steps(points: int) -> int:
    return max(0, min(5, round(points / _STEP)))


def _comment(finding: Finding, otherwise: str) -> dict[str, Any] | None:
    if not finding.quote or "\n" in finding.quote:
        return None
    category = _CATEGORIES.get(finding.category, otherwise)
    if otherwise == "structure" and category != "grammar":
        category = otherwise
    return {
        "category": category,
        "severity": finding.severity,
        "quote": finding.quote,
        "issue": finding.message,
        "suggestion": finding.suggestion,
        "rewrite": finding.rewrite,
    }


def _praise(reviewed: Review) -> list[dict[str, str]]:
    return [
        {"quote": strength.quote, "reason": strength.message}
        for strength in reviewed.strengths[:3]
        if strength.quote
    ]
