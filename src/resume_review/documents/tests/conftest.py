"""Word documents made of raw markup, so that a test can write what no word processor would."""

import io
import zipfile
from collections.abc import Callable

import pytest

from resume_review.documents import Document, read_document

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BODY = "".join(
    f"<w:p><w:r><w:t>Visible line number {n} with some words in it.</w:t></w:r></w:p>" for n in range(8)
)

ReadDocx = Callable[..., Document]


def make_docx(body: str, *, parts: dict[str, str], relations: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", "<Types/>")
        pack.writestr(
            "word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}{BODY}</w:body></w:document>"
        )
        pack.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        )
        for name, content in parts.items():
            pack.writestr(name, content)
    return target.getvalue()


@pytest.fixture
def read_docx() -> ReadDocx:
    """Read a document made of the given body markup, parts and relations; some plain lines follow the body."""

    def read(body: str, *, parts: dict[str, str] | None = None, relations: str = "") -> Document:
        return read_document(make_docx(body, parts=parts or {}, relations=relations), "cv.docx")

    return read


@pytest.fixture
def namespaces() -> str:
    return NAMESPACES


@pytest.fixture
def relation() -> Callable[..., str]:
    def one(identifier: str, kind: str, target: str, *, external: bool = False) -> str:
        mode = ' TargetMode="External"' if external else ""
        return f'<Relationship Id="{identifier}" Type="{RELATED}/{kind}" Target="{target}"{mode}/>'

    return one
