"""What reading a file yields: the `Document`, its places and its facts.

Offsets are half-open character offsets into `Document.text`; boxes are PDF points with the origin at the
top left of the page, `(x0, y0, x1, y1)`. Not found is null or an empty list, never a guess.
"""

from enum import StrEnum
from typing import Literal

import msgspec

Box = tuple[float, float, float, float]


class Kind(StrEnum):
    """What the bytes are, whatever the name says."""

    PDF = "pdf"
    DOCX = "docx"
    TXT = "txt"
    MD = "md"
    RTF = "rtf"
    ODT = "odt"
    HTML = "html"
    IMAGE = "image"


class Status(StrEnum):
    """Whether the file could be read, and if not, why."""

    OK = "ok"
    INSUFFICIENT_TEXT = "insufficient_text"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"


class SectionType(StrEnum):
    """The standard parts of a resume."""

    CONTACT = "contact"
    SUMMARY = "summary"
    EXPERIENCE = "experience"
    EDUCATION = "education"
    SKILLS = "skills"
    CERTIFICATIONS = "certifications"
    LANGUAGES = "languages"
    PROJECTS = "projects"
    PUBLICATIONS = "publications"
    AWARDS = "awards"
    INTERESTS = "interests"
    REFERENCES = "references"
    OTHER = "other"


class BlockKind(StrEnum):
    """What a block of lines is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    TABLE_ROW = "table_row"
    CONTACT = "contact"
    ENTRY = "entry"


class IntegrityKind(StrEnum):
    """What was hidden, disguised, active or addressed to a machine."""

    HIDDEN_TEXT = "hidden_text"
    TINY_TEXT = "tiny_text"
    OFF_PAGE = "off_page"
    ZERO_WIDTH = "zero_width"
    TAG_CHARACTERS = "tag_characters"
    BIDI_OVERRIDE = "bidi_override"
    HOMOGLYPH = "homoglyph"
    METADATA_INSTRUCTION = "metadata_instruction"
    ANNOTATION = "annotation"
    OPTIONAL_CONTENT_OFF = "optional_content_off"
    ACTUAL_TEXT = "actual_text"
    ACTIVE_CONTENT = "active_content"
    EMBEDDED_FILE = "embedded_file"
    MACRO = "macro"
    EXTERNAL_REFERENCE = "external_reference"
    ADDRESSED_TO_AI = "addressed_to_ai"


class GlitchKind(StrEnum):
    """What a program reads where a person sees something else, or nothing."""

    ICON = "icon"
    UNREADABLE = "unreadable"
    SPACED = "spaced"
    ALIGNED = "aligned"


class Model(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every part of a Document: immutable, keyword-only, strict when decoded."""


class Source(Model, frozen=True, kw_only=True):
    """The file as it came in."""

    filename: str
    sha256: str
    bytes: int
    mime: str
    kind: Kind | None


class Language(Model, frozen=True, kw_only=True):
    """ISO 639-1 code of the main language and how sure the reader is (0-1)."""

    code: str
    confidence: float


class Span(Model, frozen=True, kw_only=True):
    """A half-open range of `Document.text`."""

    start: int
    end: int


class Word(Model, frozen=True, kw_only=True):
    """One visible word and where it stands on its page."""

    start: int
    end: int
    box: Box


class Page(Model, frozen=True, kw_only=True):
    """One page; formats without pages have a single one with no words and a size of zero."""

    number: int
    width: float
    height: float
    start: int
    end: int
    words: list[Word] = []


class Block(Model, frozen=True, kw_only=True):
    """Lines that belong together; `level` is the depth of a heading or bullet, counted from 1."""

    start: int
    end: int
    page: int
    kind: BlockKind
    level: int | None = None
    font_size: float | None = None
    bold: bool | None = None


class Section(Model, frozen=True, kw_only=True):
    """A part of the resume from its heading (included) to the next one."""

    type: SectionType
    title: str
    start: int
    end: int
    page: int


class Value(Model, frozen=True, kw_only=True):
    """One fact, the words it was read from and how sure the reader is (0-1)."""

    value: str
    start: int
    end: int
    confidence: float


class Phone(Value, frozen=True, kw_only=True):
    """A telephone number; `e164` is null where the country is not known."""

    e164: str | None = None


