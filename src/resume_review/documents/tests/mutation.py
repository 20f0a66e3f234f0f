"""Small resumes of every kind, and ways to damage them."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from hypothesis import strategies as st

from resume_review.documents import Document

WORDS = ["Maya Okafor", "maya@example.com", "Experience", "Led a team of 7", "2019 - 2021", "職務経歴", "株式会社", "• SQL", "\u200b", "e\u0301", "\u202e", "Ａ", "+44 20 7946 0157", "## x", "<b>", "https://x.de", "C++", "-", "Engi-", "neer"]  # fmt: skip
LETTERS = st.characters(exclude_categories=("Cs",))
LINES = st.lists(st.one_of(st.sampled_from(WORDS), st.text(LETTERS, max_size=30)), max_size=25)


@dataclass(frozen=True)
class Edit:
    """One damage: where (0-1 of the file), how much and what."""

    kind: str
    at: float
    size: int
    bits: int

    def apply(self, data: bytes, other: bytes) -> bytes:
        place = int(self.at * len(data))
        match self.kind:
            case "flip":
                changed = bytes(byte ^ self.bits for byte in data[place : place + 1])
                return data[:place] + changed + data[place + 1 :]
            case "cut":
                return data[:place]
            case "drop":
                return data[:place] + data[place + self.size :]
            case "repeat":
                return data[:place] + data[place : place + self.size] * 3 + data[place + self.size :]
            case _:
                return data[:place] + other[: self.size] + data[place:]


EDITS = st.lists(
    st.builds(
        Edit,
        st.sampled_from(["flip", "flip", "flip", "cut", "drop", "repeat", "splice"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 200),
        st.integers(1, 255),
    ),
    min_size=1,
    max_size=8,
)


def damaged(data: bytes, edits: list[Edit], other: bytes) -> bytes:
    for edit in edits:
        data = edit.apply(data, other)
    return data


def rezipped(data: bytes, name: str, damage: Callable[[bytes], bytes]) -> bytes:
    """The container whole, one part of it damaged."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            part = old.read(entry)
            new.writestr(entry, damage(part) if entry == name else part)
    return target.getvalue()


def faults(document: Document) -> list[str]:
    """What is wrong with a Document, whatever the file was."""
    found: list[str] = []
    text = document.text
    for page in document.pages:
        if not 0 <= page.start <= page.end <= len(text):
            found.append(f"page {page.number}: {page.start}-{page.end}")
        for word in page.words:
            x0, y0, x1, y1 = word.box
            if not text[word.start : word.end].strip() or not 0 <= word.start < word.end <= len(text):
                found.append(f"blank word {word.start}-{word.end}")
            if not (-1 <= x0 < x1 <= page.width + 1 and -1 <= y0 < y1 <= page.height + 1):
                found.append(f"box {word.box} on {page.width} x {page.height}")
    found += [f"span {span}" for span in spans(document) if not 0 <= span[0] < span[1] <= len(text)]
    if (document.status.value == "ok") == bool(document.message):
        found.append(f"{document.status} says {document.message!r}")
    if b"\\u0000" in msgspec.json.encode(document):
        found.append("a NUL, which no database takes")
    return found


def spans(document: Document) -> list[tuple[int, int]]:
    fields = document.fields
    single = [value for value in (fields.name, fields.headline, fields.location) if value]
    listed = [
        *single, *fields.emails, *fields.phones, *fields.links, *fields.roles, *fields.education, *fields.skills,
        *fields.certifications, *fields.languages, *document.blocks, *document.sections,
    ]  # fmt: skip
    inner = [bullet for role in fields.roles for bullet in role.bullets]
    named = [s for role in fields.roles for s in (role.title_span, role.employer_span, role.dates_span) if s]
    return [(span.start, span.end) for span in [*listed, *inner, *named]]
