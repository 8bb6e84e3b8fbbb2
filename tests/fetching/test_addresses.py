"""Which addresses are public."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.fetching.addresses import is_public


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e", "64:ff9b::808:808"],
)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3",  # noqa: S104 - nothing is bound
         "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
        "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.168.1.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:1:2::7f00:1", "2001:db8::1", "2002:7f00:1::1",
        "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "2606:4700::1%eth0", "fec0::1", "ff02::1",
        "", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "8.8.8.8 ",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses())
def test_what_python_knows_as_special_is_refused(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if is_public(str(address)):
        assert address.is_global
        assert not address.is_multicast
        assert not address.is_reserved or address in ipaddress.ip_network("64:ff9b::/96")


@given(st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address))
def test_an_address_inside_another_is_no_way_around(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    assert is_public(str(ipaddress.IPv6Address((0x64_FF9B << 96) | number))) == is_public(str(inner))
    assert not is_public(f"::ffff:{inner}")
    assert not is_public(str(ipaddress.IPv6Address(number)))
    assert not is_public(str(ipaddress.IPv6Address((0x2002 << 112) | (number << 80))))
    # Only what lies between special parts is public: here both registries agree, apart from what clouds add.
    if inner.is_global and not inner.is_multicast and inner not in ipaddress.ip_network("192.0.0.0/16"):
        assert is_public(str(inner)) or str(inner) == "168.63.129.16"
