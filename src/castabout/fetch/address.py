"""Addresses of the web: what a person wrote, and where a redirect leads."""

from __future__ import annotations

from string import punctuation
from urllib.parse import quote, urljoin, urlsplit

from yarl import URL

from castabout.errors import SourceError
from castabout.fetch import Credentials, Request, without_credentials


def request_for(source: str) -> Request:
    """The request for ``source``, an address that may have ``user:password@`` in it. Raises `SourceError`."""
    text = source.strip()
    name = without_credentials(text)
    try:
        url = URL(text)
    except ValueError as error:
        raise SourceError(name, "not a valid address") from error
    if url.user is None and url.password is None:
        return Request(name)
    return Request(name, credentials=Credentials(url.user or "", url.password or ""))


def as_written(text: str) -> URL:
    """The address ``text`` without credentials and fragment, its query byte for byte.

    Otherwise ``%2F`` in a query becomes ``/``, which is the same for most
    hosts but not for those that sign their addresses. Raises `ValueError`.
    """
    url = URL(text)
    query = quote(urlsplit(text).query, safe=punctuation)
    return URL.build(
        scheme=url.scheme,
        authority=url.origin().raw_authority,
        path=url.raw_path,
        query_string=query,
        encoded=True,
    )


def redirect_target(url: URL, location: str) -> URL:
    """Where ``location``, said by ``url``, leads. Credentials in it are dropped: they are not a host's to give.

    Raises `ValueError` if it is no address, or not one of the web.
    """
    try:
        target = urljoin(str(url), location.strip())
        scheme = urlsplit(target).scheme
        found = as_written(target) if scheme in ("http", "https") else None
    except ValueError as error:
        raise ValueError("redirects to something that is no address") from error
    if found is None:
        raise ValueError(f"redirects to {scheme}:, which is not followed")
    return found


def is_upgrade(url: URL, target: URL) -> bool:
    """Whether ``target`` is ``url`` over a secure connection."""
    schemes = (
        (url.scheme, target.scheme) == ("http", "https")
        and url.is_default_port()
        and target.is_default_port()
    )
    return schemes and (url.raw_host, url.raw_path_qs) == (target.raw_host, target.raw_path_qs)
