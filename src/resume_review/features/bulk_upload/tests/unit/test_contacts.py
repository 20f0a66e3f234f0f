import pytest

from resume_review.features.bulk_upload.contacts import Contact, new_candidate, same_name, split_name
from resume_review.features.bulk_upload.errors import NameMissingError
from resume_review.features.bulk_upload.schemas import CandidateDetails

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Jane Doe", ("Jane", "Doe")),
        ("Ana de la Cruz", ("Ana", "de la Cruz")),
        ("山田 太郎", ("太郎", "山田")),
        ("やまだ　たろう", ("たろう", "やまだ")),
        ("Cher", None),
        ("", None),
    ],
)
def test_a_name_is_split_where_that_is_certain(name: str, parts: tuple[str, str] | None) -> None:
    assert split_name(name) == parts


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("JANE DOE", True),
        ("Doe Jane", True),
        ("Jané Doé", True),
        ("Ｊａｎｅ Doe", True),
        ("Jane M Doe", False),
        ("Jane Do", False),
    ],
)
def test_names_are_compared_without_case_accents_and_width(name: str, same: bool) -> None:
    assert same_name(name, "Jane", "Doe") is same


def test_a_japanese_name_matches_without_its_space() -> None:
    assert same_name("山田太郎", "太郎", "山田")


def test_what_a_person_sends_goes_before_what_was_read() -> None:
    contact = Contact(name="Jane Doe", email="jane@example.com", company="Acme")

    body = new_candidate(contact, CandidateDetails(last_name="Smith"))

    assert (body.first_name, body.last_name, body.email, body.current_company) == (
        "Jane",
        "Smith",
        "jane@example.com",
        "Acme",
    )


def test_what_was_read_badly_is_left_out() -> None:
    body = new_candidate(Contact(name="Jane Doe", email="jane@@example", phone="1" * 80), None)

    assert (body.email, body.phone) == (None, None)


def test_nobody_is_registered_without_a_name() -> None:
    with pytest.raises(NameMissingError):
        new_candidate(Contact(name="Cher"), None)
