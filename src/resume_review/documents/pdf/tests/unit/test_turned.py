"""Text that does not simply run from left to right: leaning, turned, set from top to bottom, drawn across a page."""

from types import ModuleType

import pytest

from resume_review.documents.pdf import read_pdf

pytestmark = pytest.mark.unit

BODY = [
    "Planned the move of three plants and led the work", "of nine people in two countries without the loss",
    "of a single day and with less money than planned", "while the old plants went on working as before",
]  # fmt: skip


def placed(matrix: str, text: str, *, size: float = 10) -> str:
    return f"q BT /F1 {size} Tf {matrix} Tm ({text}) Tj ET Q\n"


def test_words_of_leaning_text_are_kept_apart(make: ModuleType) -> None:
    content = placed("1 0 0.25 1 72 700", "Orchid") + placed("1 0 0.25 1 104.3 700", "Bay")
    assert make.text_of(read_pdf(make.Builder([content]).data())) == "Orchid Bay"


def test_short_leaning_word_stays_in_its_line(make: ModuleType) -> None:
    content = (
        placed("1 0 0.25 1 72 700", "Albany,")
        + placed("1 0 0.25 1 110 700", "NY")
        + "".join(make.lines(72, 680, BODY))
    )
    assert make.text_of(read_pdf(make.Builder([content]).data())).split("\n")[0] == "Albany, NY"


def test_watermark_across_the_text_cuts_no_sentence(make: ModuleType) -> None:
    mark = "q 0.85 g BT /F1 70 Tf 0.766 0.643 -0.643 0.766 120 560 Tm (DRAFT) Tj ET Q\n"
    pieces = make.lines(72, 700, BODY)
    text = make.text_of(read_pdf(make.Builder(["".join([*pieces[2:], mark, *pieces[:2]])]).data()))
    assert text.split("\n") == [*BODY, "DRAFT"]


def test_letters_of_a_turned_heading_are_one_word(make: ModuleType) -> None:
    widths = {
        "E": 6.67,
        "d": 5.56,
        "u": 5.56,
        "c": 5.0,
        "a": 5.56,
        "t": 2.78,
        "i": 2.22,
        "o": 5.56,
        "n": 5.56,
    }
    y, content = 640.0, ""
    for letter in "Education":
        content += placed(f"0 1 -1 0 60 {y:.2f}", letter)
        y += widths[letter]
    content += "".join(make.lines(100, 700, BODY))
    assert "Education" in make.text_of(read_pdf(make.Builder([content]).data())).split("\n")


def test_lines_set_from_top_to_bottom_are_read_from_the_right(make: ModuleType) -> None:
    columns = ["東都大学経済学部卒業", "営業部で企画を担当", "資格は簿記二級です"]
    content = "".join(
        make.kana(500 - 20 * n, 700 - 10 * place, letter)
        for n, column in enumerate(columns)
        for place, letter in enumerate(column)
    )
    text = make.text_of(read_pdf(make.saved(make.japanese(make.Builder([content]).pdf()))))
    assert text.split("\n") == columns


def test_japanese_label_starts_a_line_of_its_own(make: ModuleType) -> None:
    content = make.kana(72, 700, "事業戦略と業務改革および企業価値評価") + make.kana(
        72, 686, "ツール: 表計算と統計の道具を使用中"
    )
    reading = read_pdf(make.saved(make.japanese(make.Builder([content]).pdf())))
    assert [line.joined for line in reading.lines] == [False, False]


def test_japanese_sentence_goes_on_after_a_number(make: ModuleType) -> None:
    content = (
        make.kana(72, 700, "基幹システムの刷新で十名のチームを統括し年間")
        + make.kana(292, 700, "12")
        + make.kana(72, 686, "億円の費用を減らしました")
    )
    reading = read_pdf(make.saved(make.japanese(make.Builder([content]).pdf())))
    assert [line.joined for line in reading.lines] == [False, True]


def test_number_in_a_line_from_top_to_bottom_has_no_blanks(make: ModuleType) -> None:
    content = "".join(make.kana(500, 700 - 10 * place, letter) for place, letter in enumerate("十名と年間"))
    content += placed("0 -1 1 0 502 658", "12")
    content += "".join(make.kana(500, 637 - 10 * place, letter) for place, letter in enumerate("億円を担当"))
    text = make.text_of(read_pdf(make.saved(make.japanese(make.Builder([content]).pdf()))))
    assert text == "十名と年間12億円を担当"
