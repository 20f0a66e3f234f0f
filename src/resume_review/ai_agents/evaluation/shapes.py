"""The looks in which golden resumes are written, as Markdown."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_NOT_LATIN = re.compile(r"[^a-z]+")
_DISORDER = (2, 0, 3, 1)


class Shape(StrEnum):
    """How a resume is laid out; those of `PERSONAL` have a block of personal data, as is usual in some countries."""

    CLASSIC = "classic"
    SKILLS_FIRST = "skills_first"
    BARS = "bars"
    PERSONAL = "personal"
    PLAIN = "plain"


@dataclass(frozen=True)
class Person:
    """Who it is; `pronouns` and `birth_year` are told only where they are set."""

    name: str
    place: str
    phone: str
    school: str
    pronouns: str | None = None
    birth_year: int | None = None

    @property
    def handle(self) -> str:
        """What an address of this person begins with."""
        plain = unicodedata.normalize("NFKD", self.name.lower()).encode("ascii", "ignore").decode()
        latin = _NOT_LATIN.sub(".", plain).strip(".")
        return latin or f"person{sum(map(ord, self.name)) % 1000}"

    @property
    def email(self) -> str:
        """An address of a domain that exists for examples."""
        return f"{self.handle}@example.com"

    @property
    def link(self) -> str:
        """A profile."""
        return f"linkedin.com/in/{self.handle.replace('.', '-')}"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a role; without `result` it tells the work alone, without `done` the duty alone."""

    done: str
    result: str
    duty: str


@dataclass(frozen=True, kw_only=True)
class RoleText:
    """One role; `end` null means that it goes on."""

    title: str
    employer: str
    start: int
    end: int | None
    lines: Sequence[Line]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything a resume is written from; `mixed` puts roles and parts in no useful order."""

    language: str
    shape: Shape
    person: Person
    focus: str
    years: int
    roles: Sequence[RoleText]
    skills: Sequence[str]
    certificate: str
    studied: int
    mixed: bool = False


_HEADINGS = {
    "en": {
        "summary": "Summary",
        "work": "Experience",
        "education": "Education",
        "skills": "Skills",
        "certificates": "Certifications",
        "personal": "Personal details",
    },
    "ja": {
        "summary": "職務要約",
        "work": "職務経歴",
        "education": "学歴",
        "skills": "スキル",
        "certificates": "資格",
        "personal": "個人情報",
    },
}


def written(sheet: Sheet) -> str:
    """The resume in Markdown."""
    parts = {
        "personal": _personal(sheet),
        "summary": _summary(sheet),
        "work": "\n\n".join(_role(role, sheet) for role in _ordered(sheet)),
        "education": _education(sheet),
        "skills": ", ".join(sheet.skills) if sheet.language == "en" else "、".join(sheet.skills),
        "certificates": sheet.certificate,
    }
    pieces = [_header(sheet)]
    for name in _order(sheet):
        heading = _HEADINGS[sheet.language][name]
        title = heading.upper() if sheet.shape is Shape.PLAIN else heading
        if parts[name]:
            pieces.append(f"## {title}\n\n{parts[name]}")
    return "\n\n".join(pieces) + "\n"


def _order(sheet: Sheet) -> tuple[str, ...]:
    if sheet.mixed:
        return ("certificates", "education", "skills", "work", "personal", "summary")
    if sheet.shape is Shape.SKILLS_FIRST:
        return ("summary", "skills", "work", "education", "certificates")
    if sheet.shape is Shape.PERSONAL:
        return ("personal", "summary", "work", "education", "skills", "certificates")
    return ("summary", "work", "education", "skills", "certificates")


def _ordered(sheet: Sheet) -> Sequence[RoleText]:
    if not sheet.mixed:
        return sheet.roles
    oldest_first = list(reversed(sheet.roles))
    if len(oldest_first) < len(_DISORDER):
        return oldest_first
    return [oldest_first[place] for place in _DISORDER]


def _header(sheet: Sheet) -> str:
    person = sheet.person
    separator = "\n" if sheet.shape is Shape.PLAIN else " | "
    name = person.name if person.pronouns is None else f"{person.name} ({person.pronouns})"
    contact = separator.join((person.email, person.phone, person.place, person.link))
    return f"# {name}\n\n{contact}"


def _personal(sheet: Sheet) -> str:
    person = sheet.person
    year = person.birth_year
    lines: list[str] = []
    if sheet.shape is Shape.PERSONAL or year is not None:
        year = year or sheet.studied - 24
        if sheet.language == "ja":
            lines = [f"- 生年月日: {year}年4月12日", "- 国籍: 日本", "- 配偶者: あり"]
        else:
            lines = [
                f"- Date of birth: 12 April {year}",
                "- Nationality: British",
                "- Marital status: married",
            ]
    return "\n".join(lines)


def _summary(sheet: Sheet) -> str:
    if sheet.language == "ja":
        return f"{sheet.focus}に{sheet.years}年間従事し、構想から実行までを一貫して推進した{sheet.roles[0].title}である。"
    return f"{sheet.roles[0].title} with {_years(sheet.years)} of experience in {sheet.focus}."


def _role(role: RoleText, sheet: Sheet) -> str:
    dates = "".join(_dates(role, sheet))
    lines = "\n".join(f"- {_sentence(line, sheet.language)}" for line in role.lines)
    if sheet.shape is Shape.BARS:
        return f"**{role.title}** | {role.employer} | {dates}\n\n{lines}"
    if sheet.shape is Shape.PLAIN:
        return f"{role.employer}\n{role.title}, {dates}\n\n{lines}"
    return f"### {role.title}, {role.employer}\n{dates}\n\n{lines}"


def _dates(role: RoleText, sheet: Sheet) -> Iterator[str]:
    if sheet.language == "ja":
        yield f"{role.start}年4月 – "
        yield "現在" if role.end is None else f"{role.end}年3月"
        return
    yield f"Mar {role.start} – "
    yield "Present" if role.end is None else f"Feb {role.end}"


def _sentence(line: Line, language: str) -> str:
    if language == "ja":
        if not line.done:
            return f"{line.duty}を担当。"
        return f"{line.done}、{line.result}。" if line.result else f"{line.done}た。"
    if not line.done:
        return f"Responsible for {line.duty}"
    return f"{line.done}, {line.result}" if line.result else line.done


def _education(sheet: Sheet) -> str:
    year = sheet.studied
    if sheet.language == "ja":
        return f"{sheet.person.school} 経済学部 卒業 {year}年3月"
    return f"MSc Economics, {sheet.person.school}, {year - 2} – {year}"


def _years(number: int) -> str:
    return "one year" if number == 1 else f"{number} years"
