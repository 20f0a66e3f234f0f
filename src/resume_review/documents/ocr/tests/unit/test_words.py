import pytest
from PIL import Image, ImageDraw

from resume_review.documents.ocr.ink import Ink
from resume_review.documents.ocr.picture import Picture
from resume_review.documents.ocr.words import recognised
from resume_review.documents.reading import PageSize

pytestmark = pytest.mark.unit

LINE = "<span class='ocr_line' title='bbox 0 100 700 130; baseline 0 -5; x_size 30'>{}</span>"


def word(text: str, x0: int, x1: int, *, confidence: int = 90) -> str:
    return f"<span class='ocrx_word' title='bbox {x0} 100 {x1} 125; x_wconf {confidence}'>{text}</span>"


def read(*lines: str) -> list[str]:
    picture = Picture(Image.new("L", (720, 720), 255), PageSize(720, 720))
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><body>" + "".join(lines) + "</body></html>"
    return [found.text for found in recognised(page.encode(), picture).words]


def test_words_keep_their_place_and_size() -> None:
    picture = Picture(Image.new("L", (720, 720), 255), PageSize(360, 360))

    (found,) = recognised(LINE.format(word("Leeds", 100, 200)).encode(), picture).words

    assert found.box() == (50, 50, 100, 62.5)
    assert (found.base, found.size) == (62.5, 15)


def test_japanese_recognised_in_pieces_is_one_word() -> None:
    line = LINE.format(word("経営", 0, 60) + word("コンサルタント", 62, 260) + word("東京", 400, 460))

    assert read(line) == ["経営コンサルタント", "東京"]


def test_stains_are_no_words() -> None:
    assert read(LINE.format(word("Leeds", 0, 100) + word("~", 200, 210, confidence=9))) == ["Leeds"]


def test_sign_alone_before_text_is_a_list_mark() -> None:
    assert read(LINE.format(word("e", 0, 10) + word("Led", 40, 90))) == ["•", "Led"]


def test_sign_inside_a_line_stays() -> None:
    assert read(LINE.format(word("Led", 0, 60) + word("+", 80, 90) + word("ran", 110, 160))) == [
        "Led",
        "+",
        "ran",
    ]


def test_broken_answer_gives_what_can_be_read() -> None:
    assert read("<b>", LINE.format(word("Leeds", 0, 100))) == ["Leeds"]


def test_empty_answer_has_no_words() -> None:
    picture = Picture(Image.new("L", (72, 72), 255), PageSize(72, 72))

    assert recognised(b"", picture).words == []


@pytest.mark.parametrize(
    ("shape", "seen"), [((20, 90, 28, 98), True), ((0, 92, 30, 95), False), ((20, 60, 40, 100), False)]
)
def test_only_a_small_round_mark_counts(shape: tuple[int, int, int, int], seen: bool) -> None:
    image = Image.new("L", (400, 200), 255)
    ImageDraw.Draw(image).ellipse(shape, fill=0)
    ImageDraw.Draw(image).rectangle((50, 80, 200, 105), fill=0)

    found = Ink(image, 72.0).mark_before((50, 80, 200, 105), 105.0, 30.0)

    assert (found is not None) == seen
