"""Which addresses are for one subscriber only, and how those are shown.

Whoever knows such an address may listen to what somebody else has paid for, so it belongs on no public page.
The hosts are those of the Podcast Index's list: https://github.com/Podcastindex-org/private-feed-blocklist
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote_plus, urlsplit

from castabout.fetch import without_credentials

#: The words of a parameter's name: ``authToken``, ``X-Amz-Signature``, ``rss_token``.
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
#: Words that make the value a secret.
_SECRET = re.compile(
    r"\w*(?:token|secret|password|passwd|signature|sessionid|(?:api|access|auth|private|feed)key)"
    r"|o?auth|authorization|sig|pwd|pass|session|jwt"
)
#: A key is one if it stands alone or beside one of these: there are also sort keys.
_OF_KEYS = {"access", "api", "app", "auth", "feed", "private", "rss", "user"}
#: A parameter of the path, as in ``/feed;token=abc``, and one of the query or behind it.
#: https://www.rfc-editor.org/rfc/rfc3986#section-3.3
_IN_PATH = re.compile(r"(;([^;/=]{1,100})=)[^;/]+")
_IN_QUERY = re.compile(r"([?&;#]([^?&;#=]{1,100})=)[^&;#]+")
_PATH = re.compile(r"[^?#]*")
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
#: What looks like an address in a text, without the punctuation that follows it.
_ADDRESS = re.compile(r"[^\s“”\"<>]+?(?=[:,;.]*(?:[\s“”\"<>]|\Z))")
#: Without any of these there is no address.
_TELLING = re.compile(r"://|[?;]")
#: Hosts, and names of parameters, whose answer is remembered.
_REMEMBERED = 10_000


def is_private(url: str) -> bool:
    """Whether ``url`` looks as if it was given to one person.

    It does with a user name or password in it, with a secret among its
    parameters, and at hosts that give each subscriber a feed.
    """
    if not _MORE.search(url):
        host, _, path = url.partition("://")[2].partition("/")
        return any(where.match(f"/{path}".lower()) for where in _private_at(host.partition(":")[0].lower()))
    if without_credentials(url) != url or _without_parameters(url) != url:
        return True
    try:
        parts = urlsplit(url.strip().lower())
    except ValueError:  # nobody's address
        return True
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return any(where.match(path) for where in _private_at(parts.hostname or ""))


def open_link(url: str | None) -> str | None:
    """``url`` if everybody may see it, so that it may be linked; None if it is private."""
    return None if url is None or is_private(url) else url


def without_secrets(text: str) -> str:
    """``text`` as it may be printed and logged: addresses in it show nothing that only one person should know.

    ``https://a.example/feed?token=abc`` → ``https://a.example/feed?token=…``;
    of an address whose path is the secret the host is left: ``https://rss.stratechery.com/…``.
    """
    return _ADDRESS.sub(_shown, text) if _TELLING.search(text) else text


def _shown(found: re.Match[str]) -> str:
    address = _without_parameters(without_credentials(found[0]))
    if not is_private(address.replace("=…", "=")):
        return address
    scheme, mark, rest = address.partition("://")
    return f"{scheme}{mark}{re.split('[/?#]', rest, maxsplit=1)[0]}/…"


def _without_parameters(url: str) -> str:
    """``url`` with … for the values of its secret parameters."""
    end = _PATH.match(url).end()  # type: ignore[union-attr]  # it matches anything
    return _IN_PATH.sub(_hidden, url[:end]) + _IN_QUERY.sub(_hidden, url[end:])


def _hidden(parameter: re.Match[str]) -> str:
    return f"{parameter[1]}…" if _is_secret(parameter[2]) else parameter[0]


@lru_cache(_REMEMBERED)
def _is_secret(name: str) -> bool:
    """Whether a parameter of that name carries a secret."""
    words = [word.lower() for word in _WORD.findall(unquote_plus(name))]
    if any(_SECRET.fullmatch(word) for word in words):
        return True
    return words == ["key"] or ("key" in words and not _OF_KEYS.isdisjoint(words))


@lru_cache(_REMEMBERED)
def _private_at(host: str) -> tuple[re.Pattern[str], ...]:
    """What is private at ``host``, which is in lower case."""
    return tuple(where for name, where in _HOSTS if name.fullmatch(host.removesuffix(".")))
