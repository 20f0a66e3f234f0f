"""What cannot be judged gets a status and says what to do; it never gets a score."""

import io
from datetime import date

import pikepdf
import pytest

from resume_review.documents.reader import read_document
from resume_review.rubric import ReviewStatus, UnknownCheckError, UnknownIndustryError, review

pytestmark = pytest.mark.integration

LETTER_JA = """\
拝啓 貴社ますますご清栄のこととお慶び申し上げます。このたび貴社の求人に応募いたしたく、職務経歴書を同封いたしました。
ご査収のほどよろしくお願い申し上げます。前職では営業として五年間勤務し、多くの顧客と関係を築いてまいりました。
貴社の事業に強く惹かれ、これまでの経験を生かして貢献したいと考えております。
ぜひ面接の機会をいただけますようお願い申し上げます。敬具
"""
ADVERT_JA = """\
募集要項

仕事内容:大手企業の基幹システム刷新を主導していただきます。

応募資格(必須条件)
- クラウド移行のプロジェクトを統括し、年間10億円の費用を削減した経験
- 50名以上のチームを率いた経験

待遇:年収1,200万円。福利厚生も充実しています。ご応募をお待ちしています。
"""
LOREM = "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt. " * 20
RECIPE = "Preheat the oven to 180 degrees. Mix 200 g flour with 2 eggs and bake for 30 minutes. " * 12
CODE = "def main():\n    return [x for x in range(10)]\n\nclass A:\n    pass\n" * 20
TABLE = "name,age,city\nBob,3,Leeds\n" * 40
NUMBERS = "1 2 3 4 5 6 7 8 9\n" * 60
PRIVATE_SIGNS = "".join(chr(0xE000 + number % 200) for number in range(3000))


def _pages(*, password: str = "") -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (LETTER_JA, ReviewStatus.NOT_A_RESUME),
        (ADVERT_JA * 2, ReviewStatus.NOT_A_RESUME),
        (LOREM, ReviewStatus.NOT_A_RESUME),
        (RECIPE, ReviewStatus.NOT_A_RESUME),
        (CODE, ReviewStatus.NOT_A_RESUME),
        (TABLE, ReviewStatus.NOT_A_RESUME),
        (NUMBERS, ReviewStatus.NOT_A_RESUME),
        (" \n\n ", ReviewStatus.INSUFFICIENT_TEXT),
        ("", ReviewStatus.UNREADABLE),
    ],
    ids=["letter", "advert", "filler", "recipe", "code", "table", "numbers", "blank", "empty"],
)
def test_text_that_is_no_resume_has_no_score(text: str, status: ReviewStatus, today: date) -> None:
    answer = review(
        read_document(text.encode(), "file.txt"), industry="strategy_consulting", review_date=today
    )

    assert (answer.status, answer.scores.overall) == (status, None)
    assert answer.message
    assert answer.findings == []


@pytest.mark.parametrize(
    ("data", "name", "status"),
    [
        (_pages(), "blank.pdf", ReviewStatus.INSUFFICIENT_TEXT),
        (_pages(password="secret"), "locked.pdf", ReviewStatus.ENCRYPTED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.doc", ReviewStatus.UNSUPPORTED),
        (_pages()[:200], "half.pdf", ReviewStatus.UNREADABLE),
        (PRIVATE_SIGNS.encode(), "signs.txt", None),
    ],
    ids=["blank", "locked", "old", "half", "private signs"],
)
def test_file_that_cannot_be_read_has_no_score(
    data: bytes, name: str, status: ReviewStatus | None, today: date
) -> None:
    answer = review(read_document(data, name), industry="strategy_consulting", review_date=today)

    assert answer.status is not ReviewStatus.COMPLETED
    assert status is None or answer.status is status
    assert answer.scores.overall is None
    assert answer.message


def test_wrong_codes_are_refused_before_the_resume_is_looked_at(today: date) -> None:
    document = read_document(b"", "empty.txt")

    with pytest.raises(UnknownIndustryError, match="strategy_consulting"):
        review(document, industry="strategy", review_date=today)
    with pytest.raises(UnknownCheckError, match="CON01"):
        review(document, industry="strategy_consulting", review_date=today, select=["CON010"])
    with pytest.raises(UnknownCheckError, match="choose one of"):
        review(document, industry="strategy_consulting", review_date=today, severities={"CON01": 4})
