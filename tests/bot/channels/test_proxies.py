from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.proxies import NOWHERE, client_network, networks

_TRUSTED = networks(["127.0.0.1", "10.0.0.0/8", "2001:db8:ffff::/48"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "network"),
    [
        ("192.0.2.7", [], "192.0.2.7"),
        # a header that no trusted proxy wrote is a visitor's own invention
        ("192.0.2.7", ["198.51.100.1"], "192.0.2.7"),
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        # only what the last trusted proxy saw counts, not what the visitor wrote before it
        ("10.9.9.9", ["203.0.113.9, 198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["203.0.113.9", "198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        ("127.0.0.1", ["10.1.1.1, 10.2.2.2"], "10.1.1.1"),
        ("127.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("127.0.0.1", ["[2001:db8::5]:4711"], "2001:db8::/64"),
        ("127.0.0.1", ["not an address"], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.1, , "], "127.0.0.1"),
        ("127.0.0.1", [], "127.0.0.1"),
        # a household may use all addresses of its network
        ("2001:db8:1:2:aaaa::1", [], "2001:db8:1:2::/64"),
        ("2001:db8:ffff::1", ["2001:db8:1:3::9"], "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", [], "192.0.2.7"),
        ("::ffff:127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("", [], NOWHERE),
    ],
)
def test_client_network(peer: str, forwarded: list[str], network: str) -> None:
    assert client_network(peer, forwarded, _TRUSTED) == network


def test_client_network_trusts_nobody_by_default() -> None:
    assert client_network("127.0.0.1", ["198.51.100.1"], ()) == "127.0.0.1"


@given(st.lists(st.text(max_size=60), max_size=4))
def test_client_network_survives_any_header(forwarded: list[str]) -> None:
    assert client_network("127.0.0.1", forwarded, _TRUSTED) != ""


def test_networks_refuses_what_is_none() -> None:
    with pytest.raises(ValueError, match="example.org"):
        networks(["example.org"])
