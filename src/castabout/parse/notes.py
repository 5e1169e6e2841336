"""Notes: whatever a feed writes there, as HTML that nothing bad can come of. The only sanitiser."""

from __future__ import annotations

import html
import re

import nh3

from castabout.parse.fields import unescape

#: Notes beyond this are cut.
NOTES_CHARACTERS = 1_000_000

_TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "div",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "a",
        "strong",
        "em",
        "b",
        "i",
        "u",
        "s",
        "del",
        "ins",
        "sub",
        "sup",
        "small",
        "code",
        "pre",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
_DROPPED_WHOLE = frozenset({"script", "style", "template", "noscript", "iframe", "object", "title", "head"})
_cleaner = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_DROPPED_WHOLE),
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="noopener nofollow ugc",
)
#: Elements that stand on lines of their own but are not kept become one that is, or words would be glued.
_OTHER_BLOCKS = re.compile(
    r"<(/?)(?:section|article|header|footer|figure|figcaption|main|aside|nav|address|center|form|fieldset"
    r"|details|summary|audio|video|button|option)\b[^<>]*>",
    re.I,
)
_PICTURES = re.compile(r"(?=<(?:img|picture|svg|input)\b)", re.I)
_HEADINGS = re.compile(r"(</?)h[12](?=>)")
_MARKUP = re.compile(r"<(?:[a-zA-Z/!])")
#: Tags that show that text was escaped once too often; others may be meant as text.
_ESCAPED_MARKUP = re.compile(
    r"&lt;/?(?:p|br|a|b|i|em|strong|ul|ol|li|div|span|h[1-6]|blockquote)(?:\s|/?&gt;)", re.I
)
_PARAGRAPHS = re.compile(r"\n\s*\n")


def sanitise(text: str) -> str:
    """``text``, HTML or plain, as safe HTML: an allow-list of elements, of attributes and of addresses.

    Lines of plain text stay lines. Markup that was escaped twice is taken as
    markup, if there is none beside it. Sanitising twice is sanitising once.
    """
    text = text[:NOTES_CHARACTERS]
    if not _MARKUP.search(text):
        if "&" in text and _ESCAPED_MARKUP.search(text):
            text = unescape(text)
        else:
            return _from_plain(text)
    text = _PICTURES.sub(" ", _OTHER_BLOCKS.sub(r"<\1div>", text))
    return _HEADINGS.sub(r"\1h3", _cleaner.clean(text)).strip()


def _from_plain(text: str) -> str:
    plain = unescape(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not plain:
        return ""
    paragraphs = (part.strip() for part in _PARAGRAPHS.split(plain))
    return "".join(f"<p>{_escaped(part)}</p>" for part in paragraphs if part)


def _escaped(part: str) -> str:
    return html.escape(part.replace("\0", ""), quote=False).replace("\n", "<br>")
