import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resume_review.documents import read_document
from resume_review.documents.assembly import assemble
from resume_review.documents.model import Document, Span, Value
from resume_review.documents.reading import Line, PageSize, Piece, Reading
from resume_review.documents.units import make_units

pytestmark = pytest.mark.unit

word = st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=8)
line = st.lists(word, min_size=1, max_size=6)


def reading_of(lines: list[list[str]], *, joined: bool = False) -> Reading:
    return Reading(
        pages=[PageSize(600, 800)],
        lines=[
            Line(
                page=1,
                pieces=[
                    Piece(text, (10.0 * x, 20.0 * y, 10.0 * x + 8, 20.0 * y + 10))
                    for x, text in enumerate(texts)
                ],
                block=y,
                joined=joined and y == 1,
            )
            for y, texts in enumerate(lines)
        ],
    )


@given(st.lists(line, max_size=6))
def test_every_word_stands_where_it_says(lines: list[list[str]]) -> None:
    assembled = assemble(reading_of(lines))

    found = [assembled.text[w.start : w.end] for w in assembled.pages[0].words]
    assert len(found) == sum(map(len, lines))
    assert all(text.strip() == text != "" for text in found)


@given(st.lists(line, min_size=1, max_size=6))
def test_units_cover_the_words_in_order_and_never_overlap(lines: list[list[str]]) -> None:
    units = make_units(assemble(reading_of(lines)))

    assert all(before.end <= after.start for before, after in itertools.pairwise(units))
    assert all(len(unit.text) == unit.end - unit.start for unit in units)


def test_a_hyphenated_word_is_one_word_in_the_text() -> None:
    assembled = assemble(reading_of([["manage"], ["ment", "team"]], joined=True))

    assert assembled.text == "management team"


def test_lines_are_separated_by_line_breaks() -> None:
    assert assemble(reading_of([["one"], ["two"]])).text == "one\ntwo"


def test_text_is_composed() -> None:
    assert assemble(reading_of([["Mu\u0308ller"]])).text == "Müller"


def spans_of(document: Document) -> list[tuple[int, int]]:
    fields = document.fields
    values: list[Value] = [*fields.emails, *fields.phones, *fields.links, *fields.skills, *fields.languages]
    values += [value for value in (fields.name, fields.headline, fields.location) if value]
    spans: list[Span] = [bullet for role in fields.roles for bullet in role.bullets]
    spans += [
        span
        for role in fields.roles
        for span in (role.title_span, role.employer_span, role.dates_span)
        if span
    ]
    places = [(value.start, value.end) for value in values] + [(span.start, span.end) for span in spans]
    places += [(entry.start, entry.end) for entry in [*fields.roles, *fields.education]]
    return places + [(part.start, part.end) for part in [*document.sections, *document.blocks]]


PIECES = st.sampled_from(
    ["Experience", "Education", "Skills", "Senior Manager", "Acme Ltd, Berlin", "Jan 2020 – Present", "2019", "• Led 4 people",
     "jane@example.com", "+49 30 1234567", "職務経歴", "株式会社未来 部長", "2015年4月 〜 現在", "MSc Finance", "University of X",
     "Python, SQL | R", "(", "–", "Tools:", "linkedin.com/in/jane", "A", "", "\t", "1.", "東京大学 経済学部 卒業"]
)  # fmt: skip


# The first example loads the word lists, which says nothing of the time of a resume.
@settings(deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_every_fact_points_into_the_text(lines: list[str]) -> None:
    document = read_document(("Jane Doe\n" + "\n".join(lines)).encode(), "cv.txt")

    assert document.status.value in ("ok", "insufficient_text")
    assert all(0 <= start < end <= len(document.text) for start, end in spans_of(document))


# A picture among the examples starts text recognition.
@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    document = read_document(data, "cv.txt")

    assert "stopped its reading" not in document.message
