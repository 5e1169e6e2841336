"""Which addresses are for one subscriber only.

Whoever knows such an address may listen to what somebody else has paid for, so it belongs on no public page.
The hosts are those of the Podcast Index's list: https://github.com/Podcastindex-org/private-feed-blocklist
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from castabout.fetch import without_credentials

#: Names of parameters that carry a secret.
_SECRETS = {"access_token", "apikey", "api_key", "auth", "auth_token", "key", "password", "secret", "token"}
#: Hosts all of whose feeds, and hosts those of whose feeds with such a path and query, are private.
_HOSTS = tuple(
    (re.compile(rf"(?:.+\.)?{host}"), re.compile(path))
    for host, path in [
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
)


def is_private(url: str) -> bool:
    """Whether ``url`` looks as if it was given to one person.

    It does with a user name or password in it, with a secret among its
    parameters, and at hosts that give each subscriber a feed.
    """
    if without_credentials(url) != url:
        return True
    try:
        parts = urlsplit(url.strip().lower())
        parameters = parse_qsl(parts.query, keep_blank_values=False, max_num_fields=100)
    except ValueError:  # nobody's address, or with so many parameters that one may be a secret
        return True
    if any(name in _SECRETS for name, _ in parameters):
        return True
    host = (parts.hostname or "").removesuffix(".")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return any(name.fullmatch(host) and where.match(path) for name, where in _HOSTS)
