"""Faults of dates, contact data, lists and whole parts of a resume in Markdown."""

import re

from planted_words import (
    NotHereError,
    bullet,
    bullets_in,
    dates_of,
    heading_line,
    instead,
    is_japanese,
    newest_first,
    once,
    role_span,
    section_text,
    summary,
    work_span,
)

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LONG = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

_BULLET = re.compile(r"^[-*+] .*\n", re.MULTILINE)
_FILLER = (
    "The task was to look at the stock of the plant and to find out which parts were slow to sell and why. "
)


def paragraph(text: str, words: object, number: int) -> str:
    start, end = role_span(text, 1)
    filler = (
        "工場の在庫を調べ、売れ行きの遅い部品とその理由を明らかにしました。" if is_japanese(text) else _FILLER
    )
    body = filler
    while len(body) / 2 < int(str(words)) if is_japanese(text) else len(body.split()) < int(str(words)):
        body += filler
    role = text[start:end]
    bullets_ = "".join(bullets_in(text, start, end))
    if bullets_ not in role:
        raise NotHereError
    return once(text, role, role.replace(bullets_, f"[[{body.strip()}]]\n"))


def one_bullet(text: str, words: object, number: int) -> str:
    start, end = role_span(text, words)
    role = text[start:end]
    if not re.search(r"201[89]|202\d|Present|現在", role):
        raise NotHereError  # One bullet is enough for a role of long ago.
    first = role.splitlines()[:3]
    short = "".join(role.split(cut, 1)[0] + cut for cut in bullets_in(text, start, end)[:1]) + "\n"
    for line in first:
        if line.strip() and not line.startswith("-"):
            short = short.replace(line, f"[[{line}]]", 1)
    return text[:start] + short + text[end:]


_PLANTS = ["Leeds", "York", "Derby", "Hull", "Bath", "Ripon", "Truro", "Wells", "Ely"]


def many_bullets(text: str, words: object, number: int) -> str:
    start, end = role_span(text, words)
    role = text[start:end]
    verbs = ["Built", "Sold", "Cut", "Moved", "Opened", "Hired", "Priced", "Planned", "Tested"]
    things = [
        "a depot",
        "seven shops",
        "the stock",
        "a plant",
        "a school",
        "40 clerks",
        "300 goods",
        "12 routes",
        "a new till",
    ]
    more = "".join(
        f"- {verb} {thing} in {town} and saved £{index + 2}0,000\n"
        for index, (verb, thing, town) in enumerate(zip(verbs, things, _PLANTS, strict=True))
    )
    for line in role.splitlines()[:3]:
        if line.strip() and not line.startswith("-"):
            role = role.replace(line, f"[[{line}]]", 1)
    return text[:start] + role.rstrip() + "\n" + more + "\n" + text[end:]


def long(text: str, words: object, number: int) -> str:
    _, end = role_span(text, 2)
    more = ""
    index = 0
    while len((text + more).split()) < int(str(words)):
        index += 1
        town = _PLANTS[index % 9]
        more += f"- Planned stock of plant {index} near {town} with {index + 3} buyers and cut waste by {index % 50 + 1}% there\n"
    return text[:end].rstrip() + "\n" + more + "\n" + text[end:]


def _restyled(match: re.Match[str], name: str) -> str:
    out = match[0]
    for index, (short, full) in enumerate(zip(_MONTHS, _LONG, strict=True), 1):
        pattern = rf"\b(?:{full}|{short})\s+(\d\d)(\d\d)\b"
        new = {
            "slash": rf"{index:02d}/\1\2", "iso": rf"\1\2-{index:02d}", "long": rf"{full} \1\2", "year": r"\1\2",
            "apostrophe": rf"{short} '\2", "short": rf"{short} \1\2",
        }.get(name)  # fmt: skip
        if new:
            out = re.sub(pattern, new, out)
    if name in {"short", "long"}:
        names = _MONTHS if name == "short" else _LONG
        out = re.sub(r"\b(\d\d)/(\d{4})\b", lambda m: f"{names[int(m[1]) - 1]} {m[2]}", out)
        out = re.sub(r"\b(\d{4})-(\d\d)\b", lambda m: f"{names[int(m[2]) - 1]} {m[1]}", out)
    japanese = {"ja_slash": r"\1/\2", "ja_dot": r"\1.\2", "ja_hyphen": r"\1-\2"}.get(name)
    if japanese:
        out = re.sub(r"(\d{4})年(\d+)月", japanese, out)
    if name == "ja_era":
        out = re.sub(r"(\d{4})年(\d+)月", lambda m: f"令和{int(m[1]) - 2018}年{m[2]}月", out)
    return out


