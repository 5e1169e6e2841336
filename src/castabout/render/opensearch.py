"""How the search box of a browser asks us.

https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md
"""

from __future__ import annotations

from castabout.render.xml import tag

_SPACE = "http://a9.com/-/spec/opensearch/1.1/"
#: Where answers are: their type, what follows the address of the installation, and what they are.
_ANSWERS = (
    ("text/html", "/topics?q={searchTerms}", "results"),
    ("application/rss+xml", "/topics/{searchTerms}.rss?offset={startIndex?}", "results"),
    ("application/json", "/api/v1/search?q={searchTerms}&offset={startIndex?}&limit={count?}", "results"),
    ("application/x-suggestions+json", "/opensearch/suggest?q={searchTerms}", "suggestions"),
    ("application/opensearchdescription+xml", "/opensearch.xml", "self"),
)


def opensearch(base: str, *, icon: str) -> str:
    """The description of the installation at ``base``, which has no slash at its end."""
    urls = "".join(
        tag("Url", type=type, rel=rel, template=base + template, indexOffset="0")
        for type, template, rel in _ANSWERS
    )
    parts = (
        tag("ShortName", "castabout"),
        tag("Description", "What podcasts say about anything"),
        tag("InputEncoding", "UTF-8"),
        f'<Image width="32" height="32" type="image/svg+xml">{icon}</Image>\n',
        urls,
    )
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<OpenSearchDescription xmlns="{_SPACE}">\n'
    return f"{head}{''.join(parts)}</OpenSearchDescription>\n"
