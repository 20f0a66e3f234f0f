"""Whether the look is even: dates, dashes, full stops, bullet marks, fonts, margins, headings."""

import re
from collections import Counter
from collections.abc import Sequence

from resume_review.documents import BlockKind, Font, GlitchKind, Ink, Kind, SectionType
from resume_review.rubric.checks.base import Check, Dimension, Hit, Outcome, Severity, counted, flagged
from resume_review.rubric.context import Context
from resume_review.rubric.model import Category

SMALLEST_BODY, LARGEST_BODY = 9.75, 12.25
"""Points; 10 to 12 with room for the rounding of exporters."""
SMALLEST_MARGIN = 35.0
"""Points; half an inch with room for rounding."""
MOST_FAMILIES, MOST_SIZES = 2, 4
_VISIBLE_SHARE = 0.01

_SHORT = "jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
_LONG = "january|february|march|april|june|july|august|september|october|november|december"
_LONG_MONTH = re.compile(rf"\b(?=[jfmasond])(?:{_LONG})\b")
_DATE = re.compile(
    rf"(?P<short>\b(?:{_SHORT})\.?\s+(?:19|20)\d\d\b)|(?P<long>\b(?:{_LONG}),?\s+(?:19|20)\d\d\b)"
    rf"|(?P<apostrophe>\b(?:{_SHORT}|may)\.?\s*['’]\d\d\b)|(?P<either>\bmay\s+(?:19|20)\d\d\b)"
    r"|(?P<slash>\b(?:0?[1-9]|1[0-2])/(?:19|20)?\d\d\b)|(?P<iso>\b(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])\b)"
    r"|(?P<ja>(?:19|20)\d\d年\s?\d{1,2}月)|(?P<ja_year>(?:19|20)\d\d年)|(?P<era>(?:令和|平成|昭和)(?:\d+|元)年)"
    r"|(?P<year>\b(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_EXAMPLES = {
    "short": "Mar 2021", "long": "March 2021", "apostrophe": "Mar '21", "slash": "03/2021", "iso": "2021-03",
    "ja": "2021年3月", "ja_year": "2021年", "era": "令和3年", "year": "2021",
}  # fmt: skip
_DASH = re.compile(
    r"(?<=[\w.年月])\s*(-|–|—|−|~|〜|\uff5e|→|⇒|to|until|till|through|thru|から)\s*(?=[\w'’])", re.IGNORECASE
)
_MARK = re.compile(r"[^\w\s\"'“‘「『(（\[$€£¥<]|[-–—*o](?=\s)")
_SYMBOLS = re.compile(
    r"symbol|wingding|webding|dingbat|awesome|material ?(?:icons|design)|icomoon|ionicon|octicon|emoji|msam|msbm|cmsy|cmmi",
    re.IGNORECASE,
)
_WITH_BLANKS = frozenset({Kind.TXT, Kind.MD, Kind.DOCX})
BODY_CONTRAST, LARGE_CONTRAST = 4.5, 3.0
"""WCAG 2, level AA."""
LARGE, LARGE_BOLD = 18.0, 14.0
"""Points."""
_FONT_STYLE = re.compile(
    r"^[A-Z]{6}\+|[-,](?:bold|italic|regular|roman|medium|semibold|light|oblique|mt|it|bd).*$", re.IGNORECASE
)


def date_styles(context: Context) -> Outcome | None:
    """FMT01."""
    found = _dates(context)
    if not found:
        return None
    usual = _usual([style for style, _, _ in found])
    hits = [
        Hit(*place, {"usual": _EXAMPLES.get(usual, usual)}) for style, place, _ in found if style != usual
    ]
    return counted(hits, 4)


