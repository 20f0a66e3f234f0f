"""What says who the person is stays here: a model gets placeholders, and its quotes get the words back."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import phonenumbers

from resume_review.ai_agents.guardrails.identifiers import (
    ADDRESS,
    BIRTH,
    EMAIL,
    HANDLE,
    ID,
    LINK,
    PERSONAL,
    PRONOUN,
    READING,
    SCHOOL,
    Personal,
)
from resume_review.documents import Document


@dataclass(frozen=True, kw_only=True)
class RedactionOptions:
    """What is left out beyond names, contact data and numbers of documents.

    Attributes:
        schools: Names of schools, which models are known to favour.
        pronouns: Words that tell a person's sex.
    """

    schools: bool = True
    pronouns: bool = True


@dataclass(frozen=True)
class Redacted:
    """A text with placeholders and what each stands for."""

    text: str
    originals: Mapping[str, str]

    def restore(self, text: str) -> str:
        """The text with the original words back in the place of placeholders."""
        return _PLACEHOLDER.sub(lambda match: self.originals.get(match.group(), match.group()), text)


_PLACEHOLDER = re.compile(r"\[(?:" + "|".join(Personal) + r")_\d+\]")
_NUMBERED = re.compile(r"\[[A-Z_]+_(\d+)\]")

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_TITLES = re.compile(
    r"^(?:Dr|Prof|Mr|Mrs|Ms|Mx|Sir)\.?\s+|,?\s+(?:PhD|MBA|MD|PMP|CPA|CFA|Jr|Sr|II|III|Esq)\.?\b.*$",
    re.IGNORECASE,
)
_PHONE_REGIONS = ("JP", "US", "GB", "DE", "FR")
_SHORTEST_NAME = 2
_SHORTEST_TOLD = 3
_LONG_PART = 4
_HEADER = 300
_REST_OF_LINE = 60
_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]\s*$")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DIALLED = re.compile(r"^.*(?:\d[^\d\n]{0,3}){7,}.*$", re.MULTILINE)
"""Lines with figures enough for a telephone number."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIGURE = re.compile(r"\d")
_FEWEST_DIALLED = 7
_MADE_UP = re.compile(r"\w[._]\w|\d")
_MONTHS = {"april", "august", "june", "may"}
_NOT_A_DATE = r"(?!\s+\d|\s*[-–]\s*[A-Z0-9])"


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kind: Personal


def redact(document: Document, *, options: RedactionOptions, known_names: Iterable[str] = ()) -> Redacted:
    """The document's text with a numbered placeholder for everything that identifies the person.

    The same words get the same placeholder. `known_names` are names that the platform knows the person by.
    """
    return _replaced(document.text, _chosen(_find(document, options, known_names)))


def redact_value(text: str, *, like: Redacted) -> str:
    """Another text that goes into the same prompt, without the words that were redacted there."""
    for placeholder, original in sorted(like.originals.items(), key=lambda item: -len(item[1])):
        text = re.sub(rf"(?<!\w){re.escape(original)}(?!\w)", placeholder, text, flags=re.IGNORECASE)
    return text


def _find(document: Document, options: RedactionOptions, known_names: Iterable[str]) -> Iterator[_Found]:
    text, fields = document.text, document.fields
    for kind, values in (
        (Personal.EMAIL, fields.emails),
        (Personal.PHONE, fields.phones),
        (Personal.LINK, fields.links),
    ):
        yield from (_Found(value.start, value.end, kind) for value in values)
    if fields.location is not None:
        yield _Found(fields.location.start, fields.location.end, Personal.ADDRESS)
        yield from _words(text, [fields.location.value], Personal.ADDRESS)
    for kind, pattern in (
        (Personal.EMAIL, EMAIL),
        (Personal.LINK, LINK),
        (Personal.ID, ID),
        (Personal.BIRTH_DATE, BIRTH),
        (Personal.ADDRESS, ADDRESS),
        (Personal.PERSONAL, PERSONAL),
    ):
        yield from (_Found(match.start(), match.end(), kind) for match in pattern.finditer(text))
    yield from _phones(document)
    yield from _names(document, known_names)
    if options.schools:
        yield from (_Found(match.start(), match.end(), Personal.SCHOOL) for match in SCHOOL.finditer(text))
        yield from _words(text, (entry.institution for entry in fields.education), Personal.SCHOOL)
    if options.pronouns:
        yield from (_Found(match.start(), match.end(), Personal.PRONOUN) for match in PRONOUN.finditer(text))


def _phones(document: Document) -> Iterator[_Found]:
    """Numbers beyond those that the reader found already, wherever they stand."""
    text = document.text
    for known in document.fields.phones:
        text = f"{text[: known.start]}{' ' * (known.end - known.start)}{text[known.end :]}"
    seen: set[tuple[int, int]] = set()
    for line in _DIALLED.finditer(text):
        if len(_FIGURE.findall(_YEAR.sub("", line.group()))) < _FEWEST_DIALLED:
            continue
        for region in _PHONE_REGIONS:
            for match in phonenumbers.PhoneNumberMatcher(
                line.group(), region, leniency=phonenumbers.Leniency.STRICT_GROUPING
            ):
                place = (line.start() + match.start, line.start() + match.end)
                if place not in seen:
                    seen.add(place)
                    yield _Found(*place, Personal.PHONE)


