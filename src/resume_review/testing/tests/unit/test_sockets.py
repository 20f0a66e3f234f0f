"""Tests reach this machine and nothing else."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError

pytestmark = pytest.mark.unit


def test_address_outside_is_refused() -> None:
    outside = socket.socket()

    with (
        pytest.warns(UserWarning, match="tried to use socket"),
        pytest.raises(SocketConnectBlockedError),
    ):
        outside.connect(("192.0.2.1", 443))


def test_loopback_is_allowed() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=1) as client,
    ):
        assert client.getpeername() == server.getsockname()
