"""Scans made in code: text set in Pillow's own font, or pages of hand-written PDFs."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

LINES = [
    "Maya Okafor",
    "Strategy Consultant",
    "maya.okafor@example.com | +44 20 7946 0157 | London",
    "EXPERIENCE",
    "Engagement Manager, Northwind Advisory, Jan 2021 - Present",
    "Led a team of seven people on the growth strategy of a retailer",
    "Cut invoice handling from nine days to three across four countries",
    "EDUCATION",
    "Master of Science in Economics, University of Leeds, 2014 - 2016",
]

Draw = Callable[..., Image.Image]


@pytest.fixture(scope="session")
def text_lines() -> list[str]:
    return LINES


@pytest.fixture(scope="session")
def page_image() -> Draw:
    """An A4 page at 150 dpi with the lines on it, and round marks before those named in `marked`."""

    def draw(lines: list[str] = LINES, *, marked: tuple[int, ...] = ()) -> Image.Image:
        image = Image.new("L", (1240, 1754), 255)
        pen = ImageDraw.Draw(image)
        font: Any = ImageFont.load_default(26)
        for number, line in enumerate(lines):
            y = 120 + 60 * number
            pen.text((150, y), line, font=font, fill=20)
            if number in marked:
                pen.ellipse((115, y + 12, 125, y + 22), fill=20)
        return image

    return draw


@pytest.fixture(scope="session")
def stored() -> Callable[..., bytes]:
    """An image as the bytes of a file."""

    def save(image: Image.Image, form: str, **options: Any) -> bytes:
        target = io.BytesIO()
        image.save(target, form, **options)
        return target.getvalue()

    return save


@pytest.fixture(scope="session")
def scan_pdf() -> Callable[[list[Image.Image]], bytes]:
    """A PDF whose pages are the pictures and nothing else."""

    def make(images: list[Image.Image]) -> bytes:
        made = pikepdf.new()
        for image in images:
            page = made.add_blank_page(page_size=(595, 842))
            picture = pikepdf.Stream(made, image.tobytes())
            picture.update(
                pikepdf.Dictionary(
                    Type=pikepdf.Name("/XObject"), Subtype=pikepdf.Name("/Image"), Width=image.width,
                    Height=image.height, ColorSpace=pikepdf.Name("/DeviceGray"), BitsPerComponent=8,
                )
            )  # fmt: skip
            page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
            page.obj["/Contents"] = pikepdf.Stream(made, b"q 595 0 0 842 0 0 cm /Im Do Q")
        output = io.BytesIO()
        made.save(output)
        return output.getvalue()

    return make
