"""The theme of a Word document: the fonts and colours that styles name by their role."""

from dataclasses import dataclass, field

from resume_review.documents.colours import Colour, code_of, parse_colour
from resume_review.documents.docx.names import A, W
from resume_review.documents.xml import Element

# Word's names of the colours of a theme, where they differ from those of the theme itself.
_ROLES = {
    "text1": "dk1", "dark1": "dk1", "background1": "lt1", "light1": "lt1",
    "text2": "dk2", "dark2": "dk2", "background2": "lt2", "light2": "lt2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
# Scripts whose letters are wide, in the order in which a resume is likely to use them.
_WIDE_SCRIPTS = ("Jpan", "Hans", "Hant", "Hang")
HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Theme:
    """Fonts by role (`majorHAnsi`, `minorEastAsia` ...) and colours by the theme's own name, RRGGBB."""

    fonts: dict[str, str] = field(default_factory=dict[str, str])
    colours: dict[str, str] = field(default_factory=dict[str, str])

    def font(self, role: str | None) -> str | None:
        return self.fonts.get(role) if role else None

    def colour(self, element: Element, name: str, kind: str) -> str | None:
        """The colour that an element takes from the theme; null where it takes none that is known.

        Args:
            element: `w:color` or `w:shd`.
            name: Its attribute that names the role.
            kind: What the attributes for tint and shade start with: `theme` or `themeFill`.
        """
        role = element.get(f"{W}{name}")
        code = self.colours.get(_ROLES.get(role, role)) if role else None
        colour = parse_colour(code)
        if colour is None:
            return None
        tint, shade = element.get(f"{W}{kind}Tint"), element.get(f"{W}{kind}Shade")
        return code_of(_toward(_toward(colour, shade, 0), tint, 255))


def _toward(colour: Colour, share: str | None, end: int) -> Colour:
    """Mixed with white or black; the share (hexadecimal, of 255) is how much of the colour stays."""
    try:
        kept = int(share, 16) / 255 if share else 1.0
    except ValueError:
        return colour
    red, green, blue = (round(channel * kept + end * (1 - kept)) for channel in colour)
    return red, green, blue


def read_theme(root: Element | None) -> Theme:
    """Read the theme part."""
    if root is None:
        return Theme()
    fonts: dict[str, str] = {}
    for part in ("major", "minor"):
        scheme = root.find(f"{A}themeElements/{A}fontScheme/{A}{part}Font")
        if scheme is not None:
            latin, wide = _typeface(scheme, "latin"), _typeface(scheme, "ea") or _of_script(scheme)
            fonts |= {f"{part}{role}": latin for role in ("HAnsi", "Ascii") if latin}
            if wide:
                fonts[f"{part}EastAsia"] = wide
    colours: dict[str, str] = {}
    scheme = root.find(f"{A}themeElements/{A}clrScheme")
    for entry in scheme if scheme is not None else ():
        value = next((child.get("lastClr") or child.get("val") for child in entry), None)
        if value:
            colours[entry.tag.removeprefix(A)] = value.upper()
    return Theme(fonts, colours)


def _typeface(scheme: Element, tag: str) -> str:
    found = scheme.find(f"{A}{tag}")
    return found.get("typeface", "") if found is not None else ""


def _of_script(scheme: Element) -> str:
    by_script = {font.get("script"): font.get("typeface", "") for font in scheme.iterfind(f"{A}font")}
    return next((by_script[script] for script in _WIDE_SCRIPTS if by_script.get(script)), "")