def style(text: str, words: object, number: int) -> str:
    match = dates_of(text, 2)
    new = _restyled(match, str(words))
    if new == match[0] or ("May " in text and words in {"short", "long"}):
        raise NotHereError
    if words == "ja_era" and re.search(r"201[0-8]", match[0]):
        raise NotHereError
    return text[: match.start()] + f"[[{new}]]" + text[match.end() :]


def dash(text: str, words: object, number: int) -> str:
    match = dates_of(text, 2)
    if " – " not in match[0]:
        raise NotHereError
    new = match[0].replace(" – ", f" {words} ")
    return text[: match.start()] + f"[[{new}]]" + text[match.end() :]


def stop(text: str, words: object, number: int) -> str:
    found = bullets_in(text, *work_span(text))
    old = found[int(str(words)) % len(found)]
    tail = old.split()[-1]
    new = f"[[{tail.removesuffix('。')}]]" if tail.endswith("。") else f"[[{tail}.]]"
    return once(text, old, old[: old.rindex(tail)] + new + "\n")


def case(text: str, words: object, number: int) -> str:
    name = heading_line(text, "Education")
    new = "EDUCATION" if words == "upper" else "education"
    return once(text, name, f"## [[{new}]]")


def verb(text: str, words: object, number: int) -> str:
    found = bullets_in(text, *role_span(text, 2)) + bullets_in(text, *role_span(text, 1))
    ends = [
        "12 sites and saved £90,000",
        "a budget of £2M for the group",
        "the rollout of 3 products in 2 years",
    ]
    for old, tail in zip(found[:3], ends, strict=True):
        text = instead(text, old, f"[[{words}]] {tail}")
    return text


def duplicate(text: str, words: object, number: int) -> str:
    found = bullets_in(text, *work_span(text))
    source, last = found[int(str(words)) % (len(found) - 1)], found[-1]
    again = source[2:].strip()
    if not is_japanese(text) and number % 2:
        again = again.replace(" and ", " & ", 1)
    return once(text, last, f"{last}{last[:2]}[[{again}]]\n")


def contact(text: str, words: object, number: int) -> str:
    line = next(line for line in text.splitlines() if "@" in line)
    separator = next((sign for sign in (" • ", " · ", " / ") if sign in line), " | ")
    return once(text, line, f"{line}{separator}{words}")


def _contact_part(text: str, pattern: str) -> str:
    line = next(line for line in text.splitlines() if "@" in line)
    separator = next((sign for sign in (" • ", " · ", " / ") if sign in line), " | ")
    parts = line.split(separator)
    kept = [part for part in parts if not re.search(pattern, part)]
    if len(kept) == len(parts):
        raise NotHereError
    return once(text, line, separator.join(kept))


def drop_email(text: str, words: object, number: int) -> str:
    return _contact_part(text, "@")


def drop_phone(text: str, words: object, number: int) -> str:
    return _contact_part(text, r"^[+(\d][\d\s()+-]{7,}$")


def drop_link(text: str, words: object, number: int) -> str:
    return _contact_part(text, r"(?:linkedin|github)\.com")


def drop_name(text: str, words: object, number: int) -> str:
    labelled = re.search(r"^氏名 .*\n+", text, re.MULTILINE)
    return text.replace(labelled[0], "", 1) if labelled else text.split("\n", 1)[1].lstrip()


def email(text: str, words: object, number: int) -> str:
    match = re.search(r"\S+@\S+", text)
    assert match is not None
    return once(text, match[0], str(words))


def skill(text: str, words: object, number: int) -> str:
    part = section_text(text, "スキル" if is_japanese(text) else "(?:Skills|Competencies)").rstrip()
    comma = "、" if is_japanese(text) else ", "
    return once(text, part, f"{part}{comma}{words}")


