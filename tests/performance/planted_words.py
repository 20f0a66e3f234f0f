"""Places of a resume in Markdown, and faults of its words, headings, order and roles."""

import re
from typing import cast

_BULLET = re.compile(r"^[-*+] .*\n", re.MULTILINE)
_WORK = r"^## (?:.*Experience|Career History|Employment.*|■?職務経歴|職歴)\n"
_DATES = re.compile(
    r"(?<=\| )[^|\n]*?(?:\d{4}|\d{4}年\d+月|\d{4}[./]\d\d|Present|現在)$|^[A-Z0-9][^\n|]{2,12} – (?:[^\n|]*\d{4}[^\n|]*|Present)$",
    re.MULTILINE,
)


class NotHereError(Exception):
    """This resume has no place for the fault."""


def once(text: str, old: str, new: str) -> str:
    if not old or old not in text:
        raise NotHereError
    return text.replace(old, new, 1)


def is_japanese(text: str) -> bool:
    return re.search(r"[\u3040-\u30ff]", text) is not None


def work_span(text: str) -> tuple[int, int]:
    start = re.search(_WORK, text, re.MULTILINE)
    if start is None:
        raise NotHereError
    end = text.find("\n## ", start.end())
    return start.end(), end if end >= 0 else len(text)


def role_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the roles of the work section."""
    start, end = work_span(text)
    mark = r"^\*\*" if re.search(r"^\*\*", text[start:end], re.MULTILINE) else r"^### "
    starts = [start + match.start() for match in re.finditer(mark, text[start:end], re.MULTILINE)]
    return list(zip(starts, [*starts[1:], end], strict=True))


def role_span(text: str, number: object) -> tuple[int, int]:
    roles = role_spans(text)
    index = int(str(number)) - 1
    if index >= len(roles):
        raise NotHereError
    return roles[index]


def newest_first(text: str) -> None:
    """Raises `NotHereError` where the first role is not the present one."""
    start, end = role_spans(text)[0]
    if not re.search(r"Present|現在", text[start:end]):
        raise NotHereError


def bullets_in(text: str, start: int, end: int) -> list[str]:
    return _BULLET.findall(text[start:end])


def instead(text: str, bullet: str, words: str) -> str:
    return once(text, bullet, f"{bullet[:2]}{words}\n")


def bullet(text: str, words: object, number: int) -> str:
    found = bullets_in(text, *work_span(text))
    new = str(words)
    if is_japanese(text) and not found[0].strip().endswith("。"):
        new = new.removesuffix("。")
    if "達成した。" in text:
        new = new.replace("しました。", "した。").replace("いました。", "いた。")
    return instead(text, found[number % len(found)], new)


def past_role(text: str, words: object, number: int) -> str:
    start, end = role_span(text, 2)
    found = bullets_in(text, start, end)
    return instead(text, found[number % len(found)], str(words))


def current_role(text: str, words: object, number: int) -> str:
    start, end = role_span(text, 1)
    if "Present" not in text[start:end]:
        raise NotHereError
    found = bullets_in(text, start, end)
    return instead(text, found[number % len(found)], str(words))


def summary_text(text: str) -> str:
    match = re.search(r"^## (?:.*Summary.*|.*Profile|About|■?職務要約|要約)\n\n(.+)\n", text, re.MULTILINE)
    if match is None:
        raise NotHereError
    return match[1]


def summary(text: str, words: object, number: int) -> str:
    old = summary_text(text)
    return once(text, old, f"{old}{'' if is_japanese(text) else ' '}{words}")


def summary_is(text: str, words: object, number: int) -> str:
    return once(text, summary_text(text), str(words))


def summary_long(text: str, words: object, number: int) -> str:
    old = summary_text(text)
    more = (
        "工場と倉庫の見直しも行いました。"
        if is_japanese(text)
        else " Plans routes, budgets, shifts and stock for sites."
    )
    while len(old if is_japanese(text) else old.split()) < int(str(words)):
        old += more
    return once(text, summary_text(text), f"[[{old[:40]}]]{old[40:]}")


def heading_line(text: str, name: str) -> str:
    match = re.search(rf"^## .*{name}$", text, re.MULTILINE)
    if match is None:
        raise NotHereError
    return match[0]


def heading(text: str, words: object, number: int) -> str:
    name, new = cast("list[str]", words)
    return once(text, heading_line(text, name) + "\n", f"## {new}\n")


def section_text(text: str, name: str) -> str:
    start = text.index(heading_line(text, name))
    end = text.find("\n## ", start)
    return text[start : end + 1 if end >= 0 else len(text)]


def drop_section(text: str, words: object, number: int) -> str:
    short = text.replace(section_text(text, str(words)), "")
    for other in ("Projects", "Volunteering", "プロジェクト"):
        if f"## {other}" in short and words in {"Experience", "職務経歴"}:
            short = short.replace(section_text(short, other), "")
    if words in {"Experience", "職務経歴"}:
        short = re.sub(r"\[\[|\]\]", "", summary_long(short, 220 if is_japanese(short) else 75, number))
    # What is too short to be reviewed has a status and no findings.
    if len(short) < 260 if is_japanese(text) else len(short.split()) < 70:
        raise NotHereError
    return short


def move(text: str, words: object, number: int) -> str:
    name, _ = cast("list[str]", words)
    if name == "Skills" or re.search(r"graduate|First-class|\n## Education[^#]*\n## .*Experience", text):
        raise NotHereError
    part = section_text(text, name)
    rest = text.replace(part, "")
    place = rest.index("\n## ") + 1
    return rest[:place] + part.replace("## Education", "## [[Education]]") + "\n" + rest[place:]


def insert_first(text: str, words: object, number: int) -> str:
    place = text.index("\n## ") + 1
    return f"{text[:place]}{words}\n{text[place:]}"


def append(text: str, words: object, number: int) -> str:
    name = str(words).strip().removeprefix("## ").replace("[", "").replace("]", "")
    if f"## {name}" in text:
        raise NotHereError
    place = text.rindex("\n## ")
    return f"{text[:place]}{words}{text[place:]}"


def twice(text: str, words: object, number: int) -> str:
    part = section_text(text, str(words))
    return text.rstrip() + "\n\n" + part.replace(f"## {words}", f"## [[{words}]]")


def reverse(text: str, words: object, number: int) -> str:
    spans = role_spans(text)
    newest_first(text)
    if len(spans) < 2:
        raise NotHereError
    parts = [text[start:end].strip() + "\n\n" for start, end in spans]
    # Any role but the one that now stands first may be named, by its title or its dates.
    names = [line for part in parts for line in part.splitlines()[:3] if line and not line.startswith("-")]
    swapped = text[: spans[0][0]] + "".join(reversed(parts)) + text[spans[-1][1] :]
    for name in names[:-3]:
        swapped = swapped.replace(name, f"[[{name}]]", 1)
    return swapped


def dates_of(text: str, number: object) -> re.Match[str]:
    start, end = role_span(text, number)
    match = _DATES.search(text, start, end)
    if match is None:
        raise NotHereError
    return match


def dates(text: str, words: object, number: int) -> str:
    match = dates_of(text, 2)
    return text[: match.start()] + str(words) + text[match.end() :]


def drop_dates(text: str, words: object, number: int) -> str:
    match = dates_of(text, words)
    start, end = role_span(text, words)
    text = text[: match.start()] + text[match.end() :]
    role = text[start : end - (match.end() - match.start())]
    fixed = role.replace(" | \n", "\n", 1)
    first = fixed.splitlines()[0]
    name = first.strip("*# ")
    return once(text, role, fixed.replace(name, f"[[{name}]]", 1))


def drop_title(text: str, words: object, number: int) -> str:
    start, end = role_span(text, words)
    role = text[start:end]
    first = role.splitlines()
    if not first[0].startswith("**") or " | " not in first[0]:
        raise NotHereError
    dates_ = first[0].partition(" | ")[2]
    return once(text, role, role.replace(first[0] + "\n" + first[1], f"**[[{first[1]}]]** | [[{dates_}]]"))


def drop_employer(text: str, words: object, number: int) -> str:
    start, end = role_span(text, words)
    role = text[start:end]
    first = role.splitlines()
    if " | " not in first[0]:
        raise NotHereError
    title = first[0].partition(" | ")[0].strip("*")
    return once(text, role, role.replace(first[1] + "\n", "", 1).replace(title, f"[[{title}]]", 1))
