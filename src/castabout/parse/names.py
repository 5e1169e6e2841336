"""Names of elements, however a feed writes its namespaces."""

from __future__ import annotations

from lxml import etree

Element = etree._Element

#: Our prefix, its namespace, and what the address contains, lower case: real feeds spell it in many ways.
NAMESPACES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd", ("itunes.com/dtd",)),
    (
        "podcast",
        "https://podcastindex.org/namespace/1.0",
        ("podcastindex.org/namespace", "podcastindex-org/podcast-namespace"),
    ),
    ("content", "http://purl.org/rss/1.0/modules/content/", ("purl.org/rss/1.0/modules/content",)),
    ("dc", "http://purl.org/dc/elements/1.1/", ("purl.org/dc/elements",)),
    ("dcterms", "http://purl.org/dc/terms/", ("purl.org/dc/terms",)),
    ("media", "http://search.yahoo.com/mrss/", ("search.yahoo.com/mrss",)),
    ("googleplay", "http://www.google.com/schemas/play-podcasts/1.0", ("google.com/schemas/play-podcasts",)),
    ("atom", "http://www.w3.org/2005/Atom", ("www.w3.org/2005/atom", "purl.org/atom/ns")),
    ("sy", "http://purl.org/rss/1.0/modules/syndication/", ("purl.org/rss/1.0/modules/syndication",)),
    ("psc", "http://podlove.org/simple-chapters", ("podlove.org/simple-chapters",)),
)
#: Addresses of RSS itself, which mostly has none.
_RSS = ("purl.org/rss/1.0/", "my.netscape.com/", "backend.userland.com/", "blogs.law.harvard.edu/", "/rss2")
PREFIXES = frozenset(prefix for prefix, _, _ in NAMESPACES)


def prefix_of(uri: str) -> str | None:
    """Our prefix for the namespace ``uri``; empty for RSS itself, ``None`` if it is unknown."""
    address = uri.lower()
    for prefix, _, parts in NAMESPACES:
        if any(part in address for part in parts):
            return prefix
    return "" if any(part in address and "/modules/" not in address for part in _RSS) else None


def qualified(prefix: str, local: str) -> str:
    """The canonical name of an element: ``itunes:duration``, ``pubdate``."""
    return f"{prefix}:{local.lower()}" if prefix else local.lower()


class Names:
    """Canonical names of the elements of one document, whose own have no prefix in RSS and ``atom:`` in Atom.

    ``home`` is that prefix where the root of the document does not tell it.
    """

    def __init__(self, home: str | None = None) -> None:
        #: What has been asked for already, by the tag as lxml writes it.
        self.known: dict[str, str] = {}
        self._home = home
        #: What addresses are relative to where no ``xml:base`` says it.
        self.base: str | None = None
        self._home_uri = ""

    def of(self, element: Element) -> str:
        """The canonical name of ``element``; empty if it is none that could be known."""
        tag = element.tag
        name = self.known.get(tag)
        if name is None:
            # What is no element (an entity that was not expanded) has a function for a tag.
            is_element = isinstance(tag, str)
            name = self.known[tag] = self._find(element) if is_element else ""
        return name

    def _find(self, element: Element) -> str:
        uri, brace, local = element.tag.rpartition("}")
        if not brace and ":" in local:  # a prefix that was never declared
            prefix, _, local = local.partition(":")
            return qualified(prefix.lower(), local)
        home = self._of_root(element) if self._home is None else self._home
        known = home if not uri or uri == self._home_uri else prefix_of(uri[1:])
        if known is None:
            known = (element.prefix or "").lower()
        return qualified(known, local)

    def _of_root(self, element: Element) -> str:
        uri, _, local = element.getroottree().getroot().tag.rpartition("}")
        self._home = "atom" if local.lower() == "feed" else ""
        if local.lower() in ("rss", "feed"):  # whatever namespace it says to be in
            self._home_uri = uri
        return self._home
