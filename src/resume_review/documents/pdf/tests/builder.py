"""PDFs written by hand for the tests: content streams with standard fonts, and what a trick needs around them."""

import io
from dataclasses import dataclass, field

import pikepdf

from resume_review.documents.reading import Reading

LETTER = (612, 792)


def show(x: float, y: float, text: str, *, size: float = 10, font: str = "F1", before: str = "") -> str:
    """One piece of text with its pen at (x, y) in PDF space; `before` sets colours or modes."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"q {before} BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET Q\n"


def lines(x: float, top: float, texts: list[str], *, size: float = 10, leading: float = 13) -> list[str]:
    """Text lines under each other, as separate pieces of drawing."""
    return [show(x, top - leading * n, text, size=size) for n, text in enumerate(texts)]


@dataclass
class Builder:
    """A PDF in the making; `pages` are content streams."""

    pages: list[str] = field(default_factory=list)
    size: tuple[float, float] = LETTER
    info: dict[str, str] = field(default_factory=dict)

    def pdf(self) -> pikepdf.Pdf:
        made = pikepdf.new()
        fonts = pikepdf.Dictionary(F1=_font("/Helvetica"), F2=_font("/Helvetica-Bold"))
        states = pikepdf.Dictionary(Clear=pikepdf.Dictionary(ca=0.0, CA=0.0))
        for content in self.pages:
            page = made.add_blank_page(page_size=self.size)
            page.obj["/Resources"] = pikepdf.Dictionary(Font=fonts, ExtGState=states)
            page.obj["/Contents"] = pikepdf.Stream(made, content.encode("cp1252"))
        for key, value in self.info.items():
            made.docinfo[f"/{key}"] = value
        return made

    def data(self) -> bytes:
        return saved(self.pdf())


def saved(made: pikepdf.Pdf, *, encryption: pikepdf.Encryption | None = None) -> bytes:
    output = io.BytesIO()
    if encryption is None:
        made.save(output)
    else:
        made.save(output, encryption=encryption)
    return output.getvalue()


def _font(name: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name("/Font"), Subtype=pikepdf.Name("/Type1"), BaseFont=pikepdf.Name(name),
        Encoding=pikepdf.Name("/WinAnsiEncoding"),
    )  # fmt: skip


def text_of(reading: Reading) -> str:
    """The lines as text, joined as the reading says."""
    result: list[str] = []
    for line in reading.lines:
        text = "".join((" " if n and p.space_before else "") + p.text for n, p in enumerate(line.pieces))
        if line.joined and result:
            result[-1] += text
        else:
            result.append(text)
    return "\n".join(result)


def japanese(made: pikepdf.Pdf) -> pikepdf.Pdf:
    """The file with a Japanese font J for UTF-16 codes, of which it holds no letter."""
    info = pikepdf.Dictionary(Registry="Adobe", Ordering="Japan1", Supplement=6)
    described = pikepdf.Dictionary(
        Type=pikepdf.Name("/FontDescriptor"), FontName=pikepdf.Name("/HeiseiKakuGo-W5"), Flags=4,
        FontBBox=[-92, -250, 1010, 922], ItalicAngle=0, Ascent=752, Descent=-221, CapHeight=737, StemV=114,
    )  # fmt: skip
    letters = pikepdf.Dictionary(
        Type=pikepdf.Name("/Font"), Subtype=pikepdf.Name("/CIDFontType0"),
        BaseFont=pikepdf.Name("/HeiseiKakuGo-W5"), CIDSystemInfo=info, FontDescriptor=made.make_indirect(described),
    )  # fmt: skip
    made.pages[0].obj["/Resources"]["/Font"]["/J"] = pikepdf.Dictionary(
        Type=pikepdf.Name("/Font"), Subtype=pikepdf.Name("/Type0"), BaseFont=pikepdf.Name("/HeiseiKakuGo-W5"),
        Encoding=pikepdf.Name("/UniJIS-UTF16-H"), DescendantFonts=[made.make_indirect(letters)],
    )  # fmt: skip
    return made


def kana(x: float, y: float, text: str, *, size: float = 10, before: str = "") -> str:
    """One piece of text in the font J."""
    code = text.encode("utf-16-be").hex()
    return f"q {before} BT /J {size} Tf 1 0 0 1 {x} {y} Tm <{code}> Tj ET Q\n"
