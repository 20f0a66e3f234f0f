import pytest

from resume_review.features.auth.errors import WeakPasswordError
from resume_review.features.auth.passwords import require_strong

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "password",
    [
        "elevenchars",
        "x" * 129,
        "aaaaaaaaaaaaaa",
        "abababababab",
        "password12345",
        "passwordpassword",
        "robin-is-the-best",
    ],
    ids=["short", "long", "one letter", "two letters", "common", "common twice", "holds the e-mail's name"],
)
def test_an_easy_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        require_strong(password, email="robin@agency.example")


@pytest.mark.parametrize(
    "password",
    ["twelve chars", "correct horse battery staple", "履歴書を読む人のための合言葉", "x7Kd-9!" * 18],
    ids=["shortest", "phrase", "japanese", "longest"],
)
def test_a_good_password_is_accepted(password: str) -> None:
    require_strong(password, email="robin@agency.example")


def test_a_name_of_a_few_letters_is_in_many_good_passwords() -> None:
    require_strong("correct horse battery staple", email="rr@agency.example")
