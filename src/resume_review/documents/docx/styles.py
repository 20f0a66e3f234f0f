"""What a run looks like once its paragraph, its styles and the defaults are taken together."""

from dataclasses import dataclass, replace

from resume_review.documents.docx.names import W
from resume_review.documents.docx.theme import HIGHLIGHTS, Theme
from resume_review.documents.xml import Element

_OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Look:
    """Look of a run: null means nothing was said.

    Attributes:
        size: Points.
        color: RRGGBB, upper case; `auto` is null.
        shade: Background of the run, paragraph or cell, RRGGBB; `*` for an unknown one.
        font: Family of Latin letters.
        wide_font: Family of Japanese, Chinese and Korean letters.
    """

    size: float | None = None
    bold: bool | None = None
    hidden: bool | None = None
    color: str | None = None
    shade: str | None = None
    font: str | None = None
    wide_font: str | None = None


def on(element: Element | None) -> bool | None:
    """Value of a switch such as `w:b`; null when it is not there."""
    if element is None:
        return None
    return (element.get(f"{W}val") or "1").lower() not in _OFF


def run_look(properties: Element | None, base: Look, theme: Theme) -> Look:
    """Apply run properties on top of a look."""
    if properties is None:
        return base
    size = properties.find(f"{W}sz")
    points = _half_points(size)
    bold, hidden = on(properties.find(f"{W}b")), on(properties.find(f"{W}vanish"))
    if on(properties.find(f"{W}webHidden")) and hidden is None:
        hidden = None
    fonts = properties.find(f"{W}rFonts")
    return Look(
        size=points if points is not None else base.size,
        bold=bold if bold is not None else base.bold,
        hidden=hidden if hidden is not None else base.hidden,
        color=_color(properties.find(f"{W}color"), base.color, theme),
        shade=shade_of(properties, base.shade, theme),
        font=_family(fonts, ("asciiTheme", "hAnsiTheme"), ("ascii", "hAnsi"), theme) or base.font,
        wide_font=_family(fonts, ("eastAsiaTheme",), ("eastAsia",), theme) or base.wide_font,
    )


def _family(
    fonts: Element | None, roles: tuple[str, ...], names: tuple[str, ...], theme: Theme
) -> str | None:
    """The family that `w:rFonts` names, a role in the theme before a name."""
    if fonts is None:
        return None
    for role in roles:
        found = theme.font(fonts.get(f"{W}{role}"))
        if found:
            return found
    return next((name for name in (fonts.get(f"{W}{each}") for each in names) if name), None)


def _half_points(size: Element | None) -> float | None:
    try:
        return float(size.get(f"{W}val", "")) / 2 if size is not None else None
    except ValueError:
        return None


def _color(element: Element | None, base: str | None, theme: Theme) -> str | None:
    if element is None:
        return base
    found = theme.colour(element, "themeColor", "theme")
    if found is not None:
        return found
    role = element.get(f"{W}themeColor")
    if role in {"background1", "light1"} and not element.get(f"{W}themeShade"):
        return "FFFFFF"
    value = (element.get(f"{W}val") or "auto").upper()
    return None if value == "AUTO" else value


def shade_of(properties: Element | None, base: str | None, theme: Theme) -> str | None:
    """Background colour set by `w:shd` or `w:highlight`."""
    if properties is None:
        return base
    highlight = properties.find(f"{W}highlight")
    if highlight is not None and highlight.get(f"{W}val") not in (None, "none"):
        return HIGHLIGHTS.get(highlight.get(f"{W}val", ""), "*")
    shade = properties.find(f"{W}shd")
    return base if shade is None else _fill_of(shade, base, theme)


def _fill_of(shade: Element, base: str | None, theme: Theme) -> str | None:
    pattern = shade.get(f"{W}val") not in (None, "clear", "nil")
    found = theme.colour(shade, "themeFill", "themeFill")
    if found is not None:
        return "*" if pattern else found
    fill = (shade.get(f"{W}fill") or "auto").upper()
    if fill != "AUTO":
        return fill
    return "*" if pattern or shade.get(f"{W}themeFill") else base


@dataclass(frozen=True, slots=True)
class Style:
    """A named style: its own properties and the style it builds on."""

    name: str
    parent: str | None
    element: Element


class StyleSheet:
    """Styles of the document, resolved along their chain and remembered."""

    def __init__(self, root: Element | None, theme: Theme | None = None) -> None:
        self.theme = theme or Theme()
        self._styles: dict[str, Style] = {}
        self._default = ""
        self._looks: dict[str, Look] = {}
        self._base = Look(size=10.0)
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._base = run_look(defaults, self._base, self.theme)
        for element in root.iterfind(f"{W}style"):
            identifier = element.get(f"{W}styleId", "")
            name, parent = element.find(f"{W}name"), element.find(f"{W}basedOn")
            self._styles[identifier] = Style(
                name=(name.get(f"{W}val", "") if name is not None else identifier).lower(),
                parent=parent.get(f"{W}val") if parent is not None else None,
                element=element,
            )
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true"):
                self._default = identifier

    def chain(self, identifier: str | None) -> list[Style]:
        """The style and those it builds on, nearest first."""
        found: list[Style] = []
        seen: set[str] = set()
        while identifier and identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            style = self._styles[identifier]
            found.append(style)
            identifier = style.parent
        return found

    def paragraph_look(self, identifier: str | None) -> Look:
        """Look of a run in a paragraph of this style."""
        key = identifier or self._default
        if key not in self._looks:
            look = self._base
            for style in reversed(self.chain(key)):
                look = run_look(style.element.find(f"{W}rPr"), look, self.theme)
                look = replace(look, shade=shade_of(style.element.find(f"{W}pPr"), look.shade, self.theme))
            self._looks[key] = look
        return self._looks[key]

    def character_look(self, identifier: str | None, base: Look) -> Look:
        """Apply a character style."""
        for style in reversed(self.chain(identifier)):
            base = run_look(style.element.find(f"{W}rPr"), base, self.theme)
        return base

    def property(self, identifier: str | None, path: str) -> Element | None:
        """First paragraph property on the chain."""
        for style in self.chain(identifier or self._default):
            found = style.element.find(f"{W}pPr/{W}{path}")
            if found is not None:
                return found
        return None

    def heading_level(self, identifier: str | None) -> int | None:
        """Depth of a heading style; 1 for a title."""
        for style in self.chain(identifier):
            if style.name in {"title", "titre", "titel"}:
                return 1
            if style.name.startswith("heading "):
                digits = "".join(char for char in style.name[8:] if char.isdigit())
                return int(digits) if digits else 1
        level = self.property(identifier, "outlineLvl") if identifier else None
        value = level.get(f"{W}val", "9") if level is not None else "9"
        return int(value) + 1 if value.isdigit() and int(value) < 9 else None

    def table_is_shaded(self, identifier: str | None) -> bool:
        """Whether a table style colours cells."""
        return any(style.element.find(f".//{W}shd") is not None for style in self.chain(identifier))
