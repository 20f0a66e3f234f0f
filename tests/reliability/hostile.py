"""Files made to hurt their reader, generated in code; each is one class of attack, none holds anything harmful."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from PIL import Image

MEGABYTE = 1 << 20
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _pdf(
    pages: list[bytes], *, resources: Callable[[pikepdf.Pdf], pikepdf.Dictionary] | None = None
) -> bytes:
    made = pikepdf.new()
    for content in pages:
        page = made.add_blank_page(page_size=(612, 792))
        page.obj["/Contents"] = pikepdf.Stream(made, content)
        if resources is not None:
            page.obj["/Resources"] = resources(made)
    target = io.BytesIO()
    made.save(target, compress_streams=True)
    return target.getvalue()


def _zip(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            pack.writestr(name, content)
    return target.getvalue()


def _docx(body: bytes, *, head: bytes = b"") -> bytes:
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": head + body})


def flate_bomb() -> bytes:
    """300 MB of drawing instructions in 0.3 MB."""
    return _pdf([b"0 0 m 9 9 l S\n" * (300 * MEGABYTE // 14)])


def path_bomb() -> bytes:
    """A drawing of two million lines."""
    return _pdf([b"1 0 0 1 0 0 cm\n" + b"0 0 m 9 9 l S\n" * 2_000_000])


def text_bomb() -> bytes:
    """A page of two million letters on top of each other."""
    return _pdf([b"BT /F1 9 Tf " + b"(aaaaaaaaaa) Tj " * 200_000 + b"ET"], resources=_helvetica)


def _helvetica(_: pikepdf.Pdf) -> pikepdf.Dictionary:
    font = pikepdf.Dictionary(
        Type=pikepdf.Name("/Font"), Subtype=pikepdf.Name("/Type1"), BaseFont=pikepdf.Name("/Helvetica")
    )
    return pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))


def many_pages() -> bytes:
    """10,000 pages."""
    return _pdf([b""] * 10_000)


def huge_image_in_pdf() -> bytes:
    """A page that is a picture of 50,000 x 50,000 pixels."""

    def resources(made: pikepdf.Pdf) -> pikepdf.Dictionary:
        picture = pikepdf.Stream(made, zlib.compress(bytes(50_000 * 5_000), 9))
        picture.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name("/XObject"), Subtype=pikepdf.Name("/Image"), Width=50_000, Height=50_000,
                ColorSpace=pikepdf.Name("/DeviceGray"), BitsPerComponent=8, Filter=pikepdf.Name("/FlateDecode"),
            )
        )  # fmt: skip
        return pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))

    return _pdf([b"q 612 0 0 792 0 0 cm /Im Do Q"], resources=resources)


def huge_image() -> bytes:
    """A picture of 30,000 x 30,000 pixels."""
    row = b"\0" + bytes(30_000)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(30_000)) + packer.flush()
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)),
        (b"IDAT", packed),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def busy_image() -> bytes:
    """A picture of noise as large as is decoded: work for the recogniser."""
    target = io.BytesIO()
    Image.effect_noise((2400, 3300), 120).save(target, "PNG")
    return target.getvalue()


def deep_pdf() -> bytes:
    """Arrays inside arrays, 100,000 deep."""
    return (
        b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + b"]" * 100_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def self_referring_pages() -> bytes:
    """A page tree that is its own child."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R 2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def zip_bomb() -> bytes:
    """400 MB of one letter in a DOCX."""
    return _docx(b"a" * (400 * MEGABYTE))


def many_entries() -> bytes:
    """A container of 20,000 files."""
    return _zip({"word/document.xml": b"<a/>"} | {f"word/{n}.xml": b"" for n in range(20_000)})


def xml_bomb() -> bytes:
    """Entities that expand to a billion."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE d [<!ENTITY e0 "lol">{entities}]>'.encode()
    return _docx(f"<w:document {_W}><w:body>&e9;</w:body></w:document>".encode(), head=head)


def deep_docx() -> bytes:
    """Tables inside tables, 50,000 deep."""
    body = f"<w:document {_W}><w:body>{'<w:tbl><w:tr><w:tc>' * 50_000}{'</w:tc></w:tr></w:tbl>' * 50_000}"
    return _docx(f"{body}</w:body></w:document>".encode())


def deep_html() -> bytes:
    """Elements inside elements, 300,000 deep."""
    return b"<html><body>" + b"<div>" * 300_000 + b"x" + b"</div>" * 300_000


def deep_rtf() -> bytes:
    """Groups inside groups, a million deep."""
    return b"{\\rtf1 " + b"{" * 1_000_000 + b"x" + b"}" * 1_000_000


def long_line() -> bytes:
    """9 MB without a break."""
    return b"a@b." * (9 * MEGABYTE // 4)


def repeated_marks() -> bytes:
    """Text that makes careless patterns look back again and again."""
    return (
        b"- " * 20_000 + b"\n" + b"2019 - " * 20_000 + b"\n" + b"a." * 40_000 + b"@\n" + b"+1 " * 20_000
    ) * 2


def truncated() -> bytes:
    """A PDF that ends in its middle."""
    whole = _pdf([b"BT /F1 9 Tf 50 700 Td (Maya Okafor) Tj ET"] * 20, resources=_helvetica)
    return whole[: len(whole) * 6 // 10]


def garbage() -> bytes:
    """A PDF in name and first line only."""
    noise = b"".join(zlib.crc32(n.to_bytes(4, "big")).to_bytes(4, "big") for n in range(200_000))
    return b"%PDF-1.7\n" + noise


FILES: dict[str, Callable[[], bytes]] = {
    "flate bomb.pdf": flate_bomb, "path bomb.pdf": path_bomb, "text bomb.pdf": text_bomb, "10,000 pages.pdf": many_pages,
    "huge image.pdf": huge_image_in_pdf, "deep nesting.pdf": deep_pdf, "self-referring.pdf": self_referring_pages,
    "truncated.pdf": truncated, "garbage.pdf": garbage, "huge image.png": huge_image, "noise.png": busy_image,
    "zip bomb.docx": zip_bomb, "20,000 entries.docx": many_entries, "xml bomb.docx": xml_bomb, "deep nesting.docx": deep_docx,
    "deep nesting.html": deep_html, "deep nesting.rtf": deep_rtf, "one line.txt": long_line, "repeated marks.txt": repeated_marks,
}  # fmt: skip
