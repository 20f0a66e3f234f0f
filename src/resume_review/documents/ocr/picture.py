"""Pictures for recognition: grey, upright, at a resolution that suits printed text."""

import ctypes
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps

from resume_review.documents.model import Box, Status
from resume_review.documents.pdf import native
from resume_review.documents.reading import PageSize, UnreadableError

DPI = 200.0
_POINTS = 72.0
_MOST_PIXELS = 8_000_000  # of a picture that is recognised: A4 at 240 dpi has 5.6 million
_MOST_STORED_PIXELS = 40_000_000  # of a picture that is decoded
_PAPER_WIDTHS = (280.0, 1000.0)  # points: from A6 to A3
_A4_WIDTH, _A4_HEIGHT = 595.28, 841.89
_WITH_ANNOTATIONS = 0x01
_GREY, _WHITE = 1, 0xFFFFFFFF
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP")


@dataclass(slots=True)
class Picture:
    """A page as grey pixels.

    Attributes:
        image: Upright as far as known; `turned` tells how.
        size: Of the page as it is displayed, in points.
        turned: Degrees by which the page was turned clockwise to get the image.
    """

    image: Image.Image
    size: PageSize
    turned: int = 0

    @property
    def dpi(self) -> float:
        return _POINTS * self.image.width / self.upright.width

    @property
    def upright(self) -> PageSize:
        """The size of the page after turning."""
        if self.turned % 180:
            return PageSize(self.size.height, self.size.width)
        return self.size

    def pgm(self) -> bytes:
        """The pixels in the plainest format there is."""
        return b"P5 %d %d 255\n" % self.image.size + self.image.tobytes()

    def rotated(self, degrees: int) -> "Picture":
        """Turned clockwise by a multiple of a right angle."""
        turn = {
            90: Image.Transpose.ROTATE_270,
            180: Image.Transpose.ROTATE_180,
            270: Image.Transpose.ROTATE_90,
        }[degrees]
        return Picture(self.image.transpose(turn), self.size, (self.turned + degrees) % 360)

    def displayed(self, box: Box) -> Box:
        """A box of the upright page on the page as it is displayed."""
        x0, y0, x1, y1 = box
        wide, high = self.size.width, self.size.height
        match self.turned:
            case 90:
                return (y0, high - x1, y1, high - x0)
            case 180:
                return (wide - x1, high - y1, wide - x0, high - y0)
            case 270:
                return (wide - y1, x0, wide - y0, x1)
            case _:
                return box


def page_picture(page: int, size: PageSize) -> Picture | None:
    """A page of a PDF as displayed; null for one without area."""
    if size.width < 1 or size.height < 1:
        return None
    scale = min(DPI / _POINTS, (_MOST_PIXELS / (size.width * size.height)) ** 0.5)
    wide, high = max(1, round(size.width * scale)), max(1, round(size.height * scale))
    if wide * high > 2 * _MOST_PIXELS:
        return None
    buffer = ctypes.create_string_buffer(wide * high)
    library: Any = native.library()
    bitmap = library.FPDFBitmap_CreateEx(wide, high, _GREY, ctypes.addressof(buffer), wide)
    if not bitmap:
        return None
    library.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, _WHITE)
    library.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, _WITH_ANNOTATIONS)
    library.FPDFBitmap_Destroy(bitmap)
    return Picture(Image.frombytes("L", (wide, high), buffer.raw), size)


def file_pictures(data: bytes, *, most: int) -> Iterator[Picture]:
    """The pictures in a file, the first `most`.

    Raises:
        UnreadableError: Damaged, of a format we do not read, or with more pixels than a scanned page has.
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures before it refuses them; we refuse earlier. Damaged metadata is no matter.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as file:
                for index in range(min(most, int(getattr(file, "n_frames", 1)))):
                    file.seek(index)
                    yield _file_picture(file)
    except (UnreadableError, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise _flood() from None
    except Exception as error:  # a decoder of seven formats may fail in any way: for the user all are one
        raise UnreadableError(
            Status.MALFORMED,
            "This picture is damaged. Save it again, or upload the original PDF or DOCX file.",
        ) from error


def _flood() -> UnreadableError:
    return UnreadableError(
        Status.TOO_LARGE,
        "The picture has far more pixels than a scanned page. Scan it at 200 to 300 dpi, or upload the original.",
    )


def _file_picture(file: Image.Image) -> Picture:
    if file.width * file.height > _MOST_STORED_PIXELS:
        raise _flood()
    dpi = _stated_dpi(file)
    file.draft("L", (file.width, file.height))
    grey = ImageOps.exif_transpose(_flat(file)).convert("L")
    width, height = _paper(grey, dpi)
    scale = min(DPI / _POINTS * width / grey.width, (_MOST_PIXELS / (grey.width * grey.height)) ** 0.5)
    if not 0.75 < scale < 1.3:
        target = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
        how = Image.Resampling.BICUBIC if scale > 1 else Image.Resampling.BOX
        grey = grey.resize(target, how)  # pyright: ignore[reportUnknownMemberType] - Pillow names numpy's types
    return Picture(grey, PageSize(width, height))


def _flat(file: Image.Image) -> Image.Image:
    """Transparent parts lie on white paper."""
    if file.mode not in {"LA", "RGBA", "PA", "La", "RGBa"} and "transparency" not in file.info:
        return file
    colours = file.convert("RGBA")
    paper = Image.new("RGBA", colours.size, "white")
    paper.alpha_composite(colours)
    paper.info = {name: value for name, value in file.info.items() if name == "exif"}
    return paper


def _stated_dpi(file: Image.Image) -> float:
    """What the file says of its resolution, 0 where it says nothing."""
    stated: Any = file.info.get("dpi") or (0, 0)
    try:
        return float(stated[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0


def _paper(image: Image.Image, dpi: float) -> tuple[float, float]:
    """Size of the paper in points; A4 with the picture's proportions where the file does not give a likely one."""
    least, most = _PAPER_WIDTHS
    if dpi > 0 and least < (width := _POINTS * image.width / dpi) < most:
        return width, width * image.height / image.width
    if image.width > image.height:
        return _A4_HEIGHT, _A4_HEIGHT * image.height / image.width
    return _A4_WIDTH, _A4_WIDTH * image.height / image.width