def _dates(context: Context) -> list[tuple[str, tuple[int, int], int]]:
    """Style and place of the dates of roles, and of education where a month is named; the place they belong to.

    Years alone are usual beside a school, whatever the style of the roles.
    """
    spans = [
        (view.role.dates_span.start, view.role.dates_span.end, False)
        for view in context.roles
        if view.role.dates_span
    ]
    spans += [
        (item.start, item.end, True)
        for item in context.document.fields.education
        if context.genuine(item.start)
    ]
    found: list[tuple[str, tuple[int, int], int]] = []
    lower = context.lower
    may = "long" if any(_LONG_MONTH.search(lower, start, end) for start, end, _ in spans) else "short"
    for start, end, years_are_fine in spans:
        seen: set[str] = set()
        for match in _DATE.finditer(context.text, start, end):
            style = match.lastgroup or ""
            style = may if style == "either" else style
            if (years_are_fine and style in {"year", "ja_year"}) or style in seen:
                continue
            seen.add(style)
            found.append((style, (match.start(), match.end()), start))
    return found


def _usual(styles: Sequence[str]) -> str:
    """The most frequent one; the earlier one in a draw."""
    counts = Counter(styles)
    return max(counts, key=lambda style: (counts[style], -styles.index(style)))


def _split(kinds: Sequence[tuple[str, tuple[int, int]]]) -> tuple[str, list[tuple[int, int]]]:
    """The most frequent kind (the earlier one in a draw) and the places of all others."""
    usual = _usual([kind for kind, _ in kinds])
    return usual, [place for kind, place in kinds if kind != usual]


def range_dashes(context: Context) -> Outcome | None:
    """FMT02."""
    found: list[tuple[str, tuple[int, int]]] = []
    spans = [
        (view.role.dates_span.start, view.role.dates_span.end)
        for view in context.roles
        if view.role.dates_span
    ]
    for start, end in spans:
        # 2021-03 holds a hyphen of its own.
        plain = re.sub(r"(\d{4})-(\d\d)", r"\1/\2", context.text[start:end])
        match = _DASH.search(plain)
        if match:
            found.append((match[1].lower(), (start, end)))
    if not found:
        return None
    usual, others = _split(found)
    return counted([Hit(*place, {"usual": usual}) for place in others], 4)


def full_stops(context: Context) -> Outcome | None:
    """FMT03."""
    kinds = [
        (
            "stop" if bullet.text.endswith((".", "。")) else "none",
            (bullet.end - len(_last_word(bullet.text)), bullet.end),
        )
        for bullet in context.bullets
    ]
    if not kinds:
        return None
    usual, others = _split(kinds)
    return counted([Hit(*place, variant="add" if usual == "stop" else None) for place in others], 6)


def _last_word(text: str) -> str:
    tail = text.rsplit(maxsplit=1)[-1] if text.split() else text
    return tail if len(tail) <= 30 else tail[-2:]


def bullet_marks(context: Context) -> Outcome | None:
    """FMT04."""
    kinds: list[tuple[str, tuple[int, int]]] = []
    for block in context.blocks:
        match = _MARK.match(context.text, block.start, block.end) if block.kind is BlockKind.BULLET else None
        if match and (block.level or 1) == 1:
            kinds.append((match[0], (match.start(), match.end())))
    if not kinds:
        return None
    usual, others = _split(kinds)
    return counted([Hit(*place, {"usual": usual}) for place in others], 6)


def fonts(context: Context) -> Outcome | None:
    """FMT05."""
    used = [
        font
        for font in context.document.layout.fonts
        if font.share > _VISIBLE_SHARE and not _SYMBOLS.search(font.name)
    ]
    if not used:
        return None
    # Japanese has families of its own beside those of the Latin letters in it.
    families = max(len(_families(used, wide=wide)) for wide in (False, True))
    sizes = {round(font.size * 2) / 2 for font in used}
    if families > MOST_FAMILIES:
        return flagged(Hit(values={"count": str(families)}))
    if len(sizes) > MOST_SIZES + 1:
        return flagged(Hit(values={"count": str(len(sizes))}, variant="sizes"))
    return flagged(None)


def _families(fonts: Sequence[Font], *, wide: bool) -> set[str]:
    names = (re.sub(r"^[A-Z]{6}\+", "", font.name) for font in fonts if font.wide is wide and font.name)
    return {_FONT_STYLE.sub("", name).casefold() for name in names}


