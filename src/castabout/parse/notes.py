"""Notes: whatever a feed writes there, as HTML that nothing bad can come of. The only sanitiser."""

from __future__ import annotations

import html
import re

import nh3

from castabout.parse.fields import unescape
from castabout.parse.tags import (
    BLOCKS,
    CELLS,
    DROPPED_WHOLE,
    HTML,
    KEPT,
    VANISHING,
    is_much,
    nested,
    without_lost_cells,
    without_strange,
)

#: Notes beyond this are cut.
NOTES_CHARACTERS = 1_000_000
#: How often text can have been escaped on its way.
_ESCAPED_TIMES = 3

#: What stood wrongly in one of these was moved, maybe to where it cannot be: it is cleaned again.
_MOVING = frozenset("table h1 h2 h3 h4 h5 h6".split())
_MOVES = 2

_REL = "noopener nofollow ugc"


def _cleaner(base: str | None = None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(KEPT),
        clean_content_tags=set(DROPPED_WHOLE),
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        url_relative=("rewrite_with_base", base) if base else "deny",
        link_rel=_REL,
    )


_usual = _cleaner()
#: Names of tags, those that are none among them: what one costs is spared if its name is not there.
_NAMES = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_MARKUP = re.compile(rf"</?(?:{'|'.join(sorted(HTML))})(?:[\s/][^<>]*)?>|<!--|<!doctype\b[^<>]*>", re.I)
#: Tags that show that text was escaped once too often; others may be meant as text.
_ESCAPED_MARKUP = re.compile(
    r"&(?:amp;){0,2}lt;/?(?:p|br|a|b|i|em|strong|ul|ol|li|div|span|h[1-6]|blockquote)(?:\s|/?&(?:amp;){0,2}gt;)",
    re.I,
)
#: CDATA sections within the text: escaped once too often, or one inside another.
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
#: What begins no tag is text, such as ``<3``, ``a < b`` and ``<desk@show.example>``.
_NO_TAG = re.compile(r"<(?!/?[A-Za-z][\w-]*(?::\w[\w-]*)?(?:[\s/][^<>]*)?>|!--|![A-Za-z\[]|\?)")
#: A tag in whose midst the text was cut off.
_CUT_TAG = re.compile(r"</?[A-Za-z]\w*(?:\s+[\w:-]+\s*=[^<>]*)?\Z")
#: A comment that nothing closes would hide everything behind it.
_OPEN_COMMENT = re.compile(r"<!--[^<>]*>?")
_BLOCK_TAG = re.compile(rf"<(/?)(?:{'|'.join(sorted(BLOCKS))})\b[^<>]*>", re.I)
_VANISHING_TAG = re.compile(rf"(?=<(?:{'|'.join(sorted(VANISHING))})\b)", re.I)
#: HTML does not count the first of them.
_LINES_AT_START = re.compile(r"<pre>\n+")
_HEADING_TAG = re.compile(r"(</?)h[12](?=>)")
_RELATIVE = re.compile(r"""href=["']?+(?![A-Za-z][A-Za-z0-9+.-]*:|["'>])""")
_PARAGRAPHS = re.compile(r"\n\s*\n")
#: What no address in running text has inside, and what at its end belongs to the sentence around it.
_NOT_INSIDE = r"\s<>\"'“”‘’«»、。，！？；：（）「」【】《》\\^`{|}"
_ADDRESS = re.compile(rf"\b(https?://[^{_NOT_INSIDE}]*[^{_NOT_INSIDE}.,;:!?*_~\[\]()])", re.I)


def sanitise(text: str, base: str | None = None) -> str:
    """``text``, HTML or plain, as safe HTML: an allow-list of elements, of attributes and of addresses.

    Lines of plain text stay lines, and addresses in it become links. Markup
    that was escaped once too often is taken as markup, if there is none
    beside it. Links of HTML that are relative are so to ``base``; without it
    they lead nowhere. Sanitising twice is sanitising once.
    """
    text = text[:NOTES_CHARACTERS]
    for _ in range(_ESCAPED_TIMES):
        if "[CDATA[" in text:
            text = _CDATA.sub("", text)
        if "<" in text and _MARKUP.search(text):
            return _from_html(text, base)
        if "&" not in text or not _ESCAPED_MARKUP.search(text):
            break
        text = unescape(text)
    return _from_plain(text)


def _from_html(text: str, base: str | None) -> str:
    last = text.rfind("<")
    if text.find(">", last) == -1:
        text = text[:last] + _CUT_TAG.sub("", text[last:])
    if "<!--" in text:
        head, end, tail = text.rpartition("-->")
        text = head + end + _OPEN_COMMENT.sub("", tail)
    names = {name.lower() for name in set(_NAMES.findall(text))}
    text = _NO_TAG.sub("&lt;", text)
    text = _with_our_tags(text, names)
    safe = _cleaner_for(text, base).clean(text).strip()
    for _ in range(0 if names.isdisjoint(_MOVING) else _MOVES):
        safe = _usual.clean(safe).strip()
    if "h1" in names or "h2" in names:
        safe = _HEADING_TAG.sub(r"\1h3", safe)
    if "pre" in names:
        safe = _LINES_AT_START.sub("<pre>", safe)
    return safe if "<" in safe else _paragraph(safe)


def _with_our_tags(text: str, names: set[str]) -> str:
    """``text`` with tags in the place of which the sanitiser leaves what a reader sees, in little time."""
    if not names <= HTML or not names.isdisjoint(DROPPED_WHOLE):
        text = without_strange(text)
    if not names.isdisjoint(BLOCKS):
        text = _BLOCK_TAG.sub(r"<\1div>", text)
    if not names.isdisjoint(CELLS):
        text = without_lost_cells(text)
    if is_much(text):
        text = nested(text)
    if not names.isdisjoint(VANISHING):
        text = _VANISHING_TAG.sub(" ", text)
    return text


def _cleaner_for(text: str, base: str | None) -> nh3.Cleaner:
    if base and _RELATIVE.search(text):
        try:
            return _cleaner(base)
        except ValueError:  # an address that a stricter reader of addresses refuses
            return _usual
    return _usual


def _from_plain(text: str) -> str:
    plain = unescape(text).strip()
    if "\r" in plain or "\0" in plain:
        plain = plain.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    to_html = _linked if "://" in plain else _escaped
    if "\n" not in plain:
        return _paragraph(to_html(plain))
    return "".join(_paragraph(to_html(part.strip())) for part in _PARAGRAPHS.split(plain))


def _linked(part: str) -> str:
    texts = _ADDRESS.split(part)  # what stands between addresses, and these, in turn
    texts[::2] = map(_escaped, texts[::2])
    texts[1::2] = [
        f'<a href="{address}" rel="{_REL}">{address}</a>' for address in map(_escaped, texts[1::2])
    ]
    return "".join(texts)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>").replace("\xa0", "&nbsp;")


def _paragraph(safe: str) -> str:
    return f"<p>{safe}</p>" if safe else ""
