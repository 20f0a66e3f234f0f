import pytest

from resume_review.core.folding import fold, grams, word_grams

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  José   GARCÍA ", "jose garcia"),
        ("Straße", "strasse"),
        ("Łukasz Øst", "lukasz ost"),
        ("O’Brien", "obrien"),
        ("Ｊａｎｅ　Ｄｏｅ", "jane doe"),
        ("ﾔﾏﾀﾞ", "やまだ"),
        ("ヤマダ", "やまだ"),
        ("やまた", "やまた"),
        ("ジョン・スミス", "じょん すみす"),
        ("İstanbul", "istanbul"),
        ("山田太郎", "山田太郎"),
        ("ﬁ", "fi"),
    ],
)
def test_text_is_folded_to_its_plainest_form(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("text", ["José GARCÍA", "ヤマダ", "Ｊａｎｅ", "Straße ß", "가나다"])
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("word", ["jane", "an", "ne", "e", "山", "太郎", "j"])
def test_a_text_has_all_grams_of_a_word_in_it(word: str) -> None:
    text = "jane e 山田太郎"

    assert word_grams(word) <= grams(text)


def test_one_letter_asks_for_the_start_of_a_word() -> None:
    assert word_grams("d") <= grams("jane doe")
    assert not word_grams("o") <= grams("jane doe")
