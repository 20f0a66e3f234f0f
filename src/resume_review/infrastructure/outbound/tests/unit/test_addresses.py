import ipaddress

import pytest

from resume_review.infrastructure.outbound import Networks, RefusedAddressError, check_url

pytestmark = pytest.mark.unit

INTRANET = Networks([ipaddress.ip_network("10.20.0.0/16"), ipaddress.ip_network("fd12::/16")])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 - to be refused
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "168.63.129.16",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:a9fe:a9fe",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "4000::1",
        "localhost",
        "",
    ],
)
def test_46_what_is_not_the_public_internet_is_refused(address: str) -> None:
    assert not Networks().allows(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "::ffff:1.1.1.1", "2606:4700:4700::1111"])
def test_a_public_address_may_be_called(address: str) -> None:
    assert Networks().allows(address)


def test_listed_networks_may_be_called_and_no_others() -> None:
    assert INTRANET.allows("10.20.3.4")
    assert INTRANET.allows("::ffff:10.20.3.4")
    assert INTRANET.allows("fd12::9")
    assert not INTRANET.allows("10.21.0.1")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "https://example.com:22/hook",
        "https://example.com:8080/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "https:///hook",
        "https://user:password@example.com/",
        "https://example.com@127.0.0.1/",
        "https://example.com/#part",
        "https://example.com:port/",
        "https://[::1/",
        "nonsense",
        "",
    ],
)
def test_46_an_address_that_will_never_be_called_is_refused_at_once(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        check_url(url, Networks())


def test_the_parts_that_decide_are_read_from_the_address() -> None:
    target = check_url("https://Example.com:8443/hook?a=1", Networks())

    assert (target.scheme, target.host, target.port, target.is_usual) == ("https", "example.com", 8443, True)