def many_skills(text: str, words: object, number: int) -> str:
    names = "Ada Apex Bash Chef Cobol Dart Elm Erlang Flink Go Groovy Hive Ibis Jira Julia Kibana Lua Neo4j Nim Ocaml Perl"
    names += " Pig Puppet Qlik Rust Ruby Sass Scala Solr Splunk Swift Tcl Vault Vim Vue Zig"
    return skill(text, ", ".join(names.split()[: int(str(words))]), number)


def stuff_skills(text: str, words: object, number: int) -> str:
    comma = "、" if is_japanese(text) else ", "
    return skill(text, comma.join([f"[[{words}]]"] * 12), number)


def stuff_text(text: str, words: object, number: int) -> str:
    return summary(text, " ".join([f"[[{words}]]"] * 14) + ".", number)


def list_again(text: str, words: object, number: int) -> str:
    part = section_text(text, "スキル" if is_japanese(text) else "(?:Skills|Competencies)").rstrip()
    body = part.split("\n\n", 1)[1]
    if len(re.split("[,、]", body)) < 4:
        raise NotHereError
    return once(text, part, f"{part}\n\n[[{body}]]")


def pair(text: str, words: object, number: int) -> str:
    return bullet(text, words, number)


def gap(text: str, words: object, number: int) -> str:
    match = dates_of(text, 2)
    newest_first(text)
    years_ = re.findall(r"\d{4}", match[0])
    year = years_[-1]
    if int(year) - int(years_[0]) < 2:
        raise NotHereError
    shorter = match[0][: match[0].rindex(year)] + str(int(year) - 1) + match[0][match[0].rindex(year) + 4 :]
    first = dates_of(text, 1)
    out = text[: match.start()] + shorter + text[match.end() :]
    return out[: first.start()] + f"[[{first[0]}]]" + out[first.end() :]


_CHORES = ["stock", "bookings", "travel", "forms", "slides", "rooms", "notes", "plans", "parts", "desks", "keys", "letters", "files", "cards", "seats", "mail"]  # fmt: skip
_CHORES_JA = ["在庫", "予約", "出張", "書式", "資料", "会議室", "議事録", "予定", "部品", "備品", "名簿", "書簡", "書庫", "名刺", "座席", "郵便物"]  # fmt: skip


def no_results(text: str, words: object, number: int) -> str:
    for index, old in enumerate(_BULLET.findall(text)):
        new = f"Prepared the {_CHORES[index % 16]} for the office in {_PLANTS[index % 9]}"
        if is_japanese(text):
            new = f"{_CHORES_JA[index % 16]}を整理し、関係する部署の担当者に共有しました。"
        text = instead(text, old, new)
    return text


def years(text: str, words: object, number: int) -> str:
    new = re.sub(r"(\d+)( years of experience|年経験)", rf"[[{words}]]\2", text, count=1)
    if new == text:
        raise NotHereError
    return new


def plain_person(text: str, words: object, number: int) -> str:
    out = no_results(text, words, number)
    for part in re.findall(
        r"^## (?:.*Certifi.*|.*Awards.*|.*Publications.*|.*Qualifications.*|.*資格.*|.*表彰.*|.*受賞.*)\n(?:(?!## ).*\n?)*",
        out,
        re.MULTILINE,
    ):
        out = out.replace(part, "")
    return out


def swap_dates(text: str, words: object, number: int) -> str:
    match = dates_of(text, 2)
    parts = re.split(r"( ?[–~-] ?)(?=\w+ ?\d*)", match[0])
    if len(parts) != 3 or "現在" in match[0]:
        raise NotHereError
    left, sign, right = parts
    return text[: match.start()] + f"[[{right}{sign}{left}]]" + text[match.end() :]


def future(text: str, words: object, number: int) -> str:
    match = dates_of(text, 1)
    left = match[0].partition(" – ")[0]
    if left == match[0]:
        raise NotHereError
    new = left[:-4] + "2031" if left[-4:].isdigit() else left.replace(left[:4], "2031")
    return text[: match.start()] + f"[[{new} – Present]]" + text[match.end() :]


def style_ja(text: str, words: object, number: int) -> str:
    found = bullets_in(text, *work_span(text))
    old = found[int(str(words)) % len(found)]
    for polite, plain in (("しました。", "した。"), ("でした。", "だった。"), ("ました。", "た。")):
        if polite in old:
            return once(text, old, old.replace(polite, f"[[{plain}]]"))
    raise NotHereError
