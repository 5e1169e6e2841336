"""Which addresses are for one subscriber only.

Whoever knows such an address may listen to what somebody else has paid for, so it belongs on no public page.
The hosts are those of the Podcast Index's list: https://github.com/Podcastindex-org/private-feed-blocklist
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from castabout.fetch import without_credentials

#: Names of parameters that carry a secret.
_SECRETS = {"access_token", "apikey", "api_key", "auth", "auth_token", "key", "password", "secret", "token"}
#: Hosts all of whose feeds, and hosts those of whose feeds with such a path and query, are private.
_PATTERNS = [
    (r"passport\.online", r""),
    (r"rss\.stratechery\.com", r""),
    (r"private\.captivate\.fm", r""),
    (r"listenlater\.fm", r""),
    (r"feeds\.npr\.org", r".*[?&]uid="),
    (r"my\.slate\.com", r"/subscriptions/"),
    (r"substack\.com", r".*/private/"),
    (r"supercast\.(?:com|tech)", r"/feeds/"),
    (r"supportingcast\.(?:fm|co|cc)", r"/content/"),
    (r"castos\.com", r"/feed/?\?(?:.*&)?uuid="),
    (r"babylonbee\.com", r"/premium-feed"),
    (r"feeds\.redcircle\.com", r"/[a-z0-9-]+/pf/"),
    (r"api\.podcache\.net", r"/shows/[a-z0-9-]+/pf/"),
    (r"feed\.pod\.co", r"/[a-z0-9-]{36}/[a-z0-9-]{36}"),
]
_HOSTS = tuple((re.compile(rf"(?:.+\.)?{host}"), re.compile(path)) for host, path in _PATTERNS)
#: Nearly no address of a podcast has any of these: then its host and its path are all there is to it.
_MORE = re.compile(r"[@?#;\[\]\s]")
#: Hosts whose answer is remembered.
_REMEMBERED = 10_000


def is_private(url: str) -> bool:
    """Whether ``url`` looks as if it was given to one person.

    It does with a user name or password in it, with a secret among its
    parameters, and at hosts that give each subscriber a feed.
    """
    if not _MORE.search(url):
        host, _, path = url.partition("://")[2].partition("/")
        return any(where.match(f"/{path}".lower()) for where in _private_at(host.partition(":")[0].lower()))
    if without_credentials(url) != url:
        return True
    try:
        parts = urlsplit(url.strip().lower())
        parameters = parse_qsl(parts.query, keep_blank_values=False, max_num_fields=100)
    except ValueError:  # nobody's address, or with so many parameters that one may be a secret
        return True
    if any(name in _SECRETS for name, _ in parameters):
        return True
    host = parts.hostname or ""
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return any(where.match(path) for where in _private_at(host))


@lru_cache(_REMEMBERED)
def _private_at(host: str) -> tuple[re.Pattern[str], ...]:
    """What is private at ``host``, which is in lower case."""
    return tuple(where for name, where in _HOSTS if name.fullmatch(host.removesuffix(".")))
