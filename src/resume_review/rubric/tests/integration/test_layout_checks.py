"""Checks on what only a page shows, on documents that are given a layout."""

from collections.abc import Callable

import msgspec
import pytest

from resume_review.documents import Document, Font, Glitch, GlitchKind, Ink, Kind, Layout, Page
from resume_review.rubric.checks import ats, completeness, formatting
from resume_review.rubric.checks.base import Run
from resume_review.rubric.context import Context
from resume_review.rubric.registry import chosen_checks
from resume_review.rubric.reviewing import evaluate
from resume_review.rubric.scoring import entries, score

pytestmark = pytest.mark.integration

SOUND = Layout(
    columns=[1],
    fonts=[Font(name="ABCDEF+Lato-Bold", size=11, share=0.2), Font(name="Lato-Regular", size=11, share=0.8)],
    body_size=11.0,
    margins=(54.0, 54.0, 54.0, 54.0),
)
MANY_FONTS = [
    Font(name=name, size=11, share=0.2) for name in ("Lato", "Arial", "Courier", "Times", "Georgia")
]
PALE = Ink(start=200, end=205, colour="888888", behind="FFFFFF", contrast=3.54, size=10.5)
MANY_SIZES = [Font(name="Lato", size=size, share=0.1) for size in (8, 9, 10, 11, 12, 14, 18)]


@pytest.fixture
def with_layout(
    read_markdown: Callable[[str], Document], context_of: Callable[[Document], Context], clean: str
) -> Callable[[Layout], Context]:
    document = read_markdown(clean)

    def make(layout: Layout) -> Context:
        source = msgspec.structs.replace(document.source, kind=Kind.PDF)
        return context_of(msgspec.structs.replace(document, source=source, layout=layout))

    return make


@pytest.mark.parametrize(
    ("check", "change"),
    [
        (ats.columns, {"columns": [1, 2]}),
        (ats.tables, {"tables": 1}),
        (ats.pictures, {"pictures": 3}),
        (ats.icon_glyphs, {"glitches": [Glitch(start=0, end=5, kind=GlitchKind.ICON)]}),
        (ats.broken_encoding, {"glitches": [Glitch(start=0, end=5, kind=GlitchKind.SPACED)]}),
        (ats.broken_encoding, {"glitches": [Glitch(start=0, end=5, kind=GlitchKind.UNREADABLE)]}),
        (formatting.low_contrast, {"inks": [PALE]}),
        (formatting.fonts, {"fonts": MANY_FONTS}),
        (formatting.fonts, {"fonts": MANY_SIZES}),
        (formatting.body_size, {"body_size": 8.0}),
        (formatting.body_size, {"body_size": 14.0}),
        (formatting.margins, {"margins": (20.0, 54.0, 54.0, 54.0)}),
        (completeness.personal_data, {"photo": True, "images": 1}),
    ],
)
def test_layout_fault_is_found(
    with_layout: Callable[[Layout], Context], check: Run, change: dict[str, object]
) -> None:
    sound = check(with_layout(SOUND))
    faulty = check(with_layout(msgspec.structs.replace(SOUND, **change)))

    assert sound is not None
    assert sound.hits == ()
    assert faulty is not None
    assert len(faulty.hits) == 1


@pytest.mark.parametrize(
    "check", [ats.columns, ats.tables, formatting.fonts, formatting.body_size, formatting.margins]
)
def test_layout_check_does_not_apply_without_layout(
    read_markdown: Callable[[str], Document],
    context_of: Callable[[Document], Context],
    clean: str,
    check: Run,
) -> None:
    assert check(context_of(read_markdown(clean))) is None


def test_contact_only_in_the_header(
    read_markdown: Callable[[str], Document], context_of: Callable[[Document], Context], clean: str
) -> None:
    document = read_markdown(clean.replace("maria.keller@example.com | +44 20 7946 0958 | ", ""))
    source = msgspec.structs.replace(document.source, kind=Kind.DOCX)
    layout = Layout(header_footer=["maria.keller@example.com · +44 20 7946 0958"])
    context = context_of(msgspec.structs.replace(document, source=source, layout=layout))

    moved, missing = ats.contact_in_header(context), completeness.email(context)

    assert moved is not None
    assert len(moved.hits) == 1
    assert missing is not None
    assert missing.hits == ()


def test_contact_in_the_header_is_found_on_its_words_however_they_are_broken(
    read_markdown: Callable[[str], Document], context_of: Callable[[Document], Context], clean: str
) -> None:
    document = read_markdown(clean)
    head = document.text[: document.text.index("\n", document.text.index("@"))]
    source = msgspec.structs.replace(document.source, kind=Kind.DOCX)
    layout = Layout(header_footer=["  ".join(head.split())])
    context = context_of(msgspec.structs.replace(document, source=source, layout=layout))

    outcome = ats.contact_in_header(context)

    assert outcome is not None
    assert [context.text[hit.start : hit.end] for hit in outcome.hits] == ["maria.keller@example.com"]


def test_a_japanese_and_two_latin_families_are_not_too_many(
    with_layout: Callable[[Layout], Context],
) -> None:
    fonts = [
        Font(name="Yu Mincho", size=11, share=0.7, wide=True),
        Font(name="Yu Gothic", size=11, share=0.1, wide=True),
        Font(name="Century", size=11, share=0.1),
        Font(name="Arial", size=11, share=0.07),
        Font(name="Wingdings", size=11, share=0.03),
    ]

    outcome = formatting.fonts(with_layout(msgspec.structs.replace(SOUND, fonts=fonts)))

    assert outcome is not None
    assert outcome.hits == ()


@pytest.mark.parametrize(
    "change", [{"size": 18.0}, {"size": 14.0, "bold": True}, {"start": 0, "end": 5}, {"contrast": 4.5}]
)
def test_large_words_and_headings_may_be_paler(
    with_layout: Callable[[Layout], Context], change: dict[str, object]
) -> None:
    ink = msgspec.structs.replace(PALE, **change)

    outcome = formatting.low_contrast(with_layout(msgspec.structs.replace(SOUND, inks=[ink])))

    assert outcome is not None
    assert outcome.hits == ()


def test_page_without_text_but_with_a_picture(
    read_markdown: Callable[[str], Document], context_of: Callable[[Document], Context], clean: str
) -> None:
    document = read_markdown(clean)
    end = len(document.text)
    pages = [*document.pages, Page(number=2, width=595, height=842, start=end, end=end)]
    source = msgspec.structs.replace(document.source, kind=Kind.PDF)
    scanned = msgspec.structs.replace(document, source=source, pages=pages, layout=Layout(images=1))

    outcome = ats.text_layer(context_of(scanned))

    assert outcome is not None
    assert [hit.values["page"] for hit in outcome.hits] == ["2"]


def test_photo_changes_no_score(with_layout: Callable[[Layout], Context]) -> None:
    plain = with_layout(SOUND)
    portrait = with_layout(msgspec.structs.replace(SOUND, photo=True, images=1, pictures=0))

    first, second = (score(entries(evaluate(context, chosen_checks()))) for context in (plain, portrait))

    assert first == second
