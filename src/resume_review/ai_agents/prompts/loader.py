"""From YAML to a prompt that is known to work: shape, variables, fence and rendering are checked before any use."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any, cast

import jinja2
import jinja2.meta
import msgspec
import yaml
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import ValidationError

from resume_review.ai_agents.guardrails.fence import Fence
from resume_review.ai_agents.prompts.model import (
    FROM_RESUME,
    GIVEN,
    Example,
    Locale,
    Prompt,
    Variable,
    VariableType,
)
from resume_review.ai_agents.reports import REPORTS, SummaryReport

FENCE = "fence"
"""The variable under which templates find the fence; it is always there and never declared."""
_KEPT = 256
"""Prompts and templates in memory; own ones may be written without end."""


class PromptError(ValueError):
    """A prompt that cannot be used; the message says what is wrong with it."""


class PromptVariableError(ValueError):
    """A value that the prompt cannot take; the message names the variable, never the value."""


@cache
def _environment() -> jinja2.Environment:
    return ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        keep_trailing_newline=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=_KEPT)
def _template(text: str) -> jinja2.Template:
    """Compiled; that takes twenty times as long as filling it."""
    return _environment().from_string(text)


def parse(text: str) -> Prompt:
    """A prompt from YAML.

    Raises:
        PromptError: Not YAML, of another shape, or one of the checks of `validate` fails.
    """
    try:
        data: object = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" near line {mark.line + 1}" if mark is not None else ""
        raise PromptError(f"It is no YAML{where}.") from None
    if not isinstance(data, dict):
        raise PromptError("It must be a mapping with schema, metadata, variables and prompts.")
    return from_data(cast("dict[str, Any]", data))


def from_data(data: Mapping[str, Any]) -> Prompt:
    """A prompt from plain data, checked.

    Raises:
        PromptError: Of another shape, or one of the checks of `validate` fails.
    """
    try:
        prompt = Prompt.model_validate(data)
    except ValidationError as error:
        raise PromptError(_first_fault(error)) from None
    validate(prompt)
    return prompt


def from_state(data: Mapping[str, Any]) -> Prompt:
    """A prompt from what `Prompt.as_data` gave, checked once for each wording.

    Raises:
        PromptError: As `from_data`.
    """
    return _from_json(json.dumps(data, sort_keys=True))


@lru_cache(maxsize=_KEPT)
def _from_json(text: str) -> Prompt:
    return from_data(json.loads(text))


def validate(prompt: Prompt) -> None:
    """Check that the templates compile, use what is declared and given, fence what is untrusted and render, examples too.

    Raises:
        PromptError: What is wrong, in one sentence.
    """
    if b"\\u0000" in msgspec.json.encode(prompt.as_data()):
        raise PromptError("It holds a NUL character, which no database keeps.")
    used = _used(prompt.prompts.system, "system") | _used(prompt.prompts.user, "user")
    declared = set(prompt.variables)
    if missing := sorted(used - declared - {FENCE}):
        raise PromptError(f"Variables are used but not declared: {', '.join(missing)}.")
    if extra := sorted(declared - used):
        raise PromptError(f"Variables are declared but not used: {', '.join(extra)}.")
    if FENCE in declared:
        raise PromptError(f"{FENCE} is given by the platform and cannot be declared.")
    _check_given(prompt)
    _check_fence(prompt)
    try:
        render(
            prompt, {name: _example(variable) for name, variable in prompt.variables.items()}, fence=Fence()
        )
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise PromptError(f"It cannot be rendered: {type(error).__name__}.") from None
    for number, example in enumerate(prompt.examples, 1):
        _check_example(prompt, example, f"examples.{number}")


def render(prompt: Prompt, values: Mapping[str, object], *, fence: Fence) -> tuple[str, str]:
    """The texts of the two roles, system and user.

    Raises:
        PromptVariableError: A value is missing, of another kind, not among those allowed, or unknown.
    """
    if unknown := sorted(set(values) - set(prompt.variables)):
        raise PromptVariableError(f"{prompt.metadata.name} knows no variable {unknown[0]}.")
    filled: dict[str, object] = {FENCE: fence}
    for name, variable in prompt.variables.items():
        value = _accepted(name, variable, values.get(name))
        filled[name] = fence.around(str(value)) if variable.untrusted and value is not None else value
    return _template(prompt.prompts.system).render(filled), _template(prompt.prompts.user).render(filled)


@cache
def bundled() -> Mapping[tuple[str, Locale], Prompt]:
    """The prompts of this release by name and language.

    Raises:
        PromptError: A file of the package is damaged.
    """
    prompts: dict[tuple[str, Locale], Prompt] = {}
    for file in resources.files("resume_review.ai_agents.prompts").joinpath("files").iterdir():
        if file.name.endswith(".yaml"):
            prompt = parse(file.read_text(encoding="utf-8"))
            prompts[prompt.metadata.name, prompt.metadata.locale] = prompt
    return prompts


def _used(template: str, role: str) -> set[str]:
    try:
        return jinja2.meta.find_undeclared_variables(_environment().parse(template))
    except jinja2.TemplateSyntaxError as error:
        raise PromptError(f"prompts.{role}: line {error.lineno}: {error.message}") from None


def _check_given(prompt: Prompt) -> None:
    """A variable that nobody fills in would stop every review, and the resume unfenced would give it orders."""
    given = GIVEN[prompt.metadata.agent]
    if unknown := sorted(set(prompt.variables) - given):
        raise PromptError(
            f"{unknown[0]} is not given to the agent {prompt.metadata.agent}; there are {', '.join(sorted(given))}."
        )
    for name in sorted(FROM_RESUME & set(prompt.variables)):
        if not prompt.variables[name].untrusted:
            raise PromptError(f"{name} comes from the resume: declare it with untrusted: true.")


def _check_fence(prompt: Prompt) -> None:
    """Untrusted words may stand in the user's role alone, bare, so that nothing can take them out of their fence."""
    untrusted = {name for name, variable in prompt.variables.items() if variable.untrusted}
    if not untrusted:
        return
    if found := sorted(untrusted & _used(prompt.prompts.system, "system")):
        raise PromptError(f"{found[0]} comes from the resume and may not stand in prompts.system.")
    if FENCE not in _used(prompt.prompts.system, "system"):
        raise PromptError("prompts.system must explain {{ fence.opening }} and {{ fence.closing }}.")
    tree = _environment().parse(prompt.prompts.user)
    outputs = {
        node.name
        for output in tree.find_all(nodes.Output)
        for node in output.nodes
        if isinstance(node, nodes.Name)
    }
    names = [node.name for node in tree.find_all(nodes.Name) if node.name in untrusted]
    for name in sorted(untrusted):
        if names.count(name) != 1 or name not in outputs:
            raise PromptError(
                f"{name} comes from the resume: write it once, as {{{{ {name} }}}}, without filters."
            )


