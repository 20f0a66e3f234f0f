import io
import stat
import struct
import zipfile

import pytest

from resume_review.features.bulk_upload.zips import Entry, ZipRefusedError, entries

pytestmark = pytest.mark.unit

EACH, ALL = 1_000_000, 200_000_000


def pack(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return target.getvalue()


def unpacked(data: bytes) -> list[Entry]:
    found = entries(io.BytesIO(data), most_each=EACH, most_all=ALL)
    assert found is not None
    return list(found)


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("cv.pdf")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_files_come_in_order_without_what_systems_leave() -> None:
    data = pack(
        ("a.md", b"1"),
        ("team/b.md", b"2"),
        ("__MACOSX/a.md", b"x"),
        (".DS_Store", b"x"),
        ("team/Thumbs.db", b"x"),
        ("team/", b""),
    )

    assert unpacked(data) == [Entry("a.md", b"1"), Entry("team/b.md", b"2")]


@pytest.mark.parametrize(
    "name", ["../../etc/cv.md", "/etc/cv.md", "a/../../cv.md", "..\\..\\cv.md"], ids=repr
)
def test_case_6_a_name_that_leads_out_is_refused(name: str) -> None:
    (entry,) = unpacked(pack((name, b"1")))

    assert entry.data is None
    assert "leads out" in entry.fault


def test_case_6_a_link_is_not_followed() -> None:
    (entry,) = unpacked(pack((link(), b"/etc/passwd")))

    assert (entry.data, "link" in entry.fault) == (None, True)


def test_a_file_over_the_limit_is_refused_and_the_others_are_not() -> None:
    large, small = unpacked(pack(("large.txt", b"x" * (EACH + 1)), ("small.txt", b"x")))

    assert (large.data, small.data) == (None, b"x")


def test_case_4_a_bomb_is_refused_before_anything_is_unpacked() -> None:
    with pytest.raises(ZipRefusedError, match="unpacks to far more"):
        unpacked(pack(("bomb.txt", b"\0" * (21 * 1024 * 1024))))


def test_case_4_a_file_that_is_longer_than_it_says_is_cut() -> None:
    data = bytearray(pack(("cv.txt", b"x" * (EACH + 10))))
    for at in (data.find(b"PK\x03\x04") + 22, data.find(b"PK\x01\x02") + 24):
        struct.pack_into("<L", data, at, 10)

    (entry,) = unpacked(bytes(data))

    assert entry.data is None


def test_case_4_too_many_entries_are_refused() -> None:
    with pytest.raises(ZipRefusedError):
        unpacked(pack(*((f"{n}.txt", b"") for n in range(2_001))))


def test_case_4_a_directory_that_is_too_long_is_not_read() -> None:
    with pytest.raises(ZipRefusedError, match="entries"):
        unpacked(pack(*((f"{n:05}" + "x" * 600, b"") for n in range(2_000))))


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(40), b"PK\x05\x06", b"PK\x03\x04"])
def test_case_14_a_broken_zip_is_refused(data: bytes) -> None:
    with pytest.raises(ZipRefusedError):
        unpacked(data)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"", pack(("word/document.xml", b"<w/>"))])
def test_a_document_is_no_zip_of_files(data: bytes) -> None:
    assert entries(io.BytesIO(data), most_each=EACH, most_all=ALL) is None
