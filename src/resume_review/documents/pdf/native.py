"""The few PDFium calls that reading needs, bound so that a page of glyphs costs a few milliseconds.

The bundled ctypes bindings build a pointer object for every argument; here addresses are plain integers and whole
arrays are filled by `map`, which keeps the loop out of the interpreter.
"""

import ctypes
import importlib.util
from collections import deque
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

from resume_review.documents.pdf.standin import replace_installed_fonts

POINTER = ctypes.c_void_p
INT = ctypes.c_int
UINT = ctypes.c_uint
FLOAT = ctypes.c_float
_DOUBLE = ctypes.c_double

# The result and the arguments of each call.
_SIGNATURES: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "FPDF_InitLibrary": (INT, ()),
    "FPDF_SetSystemFontInfo": (None, (POINTER,)),
    "FPDF_LoadMemDocument64": (POINTER, (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p)),
    "FPDF_GetLastError": (ctypes.c_ulong, ()),
    "FPDF_CloseDocument": (INT, (POINTER,)),
    "FPDF_GetMetaText": (ctypes.c_ulong, (POINTER, ctypes.c_char_p, POINTER, ctypes.c_ulong)),
    "FPDF_GetPageCount": (INT, (POINTER,)),
    "FPDF_LoadPage": (POINTER, (POINTER, INT)),
    "FPDF_ClosePage": (INT, (POINTER,)),
    "FPDF_GetPageWidthF": (FLOAT, (POINTER,)),
    "FPDF_GetPageHeightF": (FLOAT, (POINTER,)),
    "FPDF_GetPageBoundingBox": (INT, (POINTER, POINTER)),
    "FPDFPage_GetRotation": (INT, (POINTER,)),
    "FPDFPage_Flatten": (INT, (POINTER, INT)),
    "FPDFPage_CountObjects": (INT, (POINTER,)),
    "FPDFPage_GetObject": (POINTER, (POINTER, INT)),
    "FPDFPage_GetAnnotCount": (INT, (POINTER,)),
    "FPDFPage_GetAnnot": (POINTER, (POINTER, INT)),
    "FPDFPage_CloseAnnot": (None, (POINTER,)),
    "FPDFAnnot_GetSubtype": (INT, (POINTER,)),
    "FPDFLink_Enumerate": (INT, (POINTER, POINTER, POINTER)),
    "FPDFLink_GetAnnotRect": (INT, (POINTER, POINTER)),
    "FPDFLink_GetAction": (POINTER, (POINTER,)),
    "FPDFAction_GetURIPath": (ctypes.c_ulong, (POINTER, POINTER, POINTER, ctypes.c_ulong)),
    "FPDFPageObj_GetType": (INT, (POINTER,)),
    "FPDFPageObj_GetBounds": (INT, (POINTER, POINTER, POINTER, POINTER, POINTER)),
    "FPDFPageObj_GetFillColor": (INT, (POINTER, POINTER, POINTER, POINTER, POINTER)),
    "FPDFPageObj_SetFillColor": (INT, (POINTER, UINT, UINT, UINT, UINT)),
    "FPDFPageObj_SetIsActive": (INT, (POINTER, INT)),
    "FPDFPageObj_GetMatrix": (INT, (POINTER, POINTER)),
    "FPDFFormObj_CountObjects": (INT, (POINTER,)),
    "FPDFFormObj_GetObject": (POINTER, (POINTER, ctypes.c_ulong)),
    "FPDFImageObj_GetImagePixelSize": (INT, (POINTER, POINTER, POINTER)),
    "FPDFTextObj_GetTextRenderMode": (INT, (POINTER,)),
    "FPDFTextObj_SetTextRenderMode": (INT, (POINTER, INT)),
    "FPDFTextObj_GetFont": (POINTER, (POINTER,)),
    "FPDFTextObj_GetFontSize": (INT, (POINTER, POINTER)),
    "FPDFFont_GetBaseFontName": (ctypes.c_size_t, (POINTER, POINTER, ctypes.c_size_t)),
    "FPDFFont_GetWeight": (INT, (POINTER,)),
    "FPDFFont_GetIsEmbedded": (INT, (POINTER,)),
    "FPDFFont_GetFontData": (INT, (POINTER, POINTER, ctypes.c_size_t, POINTER)),
    "FPDFText_LoadPage": (POINTER, (POINTER,)),
    "FPDFText_ClosePage": (INT, (POINTER,)),
    "FPDFText_CountChars": (INT, (POINTER,)),
    "FPDFText_GetUnicode": (UINT, (POINTER, INT)),
    "FPDFText_GetLooseCharBox": (INT, (POINTER, INT, POINTER)),
    "FPDFText_GetCharOrigin": (INT, (POINTER, INT, POINTER, POINTER)),
    "FPDFText_GetTextObject": (POINTER, (POINTER, INT)),
    "FPDFText_GetMatrix": (INT, (POINTER, INT, POINTER)),
    "FPDFBitmap_CreateEx": (POINTER, (INT, INT, INT, POINTER, INT)),
    "FPDFBitmap_FillRect": (INT, (POINTER, INT, INT, INT, INT, ctypes.c_ulong)),
    "FPDFBitmap_Destroy": (INT, (POINTER,)),
    "FPDF_RenderPageBitmap": (INT, (POINTER, POINTER, INT, INT, INT, INT, INT, INT)),
}