class Link(Value, frozen=True, kw_only=True):
    """A web address; `kind` is `linkedin`, `github` or `website`."""

    kind: str = "website"


class Skill(Value, frozen=True, kw_only=True):
    """A listed skill and the label of the group it stands in."""

    group: str | None = None


class Role(Model, frozen=True, kw_only=True):
    """One position held. Dates are `YYYY-MM` or `YYYY`; `span` fields point at the words they were read from."""

    title: str | None
    employer: str | None
    location: str | None
    start_date: str | None
    end_date: str | None
    current: bool
    bullets: list[Span]
    start: int
    end: int
    confidence: float
    title_span: Span | None = None
    employer_span: Span | None = None
    dates_span: Span | None = None


class Education(Model, frozen=True, kw_only=True):
    """One degree or course of study. Dates as in `Role`."""

    institution: str | None
    degree: str | None
    area: str | None
    start_date: str | None
    end_date: str | None
    score: str | None
    start: int
    end: int
    confidence: float


class Fields(Model, frozen=True, kw_only=True):
    """The facts found; nothing here is invented."""

    name: Value | None = None
    headline: Value | None = None
    emails: list[Value] = []
    phones: list[Phone] = []
    links: list[Link] = []
    location: Value | None = None
    roles: list[Role] = []
    education: list[Education] = []
    skills: list[Skill] = []
    certifications: list[Value] = []
    languages: list[Value] = []


class Font(Model, frozen=True, kw_only=True):
    """A font and size (points) with its share (0-1) of the visible characters.

    `wide` says that these characters are Japanese, Chinese or Korean; `name` is empty where it is not known.
    """

    name: str
    size: float
    share: float
    wide: bool = False


class Ink(Span, frozen=True, kw_only=True):
    """Words that stand out little: their colour and that behind them (RRGGBB), and the contrast of the two.

    The contrast is that of WCAG 2, from 1 to 21; words of 7 or more are not listed. Size in points.
    """

    colour: str
    behind: str
    contrast: float
    size: float | None = None
    bold: bool = False


class Glitch(Span, frozen=True, kw_only=True):
    """Words that a program reads otherwise than a person.

    They stand beside an `icon`, which is not in the text; hold `unreadable` characters; are `spaced`, with a blank
    after each letter; or are `aligned`, pushed to their place by a run of blanks or tabs.
    """

    kind: GlitchKind


class Recognised(Model, frozen=True, kw_only=True):
    """Pages that are pictures, whose characters were recognised, and how surely (0-1); facts are less sure by that."""

    pages: list[int]
    confidence: float


class Layout(Model, frozen=True, kw_only=True):
    """What the pages are made of; null and empty where the format has no layout.

    `images` counts pictures of any size, `pictures` those large enough to hold words, the portrait left out.
    """

    columns: list[int] = []
    tables: int = 0
    images: int = 0
    pictures: int = 0
    fonts: list[Font] = []
    body_size: float | None = None
    margins: Box | None = None
    header_footer: list[str] = []
    photo: bool = False
    date_styles: list[str] = []
    recognised: Recognised | None = None
    inks: list[Ink] = []
    glitches: list[Glitch] = []


class IntegrityMark(Model, frozen=True, kw_only=True):
    """Something a reader of the page would not see, or that is meant for a machine.

    `text` is the hidden or offending text itself; `detail` says in one sentence how it was found.
    """

    kind: IntegrityKind
    page: int | None = None
    box: Box | None = None
    text: str | None = None
    detail: str = ""


class Extractor(Model, frozen=True, kw_only=True):
    """Which reader made this Document; part of every receipt."""

    name: str
    version: str


class Document(Model, frozen=True, kw_only=True):
    """A resume as a person sees it, in reading order, with the place of every word.

    The same bytes give the same Document, except for `elapsed_ms`.
    """

    source: Source
    status: Status
    message: str
    text: str
    language: Language | None
    pages: list[Page]
    blocks: list[Block]
    sections: list[Section]
    fields: Fields
    layout: Layout
    integrity: list[IntegrityMark]
    extractor: Extractor
    elapsed_ms: float
    schema: Literal["document/1"] = "document/1"
