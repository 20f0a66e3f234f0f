"""XML parsed without entities, without network and without growing."""

from typing import TypeAlias

from lxml import etree

from resume_review.documents.model import Status
from resume_review.documents.reading import UnreadableError

# lxml has no public name for the class of its elements.
Element: TypeAlias = etree._Element  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def parse_xml(data: bytes) -> Element:
    """Parse one part of a container.

    Raises:
        UnreadableError: The markup is broken or meant to exhaust its reader.
    """
    # A text may be as long as the limits of the container allow, but no word processor declares entities.
    if b"<!DOCTYPE" in data[:2048] or b"<!ENTITY" in data[:4096]:
        raise UnreadableError(
            Status.TOO_LARGE,
            "The file defines entities, which no word processor writes. Save it again and upload the new copy.",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(
            Status.MALFORMED,
            "The file is damaged and cannot be opened. Save it again and upload the new copy.",
        ) from error
