"""HTML as a browser shows it, as far as text goes: no script runs, nothing is loaded."""

import re
from dataclasses import dataclass, field

from lxml import etree

from resume_review.documents.addressed import speaks_to_machine
from resume_review.documents.limits import Limits
from resume_review.documents.model import BlockKind, IntegrityKind, IntegrityMark, Layout, Status
from resume_review.documents.pen import Pen
from resume_review.documents.reading import PageSize, Reading, UnreadableError
from resume_review.documents.text import bounded, decode
from resume_review.documents.xml import Element

_SKIPPED = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "svg",
    "math",
    "iframe",
    "object",
    "select",
    "textarea",
    "audio",
    "video",
    "canvas",
}
_BLOCKS = {"p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "ul", "ol", "dl", "dt", "dd", "li", "table", "tbody", "thead", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "address", "figure", "figcaption", "form", "fieldset", "hr", "body"}  # fmt: skip
_INLINE = frozenset({"span", "a", "i", "b", "em", "strong", "small", "time", "label"})
_BOLD = {"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"}
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE = re.compile(r"^(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?$", re.IGNORECASE)
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:\.\d+)?(?:px|pt|em|rem|%)?\s*(?:;|$|!)|opacity\s*:\s*0(?:\.0\d*)?\s*(?:;|$|!)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{4,}|clip\s*:\s*rect\(0",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255|transparent\b)",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"background(?:-color|-image)?\s*:\s*(?!\s*(?:none|transparent|#fff(?:fff)?\b|white\b))", re.IGNORECASE
)
_FLEX = re.compile(r"display\s*:\s*(?:inline-)?(?:flex|grid)|justify-content", re.IGNORECASE)
_DEEPEST = 200


@dataclass(slots=True)
class _Page:
    styles: dict[str, str]
    pen: Pen = field(default_factory=Pen)
    hidden: list[str] = field(default_factory=list[str])
    targets: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    tables: int = 0
    images: int = 0


@dataclass(frozen=True, slots=True)
class _Setting:
    bold: bool = False
    hidden: bool = False
    backed: bool = False
    item: int = 0
    depth: int = 0


def read_html(data: bytes, *, limits: Limits) -> Reading:
    """Read the visible text of a web page."""
    text = bounded(re.sub(r"^\s*<\?xml[^>]*>", "", decode(data)), limits)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(
            Status.MALFORMED, "The web page holds no text. Print it to PDF and upload that."
        ) from error
    page = _Page(styles=_stylesheet(root))
    body = root.find("body")
    _walk(body if body is not None else root, page, _Setting())
    page.pen.end()
    return Reading(
        pages=[PageSize()],
        lines=page.pen.lines,
        layout=Layout(tables=page.tables, images=page.images),
        marks=_marks(root, page),
        targets=page.targets,
    )


def _stylesheet(root: Element) -> dict[str, str]:
    """Declarations by simple selector: a tag, a class or an id."""
    styles: dict[str, str] = {}
    for element in root.iter("style"):
        for selectors, body in _RULE.findall(_COMMENT.sub("", element.text or "")):
            for selector in selectors.split(","):
                key = selector.strip()
                if _SIMPLE.match(key):
                    styles[key] = f"{styles.get(key, '')};{body}"
    return styles


def _style(element: Element, page: _Page) -> str:
    keys = [str(element.tag)]
    for name in (element.get("class") or "").split():
        keys += [f".{name}", f"{element.tag}.{name}"]
    if identifier := element.get("id"):
        keys += [f"#{identifier}", f"{element.tag}#{identifier}"]
    return ";".join([*(page.styles.get(key, "") for key in keys), element.get("style") or ""])


def _walk(element: Element, page: _Page, setting: _Setting) -> None:
    tag = element.tag
    if tag in _SKIPPED or setting.depth > _DEEPEST:
        return
    style = _style(element, page)
    setting = _inside(element, style, setting)
    page.tables += tag == "table"
    page.images += tag == "img"
    if tag == "br":
        page.pen.end(block=False)
        return
    if tag in _BLOCKS:
        page.pen.end()
    kind, level = _kind(tag, setting)
    if tag == "li" and not setting.hidden:
        page.pen.write("• ")
    _text(element.text, page, setting)
    spaced = tag == "tr" or _is_row(element) or (_FLEX.search(style) is not None and "column" not in style)
    for child in element:
        if spaced and child.tag not in _BLOCKS - {"td", "th"}:
            page.pen.gap()
        _child(child, page, setting, kind=kind, level=level)
    if tag == "a" and (target := element.get("href")) and not setting.hidden:
        page.targets.append((_shown(element), target))
    if tag in _BLOCKS:
        page.pen.end(kind, level=level)


def _is_row(element: Element) -> bool:
    """Nothing but separate inline elements side by side, as in a row of tags or a label with its value."""
    children = list(element)
    return (
        len(children) > 1
        and not (element.text or "").strip()
        and all(child.tag in _INLINE and child.get("class") and child.tail for child in children[:-1])
        and not any((child.tail or "").strip() for child in children)
    )


def _child(
    child: Element, page: _Page, setting: _Setting, *, kind: BlockKind | None, level: int | None
) -> None:
    if child.tag in _BLOCKS:
        page.pen.end(kind, level=level)
    elif child.tag in ("td", "th"):
        page.pen.gap()
    _walk(child, page, setting)
    _text(child.tail, page, setting)


def _inside(element: Element, style: str, setting: _Setting) -> _Setting:
    backed = setting.backed or _BACKGROUND.search(style) is not None
    unseen = _UNSEEN.search(style) is not None or element.get("hidden") is not None
    white = _WHITE.search(style) is not None and not backed
    return _Setting(
        bold=setting.bold
        or element.tag in _BOLD
        or re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", style) is not None,
        hidden=setting.hidden or unseen or white,
        backed=backed,
        item=setting.item + (element.tag in ("ul", "ol")),
        depth=setting.depth + 1,
    )


def _kind(tag: str, setting: _Setting) -> tuple[BlockKind | None, int | None]:
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        return BlockKind.HEADING, int(tag[1])
    if tag == "li":
        return BlockKind.BULLET, max(1, setting.item)
    return (BlockKind.TABLE_ROW, None) if tag == "tr" else (None, None)


def _text(text: str | None, page: _Page, setting: _Setting) -> None:
    if not text:
        return
    if not setting.hidden:
        page.pen.write(text.replace("\t", " "), bold=setting.bold)
    elif text.strip():
        page.hidden.append(text.strip())


def _shown(element: Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())


def _marks(root: Element, page: _Page) -> list[IntegrityMark]:
    marks: list[IntegrityMark] = []
    if hidden := " ".join(page.hidden)[:2000]:
        marks.append(
            IntegrityMark(
                kind=IntegrityKind.HIDDEN_TEXT, text=hidden, detail="The style of the page hides this text."
            )
        )
    if next(root.iter("script"), None) is not None:
        marks.append(
            IntegrityMark(
                kind=IntegrityKind.ACTIVE_CONTENT, detail="The page holds scripts; they were not run."
            )
        )
    for element in root.iter("meta"):
        content = element.get("content") or ""
        if speaks_to_machine(content):
            marks.append(
                IntegrityMark(
                    kind=IntegrityKind.METADATA_INSTRUCTION,
                    text=content[:2000],
                    detail="A property of the page gives orders to an automatic reader.",
                )
            )
    return marks