def _names(document: Document, known_names: Iterable[str]) -> Iterator[_Found]:
    text = document.text
    names = {name for name in known_names if name.strip()}
    if document.fields.name is not None:
        field = document.fields.name
        names.add(field.value)
        yield _Found(field.start, field.end, Personal.NAME)
        line = text[field.end :].partition("\n")[0]
        names |= set(_likely_names(document, line[:_REST_OF_LINE]))
    else:
        first = min((section.start for section in document.sections), default=0) or _HEADER
        names |= set(_likely_names(document, text[: min(first, _HEADER)]))
    names |= {match.group(1).strip() for match in READING.finditer(text)}
    variants = {variant for name in names for variant in _variants(name)}
    yield from _words(text, variants, Personal.NAME)
    yield from _handles(text, variants)


def _likely_names(document: Document, top: str) -> Iterator[str]:
    """Words of the top of the resume that the address is made of: names that could not be read as such."""
    addresses = [email.value.partition("@")[0] for email in document.fields.emails]
    addresses += [link.value.rstrip("/").rpartition("/")[2] for link in document.fields.links]
    told = [_bare(address) for address in addresses]
    for word in _NAME_WORD.findall(EMAIL.sub(" ", LINK.sub(" ", top))):
        if len(word) >= _SHORTEST_TOLD and any(_bare(word) in address for address in told):
            yield word


def _handles(text: str, variants: Iterable[str]) -> Iterator[_Found]:
    """Own domains and user names that are made of the name."""
    parts = {_bare(variant) for variant in variants if " " not in variant}
    long = {part for part in parts if len(part) >= _LONG_PART and part.isascii()}
    if not long:
        return
    for match in HANDLE.finditer(text):
        token = _bare(match.group())
        if any(part in token and len(part) < len(token) for part in long):
            joined = sum(part in token for part in parts if len(part) >= _SHORTEST_NAME) > 1
            if joined or _MADE_UP.search(match.group()):
                yield _Found(match.start(), match.end(), Personal.LINK)


def _bare(text: str) -> str:
    """Letters alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if character.isalnum())


def _variants(name: str) -> Iterator[str]:
    """The whole name in both orders, its parts, and all of that without accents."""
    bare = _TITLES.sub("", _BRACKETS.sub("", name.strip())).strip()
    parts = [part for part in re.split(r"[\s\u3000,・･]+", bare) if len(part) >= _SHORTEST_NAME]
    forms = [name.strip(), bare, "".join(parts), *parts]
    if len(parts) > 1:
        forms += [f"{parts[-1]} {' '.join(parts[:-1])}", f"{parts[-1]}, {' '.join(parts[:-1])}"]
    for form in forms:
        yield form
        plain = "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))
        if plain != form and plain.isascii():
            yield plain


def _words(text: str, values: Iterable[str | None], kind: Personal) -> Iterator[_Found]:
    for value in {value.strip() for value in values if value and len(value.strip()) >= _SHORTEST_NAME}:
        if _LATIN.search(value):
            # A single name is also a word ("May", "Price"): only as it is written, or in capitals.
            several = " " in value
            forms = [re.escape(value)] if several else [re.escape(value), re.escape(value.upper())]
            month = _NOT_A_DATE if value.casefold() in _MONTHS else ""
            pattern = re.compile(
                rf"(?<![\w])(?:{'|'.join(forms)})(?![\w]){month}", re.IGNORECASE if several else re.NOFLAG
            )
        else:
            pattern = re.compile(
                re.escape(value).replace(r"\ ", r"[\s\u3000]*").replace("\u3000", r"[\s\u3000]*")
            )
        yield from (_Found(match.start(), match.end(), kind) for match in pattern.finditer(text))


def _chosen(found: Iterable[_Found]) -> list[_Found]:
    """Without overlaps: overlapping finds become one, under the kind of the longest."""
    merged: list[_Found] = []
    longest = 0
    for one in sorted(found, key=lambda item: (item.start, -item.end)):
        if one.start >= one.end:
            continue
        if merged and one.start < merged[-1].end:
            last = merged[-1]
            kind = one.kind if one.end - one.start > longest else last.kind
            longest = max(longest, one.end - one.start)
            merged[-1] = _Found(last.start, max(last.end, one.end), kind)
        else:
            merged.append(one)
            longest = one.end - one.start
    return merged


def _replaced(text: str, found: list[_Found]) -> Redacted:
    # A resume may hold words that look like placeholders: ours are numbered above them.
    first = 1 + max((int(number) for number in _NUMBERED.findall(text)[:1000] if len(number) < 7), default=0)
    placeholders: dict[tuple[Personal, str], str] = {}
    counts: dict[Personal, int] = {}
    parts: list[str] = []
    place = 0
    for one in found:
        original = text[one.start : one.end]
        key = (one.kind, original)
        if key not in placeholders:
            counts[one.kind] = counts.get(one.kind, first - 1) + 1
            placeholders[key] = f"[{one.kind}_{counts[one.kind]}]"
        parts += [text[place : one.start], placeholders[key]]
        place = one.end
    parts.append(text[place:])
    return Redacted("".join(parts), {placeholder: key[1] for key, placeholder in placeholders.items()})
