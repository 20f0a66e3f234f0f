import pytest

from resume_review.documents import IntegrityKind, Limits, read_document
from resume_review.documents.markdown import read_markdown
from resume_review.documents.model import BlockKind
from resume_review.documents.reading import UnreadableError
from resume_review.documents.text import decode, read_text

pytestmark = pytest.mark.unit

JAPANESE = "職務経歴書\n山田太郎です。開発に従事しました。"
GERMAN = "Geschäftsführer für Süddeutschland – Größe"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"])
def test_japanese_encodings_are_told_apart(encoding: str) -> None:
    assert decode(JAPANESE.encode(encoding)) == JAPANESE


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-be"])
def test_western_encodings_are_told_apart(encoding: str) -> None:
    assert decode(GERMAN.encode(encoding)) == GERMAN


def test_a_text_longer_than_any_resume_is_refused() -> None:
    with pytest.raises(UnreadableError):
        read_text(b"word " * 100, limits=Limits(text_chars=100))


def words(line_number: int, source: str) -> str:
    reading = read_markdown(source.encode(), limits=Limits())
    return " ".join(piece.text for piece in reading.lines[line_number].pieces)


RENDERED = {
    "**Senior** _Manager_ at `Acme`": "Senior Manager at Acme",
    "[Profile](https://example.com/x)": "Profile",
    "A &amp; B <!-- hidden -->": "A & B",
    "snake_case_name": "snake_case_name",
    "![photo](me.png) Jane": "Jane",
}


@pytest.mark.parametrize("source", RENDERED)
def test_markdown_is_read_as_rendered(source: str) -> None:
    assert words(0, source) == RENDERED[source]


def test_markdown_headings_and_items_keep_their_level() -> None:
    reading = read_markdown(b"## Experience\n- one\n  - two\n", limits=Limits())

    assert [(line.kind, line.level) for line in reading.lines] == [
        (BlockKind.HEADING, 2),
        (BlockKind.BULLET, 1),
        (BlockKind.BULLET, 2),
    ]


def test_markdown_front_matter_is_no_text() -> None:
    reading = read_markdown(b"---\ntitle: x\n---\nJane Doe\n", limits=Limits())

    assert len(reading.lines) == 1


def test_markdown_link_targets_are_kept() -> None:
    reading = read_markdown(b"[Code](https://github.com/jane)", limits=Limits())

    assert reading.targets == [("Code", "https://github.com/jane")]


LINES = {
    "- Presented findings to lenders on 5 refinancings": BlockKind.BULLET,
    "- Trained 2000 users in 6 countries": BlockKind.BULLET,
    "- Current accounts of 12 banks reconciled within a week": BlockKind.BULLET,
}


@pytest.mark.parametrize("line", LINES)
def test_a_dash_before_a_word_that_looks_like_a_date_opens_a_bullet(line: str) -> None:
    document = read_document(f"Experience\n{line}\n\nEDUCATION\n".encode(), "resume.txt")

    assert [
        block.kind for block in document.blocks if line.endswith(document.text[block.start : block.end][-9:])
    ] == [LINES[line]]


HIDDEN = {
    "Kuber\u200bnetes": True,
    "Led \u2060\u200d\u200b8 people": True,
    "顧客\u2060\u200d\u200bの提案": True,
    "顧客\u200bの提案": False,
}


@pytest.mark.parametrize("text", HIDDEN)
def test_runs_of_signs_without_width_are_reported(text: str) -> None:
    document = read_document(f"{text}\n".encode(), "resume.txt")

    assert (IntegrityKind.ZERO_WIDTH in {mark.kind for mark in document.integrity}) is HIDDEN[text]
    assert "\u200b" not in document.text
