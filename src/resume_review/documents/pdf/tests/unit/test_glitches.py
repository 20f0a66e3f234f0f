from types import ModuleType

import pikepdf
import pytest

from resume_review.documents.model import GlitchKind
from resume_review.documents.pdf import read_pdf
from resume_review.documents.reading import Piece

pytestmark = pytest.mark.unit


def read(make: ModuleType, said: str) -> list[Piece]:
    """The pieces of `Tel X 555 aXb`, where the font says that X stands for `said`."""
    made = make.Builder([make.show(72, 700, "Tel X 555 aXb")]).pdf()
    meant = said.encode("utf-16-be").hex()
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
        f"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <58> <{meant}> endbfchar "
        "endcmap end end"
    )
    font = made.pages[0].obj["/Resources"]["/Font"]["/F1"]
    font["/ToUnicode"] = pikepdf.Stream(made, cmap.encode())
    return [piece for line in read_pdf(make.saved(made)).lines for piece in line.pieces]


@pytest.mark.parametrize("said", ["\uf095", "\ue0b1", "\ufffd"])
def test_a_sign_without_meaning_is_left_out_and_marks_the_word_after_it(make: ModuleType, said: str) -> None:
    pieces = read(make, said)

    assert [piece.text for piece in pieces[:2]] == ["Tel", "555"]
    assert [piece.glitch for piece in pieces[:2]] == [None, GlitchKind.ICON]


def test_a_sign_beyond_the_first_plane_is_one_character(make: ModuleType) -> None:
    pieces = read(make, "\U0001f4de")

    assert [piece.text for piece in pieces] == ["Tel", "\U0001f4de", "555", "a\U0001f4deb"]


def test_a_letter_without_meaning_stays_visible_inside_its_word(make: ModuleType) -> None:
    pieces = read(make, "\ufffd")

    assert pieces[-1].text == "a\ufffdb"


def test_a_control_code_inside_a_word_is_a_lost_letter(make: ModuleType) -> None:
    pieces = read(make, "\x0c")

    assert GlitchKind.UNREADABLE in {piece.glitch for piece in pieces}
