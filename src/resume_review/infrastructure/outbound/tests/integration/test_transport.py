import ipaddress
from collections.abc import Sequence

import httpx2
import pytest

from resume_review.infrastructure.outbound import GuardedTransport, Networks, RefusedAddressError, Resolver
from resume_review.testing.receiver import receiving

pytestmark = pytest.mark.integration

LOCAL = Networks([ipaddress.ip_network("127.0.0.0/8")])


class NameServer:
    """Answers the first question with the first list of addresses, and so on; the last one stays."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked = 0

    async def __call__(self, _host: str, _port: int) -> Sequence[str]:
        answer = self._answers[min(self.asked, len(self._answers) - 1)]
        self.asked += 1
        return answer


async def post(url: str, networks: Networks, resolver: Resolver, *, follow: bool = False) -> httpx2.Response:
    transport = GuardedTransport(networks, resolver=resolver)
    async with httpx2.AsyncClient(transport=transport, follow_redirects=follow, timeout=5) as client:
        return await client.post(url, content=b"x")


async def test_46_a_host_that_leads_to_a_private_address_is_refused() -> None:
    async with receiving() as receiver:
        with pytest.raises(RefusedAddressError):
            await post("https://rebound.example/", Networks(), NameServer(["127.0.0.1"]))

    assert not receiver.requests


async def test_46_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(RefusedAddressError):
        await post("https://mixed.example/", Networks(), NameServer(["1.1.1.1", "10.0.0.1"]))


async def test_46_the_connection_goes_to_the_address_that_was_checked() -> None:
    """A name server that changes its answer after the check has no second question to answer."""
    names = NameServer(["127.0.0.1"], ["10.66.66.66"])
    async with receiving() as receiver:
        answer = await post(f"http://hook.example:{receiver.port}/hook", LOCAL, names)

    assert answer.status_code == 204
    assert names.asked == 1
    assert receiver.requests[0].headers["host"] == f"hook.example:{receiver.port}"


async def test_46_a_name_that_changes_between_two_messages_is_checked_again() -> None:
    names = NameServer(["127.0.0.1"], ["10.66.66.66"])
    async with receiving() as receiver:
        url = f"http://hook.example:{receiver.port}/hook"
        await post(url, LOCAL, names)
        with pytest.raises(RefusedAddressError):
            await post(url, LOCAL, names)


async def test_46_each_hop_of_a_redirect_is_checked() -> None:
    async with receiving() as receiver:
        receiver.answers(307, location="http://169.254.169.254/latest/meta-data")
        with pytest.raises(RefusedAddressError):
            await post(receiver.url, LOCAL, NameServer(["127.0.0.1"], ["169.254.169.254"]), follow=True)


async def test_46_plain_http_and_odd_ports_are_for_listed_networks_only() -> None:
    with pytest.raises(RefusedAddressError):
        await post("http://public.example/", LOCAL, NameServer(["1.1.1.1"]))
    with pytest.raises(RefusedAddressError):
        await post("https://public.example:6379/", LOCAL, NameServer(["1.1.1.1"]))


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
async def test_46_other_spellings_of_this_machine_are_refused(host: str) -> None:
    transport = GuardedTransport(Networks())
    async with httpx2.AsyncClient(transport=transport) as client:
        with pytest.raises((RefusedAddressError, httpx2.ConnectError, httpx2.InvalidURL)):
            await client.post(f"https://{host}/")


async def test_a_host_without_an_address_cannot_be_reached() -> None:
    with pytest.raises(httpx2.ConnectError):
        await post("https://nowhere.example/", Networks(), NameServer([]))
