import random
from types import ModuleType

import pytest

from resume_review.documents.pdf import read_pdf

pytestmark = pytest.mark.unit

LEFT = [
    "Contact",
    "jane@example.com",
    "Berlin, Germany",
    "Skills",
    "Python and SQL for",
    "analysis of large data",
    "German, English",
]
RIGHT = [
    "Experience", "Analyst at Northwind Traders, working with", "several teams on reports that the board",
    "reads every month and acts upon in the", "following quarter of the year", "Education", "Master of Science",
]  # fmt: skip


def two_columns(make: ModuleType) -> tuple[list[str], list[str]]:
    """The same writing lines left and right, so that only the words tell columns from rows."""
    return make.lines(50, 700, LEFT), make.lines(230, 693, RIGHT)


def test_columns_drawn_one_after_the_other_are_read_so(make: ModuleType) -> None:
    left, right = two_columns(make)
    reading = read_pdf(make.Builder(["".join(left + right)]).data())
    assert make.text_of(reading).split("\n") == LEFT + RIGHT


def test_columns_drawn_row_by_row_are_read_column_by_column(make: ModuleType) -> None:
    left, right = two_columns(make)
    content = "".join(a + b for a, b in zip(left, right, strict=True))
    reading = read_pdf(make.Builder([content]).data())
    assert make.text_of(reading).split("\n") == LEFT + RIGHT


def test_shuffled_columns_are_put_in_order(make: ModuleType) -> None:
    left, right = two_columns(make)
    pieces = left + right
    random.Random(3).shuffle(pieces)
    reading = read_pdf(make.Builder(["".join(pieces)]).data())
    assert make.text_of(reading).split("\n") == LEFT + RIGHT


def test_columns_are_counted_and_lines_know_theirs(make: ModuleType) -> None:
    left, right = two_columns(make)
    reading = read_pdf(make.Builder(["".join(left + right)]).data())
    assert reading.layout.columns == [2]
    assert [line.column for line in reading.lines] == [0] * len(LEFT) + [1] * len(RIGHT)


def test_shuffled_lines_of_one_column_are_read_from_the_top(make: ModuleType) -> None:
    texts = ["Jane Doe", *RIGHT]
    pieces = make.lines(60, 700, texts)
    random.Random(5).shuffle(pieces)
    reading = read_pdf(make.Builder(["".join(pieces)]).data())
    assert make.text_of(reading).split("\n") == texts


def test_words_drawn_in_any_order_become_lines(make: ModuleType) -> None:
    pieces = [make.show(72, 700, "Jane"), make.show(99, 700, "Doe"), make.show(120, 700, "Analyst")]
    reading = read_pdf(make.Builder([pieces[2] + pieces[0] + pieces[1]]).data())
    assert make.text_of(reading) == "Jane Doe Analyst"


def test_dates_at_the_right_margin_stay_in_their_line(make: ModuleType) -> None:
    content = ""
    for n in range(4):
        top = 700 - 60 * n
        content += make.show(60, top, f"Analyst number {n}") + make.show(480, top, f"201{n} - 201{n + 1}")
        content += "".join(
            make.lines(
                60,
                top - 14,
                ["Northwind Traders", "wrote reports for the board and the", "owners of the firm"],
            )
        )
    reading = read_pdf(make.Builder([content]).data())
    assert "Analyst number 0 2010 - 2011" in make.text_of(reading)
    assert reading.layout.columns == [1]


def test_dates_drawn_after_their_entry_return_to_its_first_line(make: ModuleType) -> None:
    content = ""
    for n, place in enumerate(["Berlin", "Amsterdam", "Oslo"]):
        top = 700 - 60 * n
        content += "".join(
            make.lines(60, top, [f"Analyst number {n}", "wrote reports for the board", "and the owners"])
        )
        content += make.show(560 - 5.0 * len(place), top, place, font="F1", size=10)
    reading = read_pdf(make.Builder([content]).data())
    assert make.text_of(reading).split("\n")[0].startswith("Analyst number 0")


def test_label_column_drawn_line_by_line_keeps_sentences_whole(make: ModuleType) -> None:
    content = ""
    for n in range(4):
        top = 700 - 50 * n
        content += make.show(50, top, f"0{n}/2019 -") + make.show(
            200, top, "Planned the move of three plants and led the"
        )
        content += make.show(50, top - 13, "today") + make.show(
            200, top - 13, "work of nine people in two countries without"
        )
        content += make.show(200, top - 26, "loss of a single day")
    text = make.text_of(read_pdf(make.Builder([content]).data())).replace("\n", " ")
    assert text.count("led the work of nine people in two countries without loss of a single day") == 4


def test_label_column_counts_as_a_table(make: ModuleType) -> None:
    content = ""
    for n in range(5):
        content += make.show(50, 700 - 40 * n, f"0{n}/2019") + make.show(
            200, 700 - 40 * n, "Planned the move of plants"
        )
        content += make.show(200, 687 - 40 * n, "and led the work of nine people")
    layout = read_pdf(make.Builder([content]).data()).layout
    assert (layout.tables, layout.columns) == (1, [1])


def test_list_marks_are_no_table(make: ModuleType) -> None:
    content = "".join(
        make.show(72, 700 - 14 * n, "\u2022") + make.show(90, 700 - 14 * n, "Led the work of nine people")
        for n in range(6)
    )
    assert read_pdf(make.Builder([content]).data()).layout.tables == 0


def test_turned_text_is_kept(make: ModuleType) -> None:
    content = (
        "".join(make.lines(100, 700, RIGHT)) + "q BT /F1 14 Tf 0 1 -1 0 50 600 Tm (Profile of Jane) Tj ET Q\n"
    )
    reading = read_pdf(make.Builder([content]).data())
    assert "Profile of Jane" in make.text_of(reading)


def test_narrow_gutter_is_no_blank(make: ModuleType) -> None:
    left = [
        "Consulting on cost reduction, process-",
        "timing, project leads",
        "Tools are SAP, Excel and more",
    ]
    right = [
        "Analyst",
        "Northwind Traders in Berlin",
        "Planned the move of plants",
        "and led nine people",
        "Manager",
    ]
    content = "".join(make.lines(50, 700, left)) + "".join(make.lines(226, 700, right))
    text = make.text_of(read_pdf(make.Builder([content]).data()))
    assert text.split("\n")[-5:] == right


def test_stretched_blanks_of_a_justified_line_are_no_columns(make: ModuleType) -> None:
    words = {"Mapped": 36.1, "and": 16.7, "improved": 41.1, "processes": 45.6}
    content, x = "", 72.0
    for word, width in words.items():
        content += make.show(round(x, 2), 700, word)
        x += width + 16
    content += "".join(make.lines(72, 687, ["with process mining and saved", "seven days"]))
    lines = read_pdf(make.Builder([content]).data()).lines
    assert [len(line.pieces) for line in lines] == [4, 5, 2]


def test_marks_of_a_list_are_no_column(make: ModuleType) -> None:
    items = ["SQL for the forecast of demand", "Python for 12 models of risk", "A plan for 25 stores"]
    content = "".join(
        mark + text
        for mark, text in zip(make.lines(50, 700, ["*"] * 3), make.lines(80, 700, items), strict=True)
    )
    reading = read_pdf(make.Builder([content]).data())
    assert make.text_of(reading).split("\n") == [f"* {item}" for item in items]
