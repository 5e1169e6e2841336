"""What is wrong with a document, in words of those who write feeds rather than of libxml2."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

#: What libxml2 says → what is meant. https://gitlab.gnome.org/GNOME/libxml2/-/blob/master/error.c
_WORDS = tuple(
    (re.compile(said), meant)
    for said, meant in (
        (r"Entity '(.+)' not defined", r"unknown entity &\1;"),
        (r"xmlParseEntityRef: no name|EntityRef: expecting ';'", "a bare &"),
        (r"xmlParseCharRef.*", "a reference to a character that does not exist"),
        (r"(?:PCDATA|CData section|Char) .*?(?:value|Char) (\d+)", r"a control character (\1)"),
        (r"Opening and ending tag mismatch: (\S+) line \d+ and (\S+)", r"<\1> is ended by </\2>"),
        (r"Premature end of data in tag (\S+).*", r"it ends within <\1>"),
        (r"Namespace prefix (\S+) .*", r"the prefix “\1” is not declared"),
        (r"Specification mandates value for attribute (\S+)", r"the attribute “\1” has no value"),
        (r"AttValue: .*", "an attribute without quotation marks"),
        (r"Attribute (\S+) redefined", r"the attribute “\1” is there twice"),
        (r"StartTag: invalid element name", "a bare <"),
        (r"Extra content at the end of the document", "more behind its end"),
        (r"XML declaration allowed only at the start.*", "something before the XML declaration"),
        (r"Start tag expected.*", "something before its first element"),
        (r"CData section not finished.*", "a CDATA section without end"),
        (
            r"Comment not terminated.*|Double hyphen within comment.*",
            "a comment without end, or with -- in it",
        ),
        (r"error parsing attribute name|expected '='|attributes construct error", "attributes that are none"),
        (r"Unescaped '<' not allowed in attributes values", "a < in an attribute"),
        (r"invalid character in attribute value", "a control character in an attribute"),
        (r"Invalid character: Char 0x([0-9A-Fa-f]+) out of allowed range", r"a control character (0x\1)"),
        (r"expected '>'|Couldn't find end of Start Tag (\S+)", "a tag without end"),
        (r"Sequence '\]\]>' not allowed in content", "]]> outside CDATA"),
        (r"Failed to parse QName '(.+)'", r"a name that is none (\1)"),
        (r"CharRef: invalid (?:hexa)?decimal value", "a reference to a character that does not exist"),
        (
            r"Malformed declaration expecting version|Blank needed here|String not (?:closed|started) expecting.*"
            r"|Unsupported version .*|Content error in the internal subset|xmlParseEntityDecl: .*",
            "an XML declaration or document type that cannot be read",
        ),
        (
            r"(\S+): .* is not a valid URI|(\S+): Empty XML namespace is not allowed",
            "a namespace without an address",
        ),
        (r"xml namespace prefix mapped to wrong URI", "the prefix “xml” is declared as another"),
        (r"ParsePI: .*|Invalid PI name|xmlParsePI : .*", "an instruction that cannot be read"),
        (r"Maximum entity amplification factor exceeded.*", "entities that become too large"),
        (r"no element found|Document is empty", "it has no elements"),
        (r"Excessive depth in document: (\d+).*", r"elements more than \1 deep"),
        (r"Input is not proper UTF-8.*", "bytes that are no UTF-8"),
    )
)
#: Behind what libxml2 says: what is for programmers, and where.
_BESIDES = re.compile(r", (?:see|use|line) .*|\n.*", re.S)
#: What is also said where a document goes on that is not known to its end.
_UNFINISHED = re.compile(
    r"Premature end|CData section not finished|Comment not terminated|Couldn't find end|AttValue"
)
_CHARACTERS = 100
_SERIOUS = ("ERROR", "FATAL")


class Entry(Protocol):
    """One entry of lxml's log of errors."""

    message: str
    line: int
    level_name: str


def cause(entries: Iterable[Entry], *, at_end: bool = True) -> str | None:
    """The first error in ``entries`` and its line: ``unknown entity &mdash;, line 12``; else ``None``.

    Unless ``at_end``, that the document ends too early does not count.
    """
    first = next((entry for entry in entries if entry.level_name in _SERIOUS), None)
    if first is None or not (at_end or _UNFINISHED.match(first.message) is None):
        return None
    return f"{in_words(first.message)}, line {first.line}"


def in_words(said: str) -> str:
    """What libxml2 has ``said``, in words."""
    text = _BESIDES.sub("", said)
    for form, meant in _WORDS:
        if (found := form.fullmatch(text)) is not None:
            return found.expand(meant)[:_CHARACTERS]
    return text[:_CHARACTERS]
