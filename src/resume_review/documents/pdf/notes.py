"""Links of an open page, and whether something else is fastened to it."""

from typing import Any

from resume_review.documents.pdf import native
from resume_review.documents.pdf.findings import UNSAFE_SCHEMES, Link

_LINK, _POPUP = 2, 16
_LONGEST_ADDRESS = 4096
_MOST_LINKS = 2000


class CloserLookError(Exception):
    """The page holds what only a look at the file's objects can judge."""


def page_links(document: int, page: int, number: int) -> list[Link]:
    """Links to addresses.

    Raises:
        CloserLookError: Something else than links is fastened to the page, or a link is not of the plain kind.
    """
    library: Any = native.library()
    count = int(library.FPDFPage_GetAnnotCount(page))
    if count > _MOST_LINKS:
        raise CloserLookError
    for index in range(count):
        note = library.FPDFPage_GetAnnot(page, index)
        kind = int(library.FPDFAnnot_GetSubtype(note)) if note else 0
        if note:
            library.FPDFPage_CloseAnnot(note)
        if kind not in {_LINK, _POPUP}:
            raise CloserLookError
    links: list[Link] = []
    place, found, edges = (
        native.Numbers(native.INT, 1),
        native.Numbers(native.POINTER, 1),
        native.Numbers(native.FLOAT, 4),
    )
    while count and library.FPDFLink_Enumerate(page, place.addresses[0], found.addresses[0]):
        link = found.integers()[0]
        address = _address(library, document, link)
        if address.lower().startswith(UNSAFE_SCHEMES):
            raise CloserLookError
        if address and library.FPDFLink_GetAnnotRect(link, edges.addresses[0]):
            left, top, right, bottom = edges.values()
            box = (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
            links.append((number, box, address))
    return links


def _address(library: Any, document: int, link: int) -> str:
    action = library.FPDFLink_GetAction(link)
    if not action:
        return ""
    buffer = native.Text(_LONGEST_ADDRESS)
    library.FPDFAction_GetURIPath(document, action, buffer.address, _LONGEST_ADDRESS)
    return buffer.value()
