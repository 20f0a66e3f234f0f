import msgspec
import pytest

from resume_review.cli.reports import content
from resume_review.cli.reports.catalog import Catalog
from resume_review.documents import Block, BlockKind, Document
from resume_review.rubric.model import Finding, Review, Scores

pytestmark = pytest.mark.unit


def test_clean_removes_what_could_steer_a_terminal_or_turn_the_text() -> None:
    assert content.clean("a\x1b[31mred\x07 \u202etxt.\u200bexe\n b") == "a[31mred txt.exe b"


def test_visible_keeps_lines() -> None:
    assert content.visible("one\r\n\ttwo\u200d") == "one\n two"


def test_excerpt_shows_the_quote_in_its_line(document: Document, finding: Finding) -> None:
    found = content.excerpt(finding, document)

    assert found == content.Excerpt(
        before="", quote="Responsible for managing", after=" a team of four analysts across two workstreams"
    )


def test_excerpt_follows_a_bullet_over_its_lines(document: Document, finding: Finding) -> None:
    text = "• Responsible for managing\nfour analysts\n• Next"
    bullet = Block(start=0, end=text.index("\n• Next"), page=1, kind=BlockKind.BULLET)
    wrapped = msgspec.structs.replace(document, text=text, blocks=[bullet])

    found = content.excerpt(msgspec.structs.replace(finding, start=2, end=26), wrapped)

    assert found == content.Excerpt("", "Responsible for managing", " four analysts")


def test_excerpt_without_a_document_is_the_quote(finding: Finding) -> None:
    assert content.excerpt(finding, None) == content.Excerpt("", "Responsible for managing", "")


def test_excerpt_of_something_missing_is_none(document: Document, finding: Finding) -> None:
    missing = msgspec.structs.replace(finding, quote=None, start=None, end=None)

    assert content.excerpt(missing, document) is None


def test_excerpt_that_is_not_at_its_place_shows_no_foreign_words(
    document: Document, finding: Finding
) -> None:
    moved = msgspec.structs.replace(finding, start=0, end=5)

    assert content.excerpt(moved, document) == content.Excerpt("", "Responsible for managing", "")


def test_excerpt_cuts_a_long_line_around_the_quote(document: Document, finding: Finding) -> None:
    text = f"{'before ' * 40}Responsible for managing{' after' * 40}"
    start = text.index("Responsible")
    long = msgspec.structs.replace(document, text=text)

    found = content.excerpt(msgspec.structs.replace(finding, start=start, end=start + 24), long)

    assert found is not None
    assert found.before.startswith("…before")
    assert found.after.endswith("after…")
    assert max(len(found.before), len(found.after)) <= content.CONTEXT + 1


def test_groups_keep_the_order_of_first_appearance(finding: Finding) -> None:
    other = msgspec.structs.replace(finding, check="CON09")

    groups = content.grouped([finding, other, finding])

    assert [(group.lead.check, len(group.findings)) for group in groups] == [("CON01", 2), ("CON09", 1)]


def test_what_all_findings_of_a_group_say_is_said_once(finding: Finding) -> None:
    other = msgspec.structs.replace(finding, message="Another duty.")

    group = content.Group((finding, other))

    assert group.suggestion == "Start with what you did and end with the result."
    assert group.message is None


def test_messages_that_differ_in_the_quote_alone_are_said_once(finding: Finding) -> None:
    first = msgspec.structs.replace(finding, quote="Helped", message='"Helped" hides your part.')
    other = msgspec.structs.replace(finding, quote="Worked", message='"Worked" hides your part.')

    assert content.Group((first, other)).message == '"Helped" hides your part.'


def test_score_groups_leave_out_what_is_not_scored(review: Review, words: Catalog) -> None:
    unscored = msgspec.structs.replace(review, scores=Scores())

    assert content.score_groups(unscored, words) == []


def test_tier_evidence_is_quoted_from_the_document(review: Review, document: Document) -> None:
    assert content.tier_evidence(review, document) == [content.clean(document.text[40:60])]


@pytest.mark.parametrize(
    ("score", "tone"), [(100, "good"), (60, "good"), (59, "fair"), (50, "fair"), (49, "poor"), (0, "poor")]
)
def test_tone_follows_the_bands(score: int, tone: str) -> None:
    assert content.tone(score) == tone
