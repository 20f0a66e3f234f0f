"""Markdown as a reader sees it rendered: marks removed, headings and bullets kept as such."""

import html
import re
from dataclasses import dataclass, field

from resume_review.documents.limits import Limits
from resume_review.documents.model import BlockKind
from resume_review.documents.reading import Line, PageSize, Reading
from resume_review.documents.text import CONTROL, bounded, decode, pieces

_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_SETEXT = re.compile(r"^\s{0,3}(=+|-{2,})\s*$")
_RULE = re.compile(r"^\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r"^(\s*)(?:[-*+•]|(\d{1,3}[.)]))\s+(.*)$")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)")
_LINK = re.compile(r"\[([^\]\n]+)\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^>\s]+|[^@\s<>]+@[^@\s<>]+)>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|~~|\*|`)(?=\S)(.+?)(?<=\S)\1")
_UNDERSCORE = re.compile(r"(?<![\w])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w])")
_STRONG = re.compile(r"^\s*(\*\*|__)(?=\S).+?\1")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_INDENT = re.compile(r"^\s+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(slots=True)
class _State:
    lines: list[Line] = field(default_factory=list[Line])
    targets: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    block: int = 0
    fenced: bool = False


# Words set as code side by side are a row of tags.
_CHIPS = re.compile(r"(?<=\w)`[ \t]+`(?=\w)")


def read_markdown(data: bytes, *, limits: Limits) -> Reading:
    """Read Markdown; comments and other invisible parts are left out."""
    text = _BREAK.sub("\n", _COMMENT.sub("", bounded(decode(data), limits)))
    state = _State()
    for raw in _without_front_matter(text.splitlines()):
        _line(_INDENT.sub(_expanded, raw.translate(CONTROL)), state)
    return Reading(pages=[PageSize()], lines=state.lines, targets=state.targets)


def _expanded(indent: re.Match[str]) -> str:
    return indent[0].expandtabs(4)


def _without_front_matter(lines: list[str]) -> list[str]:
    if lines and lines[0].strip() == "---":
        for index, line in enumerate(lines[1:60], start=1):
            if line.strip() in {"---", "..."}:
                return lines[index + 1 :]
    return lines


def _line(raw: str, state: _State) -> None:
    if _FENCE.match(raw):
        state.fenced = not state.fenced
        return
    if not raw.strip() or _TABLE_RULE.match(raw):
        state.block += not raw.strip()
        return
    if (setext := _SETEXT.match(raw)) and _underlines(state):
        state.lines[-1].kind = BlockKind.HEADING
        state.lines[-1].level = 1 if setext.group(1).startswith("=") else 2
        state.block += 1
        return
    if _RULE.match(raw):
        state.block += 1
        return
    if state.fenced:
        _add(raw, state)
    elif heading := _HEADING.match(raw):
        state.block += 1
        _add(heading.group(2), state, kind=BlockKind.HEADING, level=len(heading.group(1)))
        state.block += 1
    elif item := _ITEM.match(raw):
        state.block += 1
        mark = item.group(2) or "•"
        depth = 1 + len(item.group(1)) // 2
        _add(f"{mark} {item.group(3)}", state, kind=BlockKind.BULLET, level=min(depth, 6))
    else:
        _add(_QUOTE.sub("", raw), state)


def _underlines(state: _State) -> bool:
    return bool(state.lines) and state.lines[-1].block == state.block and state.lines[-1].kind is None


def _add(raw: str, state: _State, *, kind: BlockKind | None = None, level: int | None = None) -> None:
    bold = bool(_STRONG.match(raw))
    if kind is None and raw.strip().startswith("|") and raw.count("|") > 1:
        raw = re.sub(r"\s*(?<!\\)\|\s*", "\t", raw.strip().strip("|").strip())
        kind = BlockKind.TABLE_ROW
    words = pieces(_inline(raw, state))
    if words:
        state.lines.append(
            Line(page=1, pieces=words, block=state.block, kind=kind, level=level, bold=bold or None)
        )


def _inline(raw: str, state: _State) -> str:
    for label, target in _LINK.findall(raw):
        state.targets.append((label, target))
    text = _LINK.sub(r"\1", _IMAGE.sub("", _CHIPS.sub("`\t`", raw)))
    text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    text = _UNDERSCORE.sub(r"\1", text)
    return html.unescape(_ESCAPE.sub(r"\1", text))
