import pytest

from resume_review.features.resume_upload.downloads import Part, asked_part, disposition, is_known
from resume_review.features.resume_upload.errors import RangeError

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("name", "plain", "full"),
    [
        ("cv.pdf", "cv.pdf", "cv.pdf"),
        ('a"; filename="evil.html', "a__ filename=_evil.html", "a%22%3B%20filename%3D%22evil.html"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf", "aSet-Cookie%3A%20x%3D1.pdf"),
        ("../../etc/passwd", "passwd", "passwd"),
        ("履歴書.pdf", "___.pdf", "%E5%B1%A5%E6%AD%B4%E6%9B%B8.pdf"),
        ("a\u202efdp.exe", "afdp.exe", "afdp.exe"),
        ("\x00", "resume", "resume"),
        ("🦊.pdf", "_.pdf", "%F0%9F%A6%8A.pdf"),
    ],
)
def test_case_15_a_name_stays_inside_its_header(name: str, plain: str, full: str) -> None:
    assert disposition(name) == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, Part(0, 100, 100)),
        ("bytes=0-9", Part(0, 10, 100)),
        ("bytes=90-", Part(90, 100, 100)),
        ("bytes=-10", Part(90, 100, 100)),
        ("bytes=0-999", Part(0, 100, 100)),
        ("bytes=-999", Part(0, 100, 100)),
        ("bytes=5-2", Part(0, 100, 100)),
        ("bytes=0-1,5-6", Part(0, 100, 100)),
        ("lines=1-2", Part(0, 100, 100)),
        ("bytes=-", Part(0, 100, 100)),
    ],
)
def test_a_range_is_one_part_or_the_whole_file(header: str | None, part: Part) -> None:
    assert asked_part(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(header: str) -> None:
    with pytest.raises(RangeError):
        asked_part(header, 100)


@pytest.mark.parametrize(
    ("header", "known"), [(None, False), ('"b"', False), ('W/"a", "b"', True), ("*", True)]
)
def test_a_known_content_is_recognised(header: str | None, known: bool) -> None:
    assert is_known('"a"', header) is known
