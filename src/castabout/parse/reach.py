"""The whole reach of the parser as a page: docs/feeds.md."""

from __future__ import annotations

from collections.abc import Mapping

from castabout.parse import atom, jsonfeed, table
from castabout.parse.table import Field

_HEAD = """# What is read of a feed

Made from the parser's own tables. Which format a feed has is told from its content, never from what a host says of
it. Of several places the first that holds something is taken; where “each” or “all” is said, all of them. `a/b` is
an element inside another, `a@b` an attribute, `a[rel=b]` an element whose attribute has this among its words. Names
are known whatever their case and however a feed spells the namespace. What of the Podcasting 2.0 namespace is not
read, and why: [ignored tags](decisions/007-ignored-tags.md).
"""
_FORMATS = (
    ("RSS 0.90 to 2.0, RDF", table.PODCAST, table.EPISODE, ""),
    (
        "Atom 0.3 and 1.0",
        atom.PODCAST,
        atom.EPISODE,
        "Before what is said here with the tags of RSS and its modules, which are read as above.",
    ),
    ("JSON Feed 1.0 and 1.1", jsonfeed.PODCAST, jsonfeed.EPISODE, ""),
)


def feeds_page() -> str:
    """``docs/feeds.md``: for each format, where each value stands and how it is read, as Markdown."""
    parts = [_HEAD]
    for name, podcast, episode, note in _FORMATS:
        parts.append(f"\n## {name}\n" + (f"\n{note}\n" if note else ""))
        parts += (_table("Podcast", podcast), _table("Episode", episode))
    return "".join(parts)


def _table(heading: str, fields: Mapping[str, Field]) -> str:
    lines = ["", f"### {heading}", "", "| value | stands in | is read as |", "|---|---|---|"]
    for field in fields.values():
        places = ", ".join(f"`{place.text}`" for place in field.places)
        lines.append(f"| {field.name} | {places} | {field.says} |")
    return "\n".join(lines) + "\n"
