"""Prompts as people read them: as files, side by side, and for other programs."""

import difflib
import json
import re
from dataclasses import dataclass
from typing import Any

import yaml

from resume_review.ai_agents.prompts.model import Prompt, Variable, VariableType

_KINDS = {VariableType.TEXT: "string", VariableType.ENUM: "string", VariableType.NUMBER: "float"}


@dataclass(frozen=True, kw_only=True)
class PromptDifference:
    """What changed from one prompt to another; texts are unified diffs, empty where nothing did."""

    system: str
    user: str
    variables_added: list[str]
    variables_removed: list[str]
    settings: str


def as_yaml(prompt: Prompt) -> str:
    """The prompt as its file would hold it."""
    return yaml.dump(prompt.as_data(), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def differences(old: Prompt, new: Prompt, *, names: tuple[str, str]) -> PromptDifference:
    """What changed, role by role; `names` stand at the head of the diffs."""
    return PromptDifference(
        system=_unified(old.prompts.system, new.prompts.system, names),
        user=_unified(old.prompts.user, new.prompts.user, names),
        variables_added=sorted(set(new.variables) - set(old.variables)),
        variables_removed=sorted(set(old.variables) - set(new.variables)),
        settings=_unified(_settings(old), _settings(new), names),
    )


def as_prompty(prompt: Prompt) -> str:
    """The prompt for programs that read Prompty 2.

    That format fills in texts as they are and knows no fence, so the marks become inputs with fixed values: enough to
    try wordings, not to be used on resumes of strangers.
    """
    head: dict[str, Any] = {
        "name": prompt.metadata.name,
        "description": prompt.metadata.description,
        "metadata": {
            "version": prompt.metadata.version,
            "locale": prompt.metadata.locale.value,
            "content_hash": prompt.content_hash,
        },
        "model": {
            "apiType": "chat",
            "options": {
                "temperature": prompt.model.temperature,
                "maxOutputTokens": prompt.model.max_output_tokens,
            },
        },
        "inputs": [
            {"name": "fence_opening", "kind": "string", "default": "<<<untrusted"},
            {"name": "fence_closing", "kind": "string", "default": "untrusted>>>"},
            *(_input(name, variable) for name, variable in prompt.variables.items()),
        ],
        "template": {"format": {"kind": "jinja2"}, "parser": {"kind": "prompty"}},
    }
    front = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=110)
    system, user = _unfenced(prompt.prompts.system), _unfenced(prompt.prompts.user)
    for name, variable in prompt.variables.items():
        if variable.untrusted:
            fenced = f"{{{{ fence_opening }}}}\n{{{{ {name} }}}}\n{{{{ fence_closing }}}}"
            user = re.sub(rf"\{{\{{\s*{name}\s*\}}\}}", lambda _: fenced, user)  # noqa: B023 - used at once
    return f"---\n{front}---\nsystem:\n{system.rstrip()}\n\nuser:\n{user.rstrip()}\n"


class _Dumper(yaml.SafeDumper):
    """Texts of several lines stay texts of several lines."""


def _text(dumper: Any, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _input(name: str, variable: Variable) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": name,
        "kind": _KINDS[variable.type],
        "required": variable.required,
    }
    if variable.values:
        described["enumValues"] = list(variable.values)
    return described


def _unfenced(template: str) -> str:
    return template.replace("fence.opening", "fence_opening").replace("fence.closing", "fence_closing")


def _settings(prompt: Prompt) -> str:
    """All but the words: hints for models, and variables."""
    data = prompt.as_data()
    told = {"model": data["model"], "variables": data["variables"]}
    return json.dumps(told, indent=2, ensure_ascii=False, sort_keys=True)


def _unified(before: str, after: str, names: tuple[str, str]) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="")
    return "\n".join(lines)
