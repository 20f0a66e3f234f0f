"""E-mail addresses and web links, also where a narrow column broke them."""

import re

from resume_review.documents.assembly import Assembled
from resume_review.documents.model import Link, SectionType, Value
from resume_review.documents.sections.detect import Sections

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]+\s?[@＠]\s?(?:[A-Za-z0-9\u00c0-\u024f-]+\.)+[A-Za-z]{2,}(?![\w@])"
)
_BROKEN = re.compile(
    r"(?<![\w.+%-])(?P<local>[\w+%-]+(?:\.\n?[\w+%-]+)*)(?P<a>\n?)@(?P<b>\n?)(?P<domain>[A-Za-z0-9-]+(?:\n?[.-]\n?[A-Za-z0-9-]+|\n[a-z0-9-]+(?=\.))*\n?\.\n?[A-Za-z]{2,})"
)
_TAIL_OF_LOCAL = re.compile(r"(?:^|\n)([\w+%.-]*[._-])\n$")
_REST_OF_DOMAIN = re.compile(r"\n([a-z]{1,3})(?=\n|$)")
_SPACED = re.compile(r"(?:[\w.+-] ){3,}@ (?:[\w.-] ?){5,}")
_OBFUSCATED = re.compile(
    r"\b([\w.+-]+)\s?[\[(]\s?(?:at|@)\s?[\])]\s?([\w-]+(?:\s?(?:\.|[\[(]\s?(?:dot|\.)\s?[\])])\s?[\w-]+)+)",
    re.IGNORECASE,
)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>|,;()（）「」]+|(?<![\w@./-])(?:[a-z]{2,3}\.)?(?:linkedin\.com|github\.com|gitlab\.com|xing\.com|medium\.com|behance\.net|dribbble\.com|stackoverflow\.com|twitter\.com|x\.com|orcid\.org|kaggle\.com|bitbucket\.org|scholar\.google\.com|note\.com|qiita\.com|zenn\.dev|wantedly\.com)/[^\s<>|,;()（）]*",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|me|ai|co|info|de|fr|jp|uk|ch|at|eu|in|ca|us|app|tech|design|xyz|page|site|blog|name|pro|cv)(?:/[^\s<>|,;()]*)?(?![\w@])",
    re.IGNORECASE,
)
_TRAIL = ".,;:)]}>'\"”’"
KNOWN = {"com", "org", "net", "edu", "gov", "info"}


def read_emails(assembled: Assembled, sections: Sections, targets: list[tuple[str, str]]) -> list[Value]:
    """Addresses in reading order, those of references last; one that only a link holds points at the link's words."""
    text = assembled.text
    found: dict[str, Value] = {}

    def add(address: str, start: int, end: int, confidence: float) -> None:
        found.setdefault(
            address.casefold(), Value(value=address, start=start, end=end, confidence=confidence)
        )

    for match in _EMAIL.finditer(text):
        start, end = _whole(text, *match.span())
        add(
            re.sub(r"\s", "", text[start:end]).replace("＠", "@"),
            start,
            end,
            0.99 if (start, end) == match.span() else 0.8,
        )
    if not found:
        for match in _BROKEN.finditer(text):
            add(re.sub(r"\s", "", match.group()), match.start(), match.end(), 0.85)
    if not found:
        for match in (*_SPACED.finditer(text),):
            add(
                re.sub(r"\s", "", match.group()),
                match.start(),
                match.start() + len(match.group().rstrip()),
                0.7,
            )
        for match in _OBFUSCATED.finditer(text):
            domain = re.sub(
                r"\s?[\[(]\s?(?:dot|\.)\s?[\])]\s?|\s", lambda m: "." if m.group().strip() else "", match[2]
            )
            add(f"{match[1]}@{domain}", match.start(), match.end(), 0.7)
    for label, target in targets:
        address = target[7:].split("?")[0] if target.lower().startswith("mailto:") else ""
        place = text.find(label) if label else -1
        if _EMAIL.fullmatch(address) and address.casefold() not in found and place >= 0 and not found:
            add(address, place, place + len(label), 0.7)
    others = [s for s in sections.sections if s.type is SectionType.REFERENCES]
    return sorted(
        found.values(),
        key=lambda value: (any(s.start <= value.start < s.end for s in others), value.start),
    )


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Add the part of an address that stands on the line before or after."""
    if (
        start
        and text[start - 1] == "\n"
        and (tail := _TAIL_OF_LOCAL.search(text[max(0, start - 60) : start]))
    ):
        start -= len(tail.group(1)) + 1
    last = text[start:end].rsplit(".", 1)[-1].lower()
    rest = _REST_OF_DOMAIN.match(text, end)
    if rest and last not in KNOWN and last + rest.group(1) in KNOWN:
        end = rest.end(1)
    return start, end


def read_links(
    assembled: Assembled,
    sections: Sections,
    targets: list[tuple[str, str]],
    emails: list[Value],
) -> list[Link]:
    """Web addresses shown or linked; bare domains count only among the contact lines."""
    text = assembled.text
    links: dict[str, Link] = {}
    taken = [(email.start, email.end) for email in emails]

    def add(value: str, start: int, end: int, confidence: float) -> None:
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            return
        taken.append((start, end))
        links.setdefault(
            _folded(value), Link(value=value, start=start, end=end, confidence=confidence, kind=_kind(value))
        )

    for match in _URL.finditer(text):
        start, end = _whole_url(text, *match.span())
        add(text[start:end].replace("\n", ""), start, end, 0.97)
    contact = sections.parts[0].units + [u for part in sections.of(SectionType.CONTACT) for u in part.units]
    for unit in contact:
        for match in _DOMAIN.finditer(unit.text):
            end = unit.start + len(match.group().rstrip(_TRAIL)) + match.start()
            add(text[unit.start + match.start() : end], unit.start + match.start(), end, 0.85)
    for label, target in targets:
        place = text.find(label) if label.strip() else -1
        if target.lower().startswith(("http://", "https://")) and place >= 0 and _folded(target) not in links:
            add(target, place, place + len(label), 0.8)
    return sorted(links.values(), key=lambda link: link.start)


def _whole_url(text: str, start: int, end: int) -> tuple[int, int]:
    if end < len(text) and text[end] == "\n" and text[end - 1] in "-/_":
        rest = re.match(r"\n([\w%~/-]+)(?=\n|$)", text[end:])
        if rest:
            end += rest.end()
    while end > start and text[end - 1] in _TRAIL:
        end -= 1
    return start, end


def _folded(value: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", value.casefold()).rstrip("/")


def _kind(value: str) -> str:
    folded = value.casefold()
    if "linkedin." in folded:
        return "linkedin"
    return "github" if "github." in folded else "website"
