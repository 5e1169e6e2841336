"""Reads pages as a browser would, and says what in them could run."""

from __future__ import annotations

import json
from dataclasses import dataclass

from lxml import etree, html


@dataclass(frozen=True, slots=True)
class Page:
    """A page, parsed."""

    tree: html.HtmlElement

    def all(self, path: str) -> list[html.HtmlElement]:
        """The elements at an XPath."""
        return [found for found in self.tree.xpath(path) if isinstance(found, html.HtmlElement)]

    def values(self, path: str) -> list[str]:
        """The attribute values at an XPath that ends in ``/@name``."""
        return [str(value) for value in self.tree.xpath(path)]

    def text(self, path: str = "//body") -> str:
        """The text below the first element at an XPath, blanks folded."""
        return " ".join("".join(self.all(path)[0].itertext()).split())


def read(page: str | bytes) -> Page:
    """A page from its HTML."""
    return Page(html.document_fromstring(page.decode() if isinstance(page, bytes) else page))


#: Every attribute that a browser follows or loads.
_ADDRESSES = {"href", "src", "action", "data", "poster", "formaction", "srcset", "xlink:href"}
_OURS = {"script", "style", "iframe", "object", "embed", "base", "meta", "link", "form", "svg"}
#: How often each of `_OURS` stands on our pages at most; scripts are our own files alone.
_MOST = {"script": 7, "meta": 7, "link": 12, "form": 5, "svg": 1}


def dangers(page: str) -> list[str]:
    """Everything in a page that could run, load or lead where it must not."""
    found = []
    tree = read(page).tree
    for name in sorted(_OURS):
        if len(list(tree.iter(name))) > _MOST.get(name, 0):
            found.append(f"too many <{name}>")
    for element in tree.iter(etree.Element):
        for name, value in _attributes(element):
            if name.lower().startswith("on") or name.lower() == "style":
                found.append(f"<{element.tag!r} {name}>")
            if name.lower() in _ADDRESSES and not _is_harmless(value):
                found.append(f"<{element.tag!r} {name}={value!r}>")
        if element.tag == "script" and not (
            _is_data(element) or element.get("src", "").startswith("/static/")
        ):
            found.append("a script that is not ours")
    return found


def _is_data(element: etree._Element) -> bool:
    """Whether a script is none, but data that no browser runs."""
    is_data = element.get("type") == "application/ld+json" and not element.get("src")
    return is_data and isinstance(json.loads(element.text or ""), dict)


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def _is_harmless(address: str) -> bool:
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return is_ours or address.startswith(("https://", "http://", "mailto:", "pcast://", "#", "?"))
