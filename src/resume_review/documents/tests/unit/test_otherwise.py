import pytest

from resume_review.documents import OtherKind, not_a_resume, read_document

pytestmark = pytest.mark.unit

WORDS = (
    "These are some more words, so that the paper is long enough to be judged at all by anyone who reads it. "
    * 2
)
PAPERS = {
    f"Jane Doe\njane@example.com\n\nDear Ms Smith,\nI apply for the post of analyst. {WORDS}\nKind regards\nJane": OtherKind.LETTER,
    f"Sehr geehrte Damen und Herren,\nhiermit bewerbe ich mich. {WORDS}\nMit freundlichen Grüßen\nJana": OtherKind.LETTER,
    f"Senior Analyst (m/f)\nWe are looking for an analyst.\nWe offer good pay. {WORDS}\nApply now!": OtherKind.ADVERT,
    f"Invoice 2024-17\nBill to: Contoso Ltd\nSubtotal 100\nVAT 19\nAmount due 119\n{WORDS}": OtherKind.INVOICE,
    "Acme Ltd\nInvoice 2024-113\nbilling@example.com\n"
    + "Item 1 2 pcs 30.00\nDate 2023-01 - 2023-03\n" * 12: OtherKind.INVOICE,
    f"Jane Doe\nInvoice Specialist\njane@example.com\nAnalyst, Contoso Ltd, 2019 – 2022\nAnalyst, Fabrikam Ltd, 2016 – 2019\n{WORDS}": None,
    f"A recipe for bread.\n{WORDS}": OtherKind.OTHER,
    f"Jane Doe\njane@example.com\nExperience\nAnalyst, Contoso Ltd, 2019 – 2022\nEducation\nMSc, Wexford University\n{WORDS}": None,
    f"Dear Ms Smith,\n{WORDS}\nKind regards\n\nExperience\nAnalyst | 2019 – 2022\nContoso Ltd\n\nEducation\nMSc, Wexford University, 2019": None,
}


@pytest.mark.parametrize("text", PAPERS)
def test_papers_that_are_no_resume_are_named(text: str) -> None:
    document = read_document(text.encode(), "paper.txt")

    assert not_a_resume(document) is PAPERS[text]
