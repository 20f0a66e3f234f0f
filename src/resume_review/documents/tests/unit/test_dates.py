import pytest

from resume_review.documents.dates import PartialDate, find_dates

pytestmark = pytest.mark.unit

RANGES = {
    "Jan 2020 – Present": ("2020-01", None, True),
    "06/2018 - 12/2019": ("2018-06", "2019-12", False),
    "10/2023 – heute": ("2023-10", None, True),
    "01/2024 – aujourd'hui": ("2024-01", None, True),
    "2024年4月 〜 現在": ("2024-04", None, True),
    "令和2年4月～令和4年3月": ("2020-04", "2022-03", False),
    "平成元年4月 - 平成2年3月": ("1989-04", "1990-03", False),
    "2019–20": ("2019", "2020", False),
    "Jan – Mar 2020": ("2020-01", "2020-03", False),
    "Seit 03/2019": ("2019-03", None, True),
    "Aug '19 to Sept. '21": ("2019-08", "2021-09", False),
    "01.10.2015 – 30.09.2018": ("2015-10", "2018-09", False),
    "janv. 2020 – déc. 2021": ("2020-01", "2021-12", False),
    "01/20 - 03/22": ("2020-01", "2022-03", False),
    "2015-09 - 2017-06": ("2015-09", "2017-06", False),
    "1 January 2019 - 3 March 2020": ("2019-01", "2020-03", False),
}


@pytest.mark.parametrize("text", RANGES)
def test_ranges_are_read_in_the_forms_resumes_use(text: str) -> None:
    spans = find_dates(text)

    assert [(str(s.begin), str(s.finish) if s.finish else None, s.current) for s in spans] == [RANGES[text]]


@pytest.mark.parametrize("text", RANGES)
def test_a_range_spans_exactly_its_words(text: str) -> None:
    padded = f"Analyst, {text} | Berlin"

    spans = find_dates(padded)

    assert padded[spans[0].start : spans[0].end] == text


@pytest.mark.parametrize(
    "text", ["312-555-0163", "saved $2020 a year", "2,019 users", "Manager may lead", "Projektleiter"]
)
def test_numbers_and_words_that_are_no_dates_are_left_alone(text: str) -> None:
    assert find_dates(text) == []


def test_a_day_that_could_be_a_month_leaves_the_month_open() -> None:
    spans = find_dates("03/04/2019")

    assert spans[0].finish == PartialDate(2019)


def test_months_of_a_year_alone_run_from_january_to_december() -> None:
    year = PartialDate(2020)

    assert year.months(end=True) - year.months() == 11


def test_partial_dates_survive_being_written() -> None:
    assert PartialDate.parse(str(PartialDate(2020, 3))) == PartialDate(2020, 3)
