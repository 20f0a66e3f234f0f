"""Whatever the bytes are: an answer, with spans and boxes that hold, and no failure inside.

`make fuzz EXAMPLES=20000` runs the same with many more, random examples.
"""

import html
import importlib.util
import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from resume_review.documents import Document, read_document
from resume_review.documents.ocr.picture import file_pictures
from resume_review.documents.reading import UnreadableError

pytestmark = pytest.mark.integration


def load(path: Path) -> ModuleType:
    """Test folders are no packages, so what stands beside the tests is loaded by its path."""
    name = f"resume_review_document_tests_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


PARTS = Path(__file__).parents[2]
mutation = load(PARTS / "tests" / "mutation.py")
builder = load(PARTS / "pdf" / "tests" / "builder.py")

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "1000"))
REPEATABLE = "FUZZ_EXAMPLES" not in os.environ


def examples(share: float) -> settings:
    return settings(
        max_examples=max(1, round(EXAMPLES * share)),
        derandomize=REPEATABLE,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


class Failures(logging.Handler):
    """Collects what the reader logs when something inside it failed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{getattr(record, 'error', '')} in {getattr(record, 'where', '')}")


@pytest.fixture(scope="module")
def failures() -> Iterator[Failures]:
    handler = Failures()
    logger = logging.getLogger("resume_review.documents.pipeline")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


def assert_holds(data: bytes, name: str, failures: Failures) -> Document:
    failures.seen.clear()
    document = read_document(data, name)
    assert failures.seen == []
    assert mutation.faults(document) == []
    return document


def as_docx(lines: list[str]) -> bytes:
    made = docx.Document()
    for number, line in enumerate(lines):
        text = "".join(char for char in line if char.isprintable())
        if number % 5 == 4:
            made.add_table(rows=1, cols=2).cell(0, 1).text = text
        else:
            made.add_paragraph(text, style=["Normal", "Heading 1", "List Bullet"][number % 3])
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def as_pdf(lines: list[str]) -> bytes:
    shown = [line.encode("cp1252", "replace").decode("cp1252").replace("\n", " ") for line in lines]
    left = builder.lines(50, 740, shown[::2])
    right = builder.lines(330, 740, shown[1::2], size=9)
    return builder.Builder(pages=["".join(left + right), "".join(right)]).data()


def as_text(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


def as_markdown(lines: list[str]) -> bytes:
    return ("# " + "\n\n".join(lines)).encode()


def as_rtf(lines: list[str]) -> bytes:
    return ("{\\rtf1\\ansi " + "\\par ".join(lines) + "}").encode("utf-8", "replace")


def as_html(lines: list[str]) -> bytes:
    return (
        "<html><body>" + "".join(f"<p>{html.escape(line)}</p>" for line in lines) + "</body></html>"
    ).encode()


MAKERS: dict[str, Callable[[list[str]], bytes]] = {
    "cv.txt": as_text,
    "cv.md": as_markdown,
    "cv.html": as_html,
    "cv.rtf": as_rtf,
    "cv.docx": as_docx,
    "cv.pdf": as_pdf,
}
SAMPLE = [
    "Maya Okafor", "maya@example.com | +44 20 7946 0157", "Experience", "Engagement Manager, Northwind, Jan 2019 - May 2021",
    "• Led a team of seven people on the growth strategy of a retailer", "• Cut invoice handling from nine days to three",
    "Education", "MSc Economics, University of Leeds, 2014 - 2016", "Skills", "SQL, Python, Excel",
]  # fmt: skip


@cache
def whole() -> dict[str, bytes]:
    """An undamaged file of every kind."""
    return {name: make(SAMPLE * 2) for name, make in MAKERS.items()}


def test_damage_is_done_to_good_files(failures: Failures) -> None:
    assert {assert_holds(data, name, failures).status for name, data in whole().items()} == {"ok"}


@given(name=st.sampled_from(sorted(MAKERS)), lines=mutation.LINES)
@examples(0.25)
def test_any_text_in_any_format(name: str, lines: list[str], failures: Failures) -> None:
    assert_holds(MAKERS[name](lines), name, failures)


@given(name=st.sampled_from(sorted(MAKERS)), other=st.sampled_from(sorted(MAKERS)), edits=mutation.EDITS)
@examples(0.35)
def test_damaged_file(name: str, other: str, edits: list[object], failures: Failures) -> None:
    assert_holds(mutation.damaged(whole()[name], edits, whole()[other][200:]), name, failures)


@given(
    part=st.sampled_from(
        ["word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml"]
    ),
    edits=mutation.EDITS,
)
@examples(0.2)
def test_damaged_part_of_a_whole_container(part: str, edits: list[object], failures: Failures) -> None:
    def damage(xml: bytes) -> bytes:
        return mutation.damaged(xml, edits, b"<w:tbl/></w:p>")

    data = mutation.rezipped(whole()["cv.docx"], part, damage)

    assert_holds(data, "cv.docx", failures)


@given(data=st.binary(max_size=400), name=st.sampled_from([*MAKERS, "cv", "cv.png"]))
@examples(0.1)
def test_any_bytes(data: bytes, name: str, failures: Failures) -> None:
    assert_holds(data, name, failures)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP"])
@given(edits=mutation.EDITS)
@examples(0.016)
def test_damaged_picture_is_decoded_or_refused(form: str, edits: list[object]) -> None:
    target = io.BytesIO()
    Image.effect_noise((60, 80), 80).save(target, form)
    data = mutation.damaged(target.getvalue(), edits, b"")

    try:
        pictures = list(file_pictures(data, most=2))
    except UnreadableError as error:
        pictures, refusal = [], error.message
    else:
        refusal = ""

    assert bool(pictures) != bool(refusal)
    assert all(picture.image.mode == "L" and picture.dpi > 0 for picture in pictures)