def _check_example(prompt: Prompt, example: Example, place: str) -> None:
    """What readers and writers of prompts learn from must itself keep the rules."""
    try:
        render(prompt, example.variables, fence=Fence())
        answer = REPORTS[prompt.metadata.output].model_validate(example.answer)
    except PromptVariableError as error:
        raise PromptError(f"{place}: {error}") from None
    except ValidationError as error:
        raise PromptError(_first_fault(error, f"{place}.answer.")) from None
    if isinstance(answer, SummaryReport):
        return
    resume = str(example.variables.get("resume_text", ""))
    for one in (*answer.findings, *answer.strengths):
        if one.quote not in resume:
            raise PromptError(f"{place}: a quote of the answer is not in resume_text: {one.quote[:60]!r}.")


def _first_fault(error: ValidationError, before: str = "") -> str:
    fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in fault["loc"])
    return f"{before}{place}: {fault['msg'].removeprefix('Value error, ')}."


def _accepted(name: str, variable: Variable, value: object) -> object:
    if value is None:
        if variable.required:
            raise PromptVariableError(f"{name} is missing.")
        return None
    if variable.type is VariableType.NUMBER:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise PromptVariableError(f"{name} must be a number.")
        return value
    if not isinstance(value, str):
        raise PromptVariableError(f"{name} must be text.")
    if variable.type is VariableType.ENUM and value not in variable.values:
        raise PromptVariableError(f"{name} must be one of {', '.join(variable.values)}.")
    return value[: variable.max_chars]


def _example(variable: Variable) -> object:
    match variable.type:
        case VariableType.NUMBER:
            return 1
        case VariableType.ENUM:
            return variable.values[0]
        case VariableType.TEXT:
            return "{{ 7 * 7 }} {% raw %}"
