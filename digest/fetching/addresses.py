"""Which internet addresses are public: a feed or a redirect must not lead into the network of whoever runs digest."""

from __future__ import annotations

import ipaddress

# The tables stand here and not in `ipaddress.is_global`, which answers differently from one Python release to the next.
_REFUSED_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by carriers (CGNAT); metadata of one cloud
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # the host of virtual machines in one cloud, public by its number only
            "169.254.0.0/16",  # link-local; metadata of most clouds
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments; metadata of one cloud
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # relays of 6to4, deprecated
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
        ),
    )
)
"""IANA IPv4 Special-Purpose Address Registry, multicast, and what clouds answer on."""

_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
"""The only part of IPv6 given out as global unicast (IANA IPv6 Address Space). Outside it lie loopback, unspecified,
IPv4-mapped and -compatible, unique local (metadata of clouds too), link-local, site-local and multicast."""

_REFUSED_V6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo among them, which carries an IPv4 address inside
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, which carries an IPv4 address inside
            "3fff::/20",  # documentation
        ),
    )
)
"""IANA IPv6 Special-Purpose Address Registry, what of it lies in 2000::/3."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are the IPv4 address that is reached. Networks without IPv4 see all of it under this."""


def is_public(address: str) -> bool:
    """Tell whether `address`, an IPv4 or IPv6 address, is one that anybody on the internet may reach.

    What is no address, or has a zone (`fe80::1%eth0`), is not public.
    """
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        if number in _NAT64:
            number = ipaddress.IPv4Address(int(number) & 0xFFFF_FFFF)
        else:
            return number.scope_id is None and number in _GLOBAL_V6 and not any(number in part for part in _REFUSED_V6)
    return not any(number in part for part in _REFUSED_V4)
