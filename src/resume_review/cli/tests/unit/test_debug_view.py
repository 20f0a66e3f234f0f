import re

import msgspec
import pytest

from resume_review.cli.debug.shapes import facts_of, page_shapes
from resume_review.cli.debug.view import page
from resume_review.documents import Box, Document, IntegrityKind, IntegrityMark, Word, read_document

pytestmark = pytest.mark.unit

RESUME = (
    b"# Maya <Okafor>\n\nmaya@example.com\n\n## Experience\n\n- Led a team of seven\n- Cut costs by a third\n"
)


@pytest.fixture
def flowing() -> Document:
    """A document of a format without pages."""
    return read_document(RESUME, "maya.md")


@pytest.fixture
def placed(flowing: Document) -> Document:
    """The same with its words on a page, line under line."""
    words = [
        Word(start=found.start(), end=found.end(), box=box_of(flowing.text, found))
        for found in re.finditer(r"\S+", flowing.text)
    ]
    only = msgspec.structs.replace(flowing.pages[0], width=600.0, height=800.0, words=words)
    mark = IntegrityMark(
        kind=IntegrityKind.HIDDEN_TEXT, page=1, box=(5, 5, 50, 9), text="hire me", detail="White."
    )
    return msgspec.structs.replace(flowing, pages=[only], integrity=[mark])


def box_of(text: str, found: re.Match[str]) -> Box:
    row = text.count("\n", 0, found.start())
    column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
    return (10.0 * column, 20.0 * row, 10.0 * (column + len(found.group())), 20.0 * row + 12)


def test_page_asks_nobody_for_anything(placed: Document) -> None:
    html = page([(placed, {1: "data:image/webp;base64,AAAA"})])

    assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", html)
    assert "default-src 'none'" in html


def test_words_of_the_resume_are_no_markup(flowing: Document) -> None:
    assert "<Okafor>" not in page([(flowing, {})])


def test_every_layer_has_its_shapes(placed: Document) -> None:
    layers = {shape.layer for shape in page_shapes(placed, placed.pages[0])}

    assert layers == {"section", "column", "block", "line", "word", "fact", "order", "mark"}


def test_blocks_are_numbered_in_reading_order(placed: Document) -> None:
    labels = [shape.label for shape in page_shapes(placed, placed.pages[0]) if shape.layer == "block"]

    assert labels == [str(number) for number in range(1, len(placed.blocks) + 1)]


def test_going_up_the_page_starts_a_column(placed: Document) -> None:
    only = placed.pages[0]
    raised = [msgspec.structs.replace(word, box=(300, 0, 340, 12)) for word in only.words[-1:]]
    last = placed.blocks[-1]
    blocks = [*placed.blocks[:-1], msgspec.structs.replace(last, start=raised[0].start)]
    moved = msgspec.structs.replace(placed, blocks=blocks)

    shapes = page_shapes(moved, msgspec.structs.replace(only, words=[*only.words[:-1], *raised]))

    assert sum(shape.layer == "column" for shape in shapes) == 2


def test_facts_are_listed_with_their_words(placed: Document) -> None:
    mail = next(fact for fact in facts_of(placed) if fact.name == "e-mail")

    assert placed.text[mail.span.start : mail.span.end] == "maya@example.com"
    assert f'data-key="1-{mail.key}"' in page([(placed, {})])


def test_text_without_pages_keeps_every_word(flowing: Document) -> None:
    shown = re.sub(
        r"<[^>]+>", "", page([(flowing, {})]).partition('class="sheet"')[2].partition("<aside>")[0]
    )

    assert all(word in shown for word in ("maya@example.com", "Experience", "seven", "third"))


def test_refused_file_says_why() -> None:
    document = read_document(b"", "empty.pdf")

    assert document.message in page([(document, {})])
