import pytest

from resume_review.core.addresses import SocketAddress

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("/run/clamav/clamd.ctl", SocketAddress(path="/run/clamav/clamd.ctl")),
        ("clamd:3310", SocketAddress(host="clamd", port=3310)),
        ("[::1]:3310", SocketAddress(host="::1", port=3310)),
    ],
)
def test_a_path_or_a_host_and_a_port(value: str, address: SocketAddress) -> None:
    assert SocketAddress.parse(value) == address


@pytest.mark.parametrize(
    "value", ["clamd", "clamd:", ":3310", "clamd:99999", "tcp://clamd:3310", "a@b:1", "x:1/y"]
)
def test_anything_else_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="host:port"):
        SocketAddress.parse(value)