def body_size(context: Context) -> Outcome | None:
    """FMT06."""
    size = context.document.layout.body_size
    if size is None:
        return None
    if SMALLEST_BODY <= size <= LARGEST_BODY:
        return flagged(None)
    return flagged(Hit(values={"size": f"{size:g}"}, variant="large" if size > LARGEST_BODY else None))


def margins(context: Context) -> Outcome | None:
    """FMT07."""
    box = context.document.layout.margins
    if box is None:
        return None
    smallest = min(box)
    return flagged(
        Hit(values={"inches": f"{max(0.0, smallest) / 72:.1f}"}) if smallest < SMALLEST_MARGIN else None
    )


def heading_style(context: Context) -> Outcome | None:
    """FMT08."""
    kinds: list[tuple[str, tuple[int, int]]] = []
    for section in context.document.sections:
        title = section.title
        if section.type is SectionType.CONTACT or not context.genuine(section.start):
            continue
        style = _case(title)
        if style and context.text.startswith(title, section.start):
            kinds.append((style, (section.start, section.start + len(title))))
    if len(kinds) < 3:
        return None
    _, others = _split(kinds)
    return counted([Hit(*place) for place in others], 3)


def _case(title: str) -> str | None:
    letters = [character for character in title if character.isalpha() and character.isascii()]
    if len(letters) < 3:
        return None
    if all(character.isupper() for character in letters):
        return "upper"
    return "lower" if all(character.islower() for character in letters) else "capital"


def blanks_for_alignment(context: Context) -> Outcome | None:
    """FMT09: a PDF keeps one blank of many."""
    if context.document.source.kind not in _WITH_BLANKS:
        return None
    hits = [
        Hit(glitch.start, glitch.end)
        for glitch in context.document.layout.glitches
        if glitch.kind is GlitchKind.ALIGNED
    ]
    return counted(hits, 3)


def low_contrast(context: Context) -> Outcome | None:
    """FMT10: text that nobody sees at all is not in the text; the integrity checks report it."""
    layout = context.document.layout
    if context.document.source.kind not in {Kind.PDF, Kind.DOCX} or layout.recognised:
        return None
    headings = [(block.start, block.end) for block in context.headings]
    hits = [
        Hit(ink.start, ink.end, {"contrast": f"{ink.contrast:.1f}", "least": f"{least:g}"})
        for ink in layout.inks
        if ink.contrast < (least := _least_contrast(ink, headings))
    ]
    return counted(hits, 4)


def _least_contrast(ink: Ink, headings: Sequence[tuple[int, int]]) -> float:
    size = ink.size or 0.0
    large = size >= LARGE or (ink.bold and size >= LARGE_BOLD)
    if large or any(start <= ink.start < end for start, end in headings):
        return LARGE_CONTRAST
    return BODY_CONTRAST


_LOOK = (Dimension.FORMAT, Dimension.FORMATTING)

CHECKS = (
    Check("FMT01", Category.FORMATTING, Severity.MEDIUM, date_styles, _LOOK, version=2),
    Check("FMT02", Category.FORMATTING, Severity.LOW, range_dashes, _LOOK),
    Check("FMT03", Category.FORMATTING, Severity.LOW, full_stops, _LOOK),
    Check("FMT04", Category.FORMATTING, Severity.LOW, bullet_marks, _LOOK),
    Check("FMT05", Category.FORMATTING, Severity.LOW, fonts, _LOOK, version=2),
    Check("FMT06", Category.FORMATTING, Severity.LOW, body_size, _LOOK),
    Check("FMT07", Category.FORMATTING, Severity.LOW, margins, _LOOK),
    Check("FMT08", Category.FORMATTING, Severity.LOW, heading_style, _LOOK),
    Check("FMT09", Category.FORMATTING, Severity.LOW, blanks_for_alignment, _LOOK, version=2),
    Check("FMT10", Category.FORMATTING, Severity.LOW, low_contrast, _LOOK),
)