@cache
def library() -> ctypes.PyDLL:
    """The PDFium library that comes with pypdfium2, started once per process.

    Raises:
        RuntimeError: The installed wheel holds no library for this machine.
    """
    spec = importlib.util.find_spec("pypdfium2_raw")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    found = [path for path in sorted(folder.glob("*pdfium*")) if path.suffix in {".so", ".dylib", ".dll"}]
    if not found:
        raise RuntimeError("PDFium is missing: reinstall pypdfium2 for this machine")
    loaded = ctypes.PyDLL(str(found[0]))
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(loaded, name)
        function.restype = result
        function.argtypes = arguments
    loaded.FPDF_InitLibrary()
    replace_installed_fonts(loaded)
    return loaded


def loose_boxes(text_page: int, count: int) -> list[float]:
    """Loose boxes of all characters, four numbers each: left, top, right, bottom in PDF space."""
    buffer = (FLOAT * (4 * count))()
    start = ctypes.addressof(buffer)
    call = library().FPDFText_GetLooseCharBox
    deque(map(call, repeat(text_page, count), range(count), range(start, start + 16 * count, 16)), maxlen=0)
    return list(buffer)


def origins(text_page: int, count: int) -> list[float]:
    """Pen positions of all characters, two numbers each, in PDF space."""
    buffer = (_DOUBLE * (2 * count))()
    start = ctypes.addressof(buffer)
    end = start + 16 * count
    call = library().FPDFText_GetCharOrigin
    indices = range(count)
    deque(
        map(call, repeat(text_page, count), indices, range(start, end, 16), range(start + 8, end + 8, 16)),
        maxlen=0,
    )
    return list(buffer)


def codes(text_page: int, count: int) -> list[int]:
    """Unicode code points; 0 where the font does not say."""
    return list(map(library().FPDFText_GetUnicode, repeat(text_page, count), range(count)))


def text_objects(text_page: int, count: int) -> list[int | None]:
    """Address of the text object of each character; null for spaces and breaks that PDFium made up."""
    return list(map(library().FPDFText_GetTextObject, repeat(text_page, count), range(count)))


class Numbers:
    """Numbers that PDFium fills in, with their addresses ready to pass."""

    __slots__ = ("_block", "addresses")

    def __init__(self, kind: Any, count: int) -> None:
        self._block = (kind * count)()
        start = ctypes.addressof(self._block)
        self.addresses = [start + index * ctypes.sizeof(kind) for index in range(count)]

    def values(self) -> list[float]:
        return list(self._block)

    def integers(self) -> list[int]:
        return list(self._block)


class Text:
    """A block of bytes for a short string."""

    __slots__ = ("_block", "address")

    def __init__(self, size: int) -> None:
        self._block = ctypes.create_string_buffer(size)
        self.address = ctypes.addressof(self._block)

    def value(self) -> str:
        return self._block.value.decode("utf-8", "replace")

    def wide(self) -> str:
        """The text PDFium wrote as UTF-16."""
        return self._block.raw.decode("utf-16-le", "replace").split("\0", 1)[0]
