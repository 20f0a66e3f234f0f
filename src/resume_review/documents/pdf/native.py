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

_POINTER = ctypes.c_void_p
_INT = ctypes.c_int
UINT = ctypes.c_uint
FLOAT = ctypes.c_float
_DOUBLE = ctypes.c_double

# The result and the arguments of each call.
_SIGNATURES: dict[str, tuple[type, tuple[type, ...]]] = {
    "FPDF_InitLibrary": (_INT, ()),
    "FPDF_LoadMemDocument64": (_POINTER, (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p)),
    "FPDF_GetLastError": (ctypes.c_ulong, ()),
    "FPDF_CloseDocument": (_INT, (_POINTER,)),
    "FPDF_GetMetaText": (ctypes.c_ulong, (_POINTER, ctypes.c_char_p, _POINTER, ctypes.c_ulong)),
    "FPDF_GetPageCount": (_INT, (_POINTER,)),
    "FPDF_LoadPage": (_POINTER, (_POINTER, _INT)),
    "FPDF_ClosePage": (_INT, (_POINTER,)),
    "FPDF_GetPageWidthF": (FLOAT, (_POINTER,)),
    "FPDF_GetPageHeightF": (FLOAT, (_POINTER,)),
    "FPDF_GetPageBoundingBox": (_INT, (_POINTER, _POINTER)),
    "FPDFPage_GetRotation": (_INT, (_POINTER,)),
    "FPDFPage_Flatten": (_INT, (_POINTER, _INT)),
    "FPDFPage_CountObjects": (_INT, (_POINTER,)),
    "FPDFPage_GetObject": (_POINTER, (_POINTER, _INT)),
    "FPDFPage_GetAnnotCount": (_INT, (_POINTER,)),
    "FPDFPageObj_GetType": (_INT, (_POINTER,)),
    "FPDFPageObj_GetBounds": (_INT, (_POINTER, _POINTER, _POINTER, _POINTER, _POINTER)),
    "FPDFPageObj_GetFillColor": (_INT, (_POINTER, _POINTER, _POINTER, _POINTER, _POINTER)),
    "FPDFPageObj_SetFillColor": (_INT, (_POINTER, UINT, UINT, UINT, UINT)),
    "FPDFPageObj_SetIsActive": (_INT, (_POINTER, _INT)),
    "FPDFPageObj_GetMatrix": (_INT, (_POINTER, _POINTER)),
    "FPDFFormObj_CountObjects": (_INT, (_POINTER,)),
    "FPDFFormObj_GetObject": (_POINTER, (_POINTER, ctypes.c_ulong)),
    "FPDFImageObj_GetImagePixelSize": (_INT, (_POINTER, _POINTER, _POINTER)),
    "FPDFTextObj_GetTextRenderMode": (_INT, (_POINTER,)),
    "FPDFTextObj_SetTextRenderMode": (_INT, (_POINTER, _INT)),
    "FPDFTextObj_GetFont": (_POINTER, (_POINTER,)),
    "FPDFTextObj_GetFontSize": (_INT, (_POINTER, _POINTER)),
    "FPDFFont_GetBaseFontName": (ctypes.c_size_t, (_POINTER, _POINTER, ctypes.c_size_t)),
    "FPDFFont_GetWeight": (_INT, (_POINTER,)),
    "FPDFFont_GetIsEmbedded": (_INT, (_POINTER,)),
    "FPDFText_LoadPage": (_POINTER, (_POINTER,)),
    "FPDFText_ClosePage": (_INT, (_POINTER,)),
    "FPDFText_CountChars": (_INT, (_POINTER,)),
    "FPDFText_GetUnicode": (UINT, (_POINTER, _INT)),
    "FPDFText_GetLooseCharBox": (_INT, (_POINTER, _INT, _POINTER)),
    "FPDFText_GetCharOrigin": (_INT, (_POINTER, _INT, _POINTER, _POINTER)),
    "FPDFText_GetTextObject": (_POINTER, (_POINTER, _INT)),
    "FPDFText_GetCharAngle": (FLOAT, (_POINTER, _INT)),
    "FPDFText_GetMatrix": (_INT, (_POINTER, _INT, _POINTER)),
    "FPDFBitmap_CreateEx": (_POINTER, (_INT, _INT, _INT, _POINTER, _INT)),
    "FPDFBitmap_FillRect": (_INT, (_POINTER, _INT, _INT, _INT, _INT, ctypes.c_ulong)),
    "FPDFBitmap_Destroy": (_INT, (_POINTER,)),
    "FPDF_RenderPageBitmap": (_INT, (_POINTER, _POINTER, _INT, _INT, _INT, _INT, _INT, _INT)),
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
