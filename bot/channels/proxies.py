"""Where a request comes from: the visitor's address behind the proxies that we trust."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from ipaddress import IPv4Network

    Network = IPv4Network | IPv6Network

# Some proxies write the port beside the address: 192.0.2.1:4711 or [2001:db8::1]:4711.
_WITH_PORT: Final = re.compile(r"(?P<v4>[0-9.]+):[0-9]+|\[(?P<v6>[^\]]+)\](?::[0-9]+)?")
# A household or an office gets at least this much of IPv6, and may use all of it.
_IPV6_PREFIX: Final = 64
NOWHERE: Final = "unknown"


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks as an administrator writes them.

    Raises:
        ValueError: one that is neither.
    """
    return tuple(ip_network(one, strict=False) for one in written)


def client_network(peer: str, forwarded: Iterable[str], trusted: tuple[Network, ...]) -> str:
    """Who counts as one: the visitor's IPv4 address, or the network of the IPv6 address.

    `forwarded`: the X-Forwarded-For headers. Each proxy appends the address it was called from,
    so they are read from the end, over the trusted ones, to the first that is not.
    """
    address = _address(peer)
    chain = [part for header in forwarded for part in header.split(",")]
    for part in reversed(chain):
        if address is None or not any(address in network for network in trusted):
            break
        before = _address(part)
        if before is None:
            break
        address = before
    if address is None:
        return NOWHERE
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, _IPV6_PREFIX), strict=False))
    return str(address)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    text = text.strip()
    match = _WITH_PORT.fullmatch(text)
    if match:
        text = match["v4"] or match["v6"]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    # A socket that listens for both kinds shows IPv4 as ::ffff:192.0.2.1.
    return getattr(address, "ipv4_mapped", None) or address
