"""Pages as pictures, drawn in child processes: `python -m resume_review.documents.painting` is such a child."""

import io
import os
import sys
from typing import Any, BinaryIO, Self

import msgspec

from resume_review.documents.child import limit_process
from resume_review.documents.children import Children, End
from resume_review.documents.frames import read_frame, write_frame
from resume_review.documents.limits import MEGABYTE

PROGRAM = ("-m", "resume_review.documents.painting")
MEMORY = 512 * MEGABYTE
SECONDS = 10.0
MOST_PIXELS = 8_000_000
# What is decoded of a picture that was uploaded; beyond it, memory alone would stop the child.
MOST_IMAGE_PIXELS = 40_000_000
TALLEST = 5
QUALITY = 82
MOST_REQUEST = 1 << 30


class Order(msgspec.Struct, frozen=True):
    """One page, counted from 1, to be drawn `width` pixels wide."""

    data: bytes
    page: int
    width: int


class Picture(msgspec.Struct, frozen=True):
    """A page as WEBP; null when the file has no such page or none that can be drawn."""

    webp: bytes | None


class IsolatedPainter:
    """Draws pages in up to `children` processes; safe to use from many threads."""

    def __init__(self, *, children: int = 1, seconds: float = SECONDS) -> None:
        self._children = Children(PROGRAM, children=children, memory_bytes=MEMORY)
        self._seconds = seconds

    def paint(self, data: bytes, *, page: int, width: int) -> bytes | None:
        """The page of a PDF, or of an uploaded picture, as WEBP; null when it cannot be drawn within the limits."""
        order = msgspec.msgpack.encode(Order(data, page, width))
        drawn = self._children.ask(order, Picture, seconds=self._seconds)
        return None if isinstance(drawn, End) else drawn.webp

    def close(self) -> None:
        """End the children; waits for pages that are being drawn."""
        self._children.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def paint(data: bytes, *, page: int, width: int) -> bytes | None:
    """Draw one page, here and now."""
    draw = _pdf if b"%PDF-" in data[:1024] else _image
    try:
        picture = draw(data, page, width)
    except Exception:  # noqa: BLE001 - a file that cannot be drawn may fail in any way
        return None
    if picture is None:
        return None
    target = io.BytesIO()
    picture.convert("RGB").save(target, "WEBP", quality=QUALITY)
    return target.getvalue()


def _pdf(data: bytes, page: int, width: int) -> Any:
    import pypdfium2  # noqa: PLC0415 - loaded by the child alone

    file: Any = pypdfium2.PdfDocument(data)
    with file:
        if not 1 <= page <= len(file):
            return None
        sheet = file[page - 1]
        across, down = sheet.get_size()
        if not (across > 0 and 0 < down <= across * TALLEST):
            return None
        scale = min(width / across, (MOST_PIXELS / (across * down)) ** 0.5)
        return sheet.render(scale=scale, may_draw_forms=False).to_pil()


def _image(data: bytes, page: int, width: int) -> Any:
    from PIL import Image, ImageOps  # noqa: PLC0415 - loaded by the child alone

    with Image.open(io.BytesIO(data)) as file:
        if page != 1 or file.width * file.height > MOST_IMAGE_PIXELS or file.height > file.width * TALLEST:
            return None
        upright = ImageOps.exif_transpose(file).convert("RGB")
    upright.thumbnail((width, width * TALLEST))
    return upright


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer orders until the input ends."""
    decoder = msgspec.msgpack.Decoder(Order)
    while (frame := read_frame(source, most=MOST_REQUEST)) is not None:
        order = decoder.decode(frame)
        picture = Picture(paint(order.data, page=order.page, width=order.width))
        write_frame(sink, msgspec.msgpack.encode(picture))


def main() -> None:
    """Run as a child process; the first argument is the memory limit in bytes."""
    limit_process(int(sys.argv[1]))
    # Libraries in C may write to standard output: give them another one.
    private = os.dup(1)
    os.dup2(2, 1)
    with os.fdopen(private, "wb") as sink:
        serve(sys.stdin.buffer, sink)


if __name__ == "__main__":
    main()
