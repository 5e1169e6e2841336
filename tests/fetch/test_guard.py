"""Which addresses may be reached."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from castabout.errors import CastaboutError
from castabout.fetch.guard import AllowList, is_public, is_web_port


@pytest.mark.parametrize(
    "ip",
    [
        "1.1.1.1",
        "93.184.215.14",
        "172.15.255.255",
        "172.32.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
        "2a00:1450:4001:80b::200e",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2002:101:101::1",
        # Teredo: the client's address is written with all bits turned over, fefe:fefe is 1.1.1.1.
        "2001:0:4136:e378:8000:63bf:fefe:fefe",
    ],
)
def test_public(ip: str) -> None:
    assert is_public(ip_address(ip))


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        # Translators of one's own, whatever they stand for: RFC 8215.
        "64:ff9b:1::1",
        "64:ff9b:1::101:101",
        "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
        "64:ff9b::a9fe:a9fe",
        "::ffff:0.0.0.0",
        "::ffff:0:7f00:1",
        "2002:a9fe:a9fe::1",
        "100::1",
        "2002:7f00:1::1",
        "2002:c0a8:101::1",
        # Teredo with the client 127.0.0.1, turned over 80ff:fffe.
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "2001:db8::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "4000::1",
    ],
)
def test_not_public(ip: str) -> None:
    assert not is_public(ip_address(ip))


def test_ports() -> None:
    assert all(is_web_port(port) for port in (80, 443, 8000, 8080, 8443, 8321, 9000, 65535))
    assert not any(is_web_port(port) for port in (0, 21, 22, 23, 25, 53, 110, 139, 587, 6667))


ALLOW = AllowList.parse(
    ["localhost", "NAS.lan.", ".ts.net", "192.168.0.0/16", "10.1.2.3", "fd00::/8", "[::1]"]
)


@pytest.mark.parametrize(
    ("host", "ip"),
    [
        ("localhost", "127.0.0.1"),
        ("LOCALHOST", "::1"),
        ("localhost.", "127.0.0.1"),
        ("nas.lan", "10.9.9.9"),
        ("box.tail.ts.net", "100.64.1.1"),
        ("anything.example", "192.168.7.7"),
        ("192.168.7.7", "192.168.7.7"),
        ("anything.example", "::ffff:192.168.7.7"),
        ("anything.example", "10.1.2.3"),
        ("anything.example", "fd12::1"),
        ("anything.example", "::1"),
    ],
)
def test_allowed(host: str, ip: str) -> None:
    assert ALLOW.allows(host, ip_address(ip))


@pytest.mark.parametrize(
    ("host", "ip"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("localhost.example", "127.0.0.1"),
        ("notlocalhost", "127.0.0.1"),
        ("www.nas.lan", "10.9.9.9"),
        ("ts.net", "100.64.1.1"),
        ("evilts.net", "100.64.1.1"),
        ("ts.net.example", "100.64.1.1"),
        ("anything.example", "10.1.2.4"),
        ("anything.example", "192.169.0.1"),
        # A translator's address is not the host that the owner named.
        ("anything.example", "64:ff9b::c0a8:101"),
    ],
)
def test_not_allowed(host: str, ip: str) -> None:
    assert not ALLOW.allows(host, ip_address(ip))


def test_nothing_is_allowed_unasked() -> None:
    assert not AllowList().allows("localhost", ip_address("127.0.0.1"))


@pytest.mark.parametrize(
    "entry",
    [
        "",
        ".",
        "http://nas.lan",
        "nas.lan:8080",
        "nas.lan/feeds",
        "*.lan",
        "192.168.0.0/33",
        "192.168.1",
        "300.1.1.1",
        "a b",
    ],
)
def test_what_is_no_host_is_told(entry: str) -> None:
    with pytest.raises(CastaboutError, match="neither a host name nor an address nor a network"):
        AllowList.parse([entry])
