"""Which addresses may be reached.

A feed, a redirect, a picture: whoever writes an address into a feed must not
make castabout talk to the machines beside it. Only public addresses are
reached, and those that the owner names in an `AllowList`.

https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from socket import inet_aton

from castabout.errors import CastaboutError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

#: The only part of IPv6 that is given out: https://www.iana.org/assignments/ipv6-address-space
_GLOBAL_UNICAST = IPv6Network("2000::/3")
#: IPv4 behind a translator: https://www.rfc-editor.org/rfc/rfc6052#section-2.1
_NAT64 = IPv6Network("64:ff9b::/96")
#: A host name, or with a leading dot the end of one. Its last label is no number: that would be an address.
_NAME = re.compile(r"\.?(?:[\w-]{1,63}\.)*(?!\d+$)[\w-]{1,63}")

#: Ports at which something else than the web listens: https://fetch.spec.whatwg.org/#port-blocking
_OTHER_PORTS = frozenset(
    int(port)
    for port in """
    0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115
    117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563
    587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667
    6668 6669 6679 6697 10080
    """.split()
)


def is_web_port(port: int) -> bool:
    """Whether a web server may listen at ``port``, as browsers see it."""
    return port not in _OTHER_PORTS


def is_public(ip: Address) -> bool:
    """Whether ``ip`` is an address of the public internet.

    An IPv6 address that stands for an IPv4 address (mapped, 6to4, NAT64,
    Teredo) is what it stands for.
    """
    real = _unwrapped(ip)
    if isinstance(real, IPv6Address) and real not in _GLOBAL_UNICAST:
        return False
    return real.is_global and not real.is_multicast


def numbered(host: str) -> IPv4Address | None:
    """The address that ``host`` stands for in an old spelling: ``127.1``, ``0177.0.0.1``, ``0x7f000001``.

    https://url.spec.whatwg.org/#concept-ipv4-parser
    """
    try:
        return IPv4Address(inet_aton(host.removesuffix(".")))
    except (OSError, UnicodeError):
        return None


def _unwrapped(ip: Address) -> Address:
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    teredo = ip.teredo[1] if ip.teredo else None
    return ip.ipv4_mapped or ip.sixtofour or teredo or ip


@dataclass(frozen=True, slots=True)
class AllowList:
    """Hosts and networks that may be reached although they are not public."""

    #: Host names, lower case.
    names: frozenset[str] = frozenset()
    #: Ends of host names, lower case, each with its leading dot.
    endings: tuple[str, ...] = ()
    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> AllowList:
        """The list that ``entries`` name.

        Each is a host name (``nas.lan``), the end of host names (``.ts.net``),
        an address (``192.168.1.5``, ``::1``) or a network (``192.168.0.0/16``).
        Raises `CastaboutError` for anything else.
        """
        names: set[str] = set()
        endings: list[str] = []
        networks: list[Network] = []
        for entry in entries:
            text = _name(entry.strip())
            try:
                networks.append(ip_network(text.removeprefix("[").removesuffix("]"), strict=False))
                continue
            except ValueError:
                pass
            if not _NAME.fullmatch(text):
                raise CastaboutError(
                    entry, "cannot be allowed: neither a host name nor an address nor a network"
                )
            if text.startswith("."):
                endings.append(text)
            else:
                names.add(text)
        return cls(frozenset(names), tuple(endings), tuple(networks))

    def allows(self, host: str, ip: Address) -> bool:
        """Whether ``host``, which turned out to be at ``ip``, is on the list by its name or its address."""
        name = _name(host)
        if name in self.names or name.endswith(self.endings):
            return True
        mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
        return any(ip in network or (mapped is not None and mapped in network) for network in self.networks)


def _name(text: str) -> str:
    return text.lower().removesuffix(".")
