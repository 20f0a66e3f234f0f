import pytest

from resume_review.documents.pdf.hyphens import breaks_words, join, only_at_line_ends

pytestmark = pytest.mark.unit

NOTHING: frozenset[str] = frozenset()


def test_word_broken_by_the_typesetter_loses_its_hyphen() -> None:
    assert join("manage-", "ment", vocabulary=NOTHING, breaking=True) == "manage"


def test_compound_keeps_its_hyphen_where_the_program_breaks_words() -> None:
    assert join("cross-", "border", vocabulary=NOTHING, breaking=True) == "cross-"


def test_hyphen_stays_where_the_program_does_not_break_words() -> None:
    assert join("medical-", "device", vocabulary=NOTHING, breaking=False) == "medical-"


def test_whole_word_elsewhere_in_the_document_settles_it() -> None:
    assert join("manage-", "ment", vocabulary=frozenset({"management"}), breaking=False) == "manage"


@pytest.mark.parametrize(("last", "following"), [("ERP-", "Systemen"), ("24-", "month"), ("co-", "Founder")])
def test_hyphen_stays_before_capitals_and_after_numbers(last: str, following: str) -> None:
    assert join(last, following, vocabulary=NOTHING, breaking=True) == last


def test_web_address_goes_on_with_its_hyphen() -> None:
    assert join("linkedin.com/in/jane-", "doe", vocabulary=NOTHING, breaking=True) == "linkedin.com/in/jane-"


@pytest.mark.parametrize(
    ("last", "following"),
    [
        ("jane.doe@exam", "ple.com"),
        ("jane@", "example.com"),
        ("https://github.com/", "janedoe"),
        ("jane.doe", "@example.com"),
    ],
)
def test_address_broken_without_hyphen_goes_on(last: str, following: str) -> None:
    assert join(last, following, vocabulary=NOTHING, breaking=False) == last


@pytest.mark.parametrize(
    ("last", "following"),
    [("2019 -", "2020"), ("-", "item"), ("jane@example.com", "Berlin"), ("plain", "words"), ("-", "")],
)
def test_other_lines_stay_apart(last: str, following: str) -> None:
    assert join(last.rsplit(maxsplit=1)[-1], following, vocabulary=NOTHING, breaking=True) is None


@pytest.mark.parametrize(
    "producer", ["TeX pdfTeX-1.40.24", "Typst 0.15.0", "LaTeX with hyperref", "Adobe InDesign 20"]
)
def test_typesetters_break_words(producer: str) -> None:
    assert breaks_words(producer)


@pytest.mark.parametrize("producer", ["Skia/PDF m156", "Microsoft Word", "TextEdit", "Context Writer", ""])
def test_other_programs_do_not(producer: str) -> None:
    assert not breaks_words(producer)


def test_hyphen_sign_kept_for_broken_words_is_removed() -> None:
    joined = join("re\u2010", "engineered", vocabulary=NOTHING, breaking=False, signed=True)
    assert joined == "re"


def test_hyphen_sign_inside_lines_says_nothing_about_line_ends() -> None:
    assert not only_at_line_ends(["a cross\u2010border deal"])


@pytest.mark.parametrize(("last", "following"), [("jane@example.co", "m"), ("jane@example.", "com")])
def test_address_cut_by_a_narrow_column_goes_on(last: str, following: str) -> None:
    assert join(last, following, vocabulary=NOTHING, breaking=False) == last
