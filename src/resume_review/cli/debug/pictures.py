"""The pages of a file as pictures that a page of HTML can hold."""

import base64
import io
from typing import Any

from resume_review.documents import Document, Kind

_SCALE = 1.6  # pixels a point: sharp enough to read, small enough to send
_MOST_PIXELS = 4_000_000
_MOST_PAGES = 20


def page_pictures(data: bytes, document: Document) -> dict[int, str]:
    """Data addresses of the pages by number; empty for formats without pages."""
    if not document.pages or not document.pages[0].width:
        return {}
    if document.source.kind is Kind.IMAGE:
        return {1: _image(data)}
    return _pdf(data, document)


def _pdf(data: bytes, document: Document) -> dict[int, str]:
    import pypdfium2  # noqa: PLC0415 - only this view draws pages

    pictures: dict[int, str] = {}
    file: Any = pypdfium2.PdfDocument(data)
    with file:
        for page in document.pages[:_MOST_PAGES]:
            scale = min(_SCALE, (_MOST_PIXELS / max(1.0, page.width * page.height)) ** 0.5)
            drawn = file[page.number - 1].render(scale=scale, may_draw_forms=False)
            pictures[page.number] = _address(drawn.to_pil().convert("RGB"))
    return pictures


def _image(data: bytes) -> str:
    from PIL import Image, ImageOps  # noqa: PLC0415 - see above

    with Image.open(io.BytesIO(data)) as file:
        upright = ImageOps.exif_transpose(file).convert("RGB")
    upright.thumbnail((1400, 2000))
    return _address(upright)


def _address(picture: Any) -> str:
    target = io.BytesIO()
    picture.save(target, "WEBP", quality=82)
    return "data:image/webp;base64," + base64.b64encode(target.getvalue()).decode()
