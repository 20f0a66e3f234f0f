import pytest

from resume_review.infrastructure.rate_limit import address_key

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_56_an_ipv6_network_of_one_customer_is_one_caller(address: str, key: str) -> None:
    assert address_key(address) == key
