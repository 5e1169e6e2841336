"""HTML: ``<cite>`` names the speaker, ``<time>`` the start, ``<p>`` holds what is said.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md#html
Read by its tags, in one pass: there is no tree, and nothing to nest too deeply.
"""

from __future__ import annotations

import re

from castabout.model.transcript import Cue
from castabout.parse.fields import parse_language, unescape
from castabout.parse.transcript.plain import read_plain
from castabout.parse.transcript.stamp import parse_stamp

_TAG = re.compile(r"<!--|<[!?][^<>]*>|<(/?)([A-Za-z][A-Za-z0-9]{0,20})((?:[\s/][^<>]*)?)>")
#: Nothing in these is said.
_DROPPED = frozenset(
    "script style noscript template title nav footer button select textarea svg iframe object audio video".split()
)
#: The rest of a document in which one of these is not closed is code.
_CODE = frozenset(("script", "style"))
#: What is in these is another paragraph.
_BLOCKS = frozenset(
    "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article blockquote table tr td th pre hr main header "
    "figure figcaption body html head aside form details summary center address".split()
)
_LANGUAGE = re.compile(r"\slang\s*=\s*[\"']?([\w-]{2,20})", re.I)
_ATTRIBUTE_TIME = re.compile(r"\sdatetime\s*=\s*[\"']?([\d:.,]{1,20})", re.I)


def read_html(text: str) -> tuple[list[Cue], str | None]:
    """The paragraphs of ``text`` as cues, and its language, if it says one.

    Without a single ``<cite>`` or ``<time>`` its paragraphs are read as those
    of a plain text, where names and times may stand as well.
    """
    page = _Page()
    page.read(text)
    if page.is_marked:
        return page.cues, page.language
    return read_plain("\n\n".join(cue.text for cue in page.cues)), page.language


class _Page:
    """Reads a page from its beginning to its end."""

    def __init__(self) -> None:
        self.cues: list[Cue] = []
        self.language: str | None = None
        #: Whether it has speakers or times of its own.
        self.is_marked = False
        self._speaker: str | None = None
        self._start: float | None = None
        #: Whether anything was said since the last speaker or time.
        self._has_spoken = False
        #: The paragraph so far, and whether there is more in it than blanks.
        self._texts: list[str] = []
        self._has_text = False
        #: Name and attributes of the ``cite`` or ``time`` that is open, and what is in it.
        self._open: tuple[str, str] | None = None
        self._inside: list[str] = []

    def read(self, text: str) -> None:
        at = 0
        unclosed: set[str] = set()
        while (tag := _TAG.search(text, at)) is not None:
            self._text(text[at : tag.start()])
            at = tag.end()
            name = (tag[2] or "").lower()
            if tag[0] == "<!--" or (name in _DROPPED and not tag[1]):
                # What is never closed is looked for once only.
                end = None if name in unclosed else _end_of(name).search(text, at)
                if end is not None:
                    at = end.end()
                elif name in _CODE:
                    at = len(text)
                else:
                    unclosed.add(name)
            elif name:
                self._tag(name, tag[3], is_end=bool(tag[1]))
        self._text(text[at:])
        self._close()
        self._end_of_paragraph()

    def _text(self, text: str) -> None:
        if self._open is not None:
            self._inside.append(unescape(text))
        elif text:
            self._texts.append(unescape(text))
            self._has_text = self._has_text or not text.isspace()

    def _tag(self, name: str, attributes: str, *, is_end: bool) -> None:
        if name in ("cite", "time"):
            self._close()
            if not is_end:
                self._open = (name, attributes)
        elif name in _BLOCKS:
            self._close()
            self._end_of_paragraph()
        elif name == "br":
            self._text("\n")
        if name == "html" and (language := _LANGUAGE.search(attributes)):
            self.language = parse_language(language[1])

    def _close(self) -> None:
        """End the open ``cite`` or ``time``: within a sentence they are text like any other."""
        if self._open is None:
            return
        (name, attributes), text = self._open, "".join(self._inside)
        self._open, self._inside = None, []
        if name == "cite" and text.strip() and (not self._has_text or text.rstrip().endswith((":", "："))):
            self._end_of_paragraph()
            if self._has_spoken:
                self._start = None
            self._speaker = text
        elif name == "time" and not self._has_text and (stamp := _stamp(text, attributes)) is not None:
            self._start = stamp
        else:
            self._text(text)
            return
        self.is_marked = True
        self._has_spoken = False

    def _end_of_paragraph(self) -> None:
        text = "".join(self._texts).strip()
        self._texts, self._has_text = [], False
        if text:
            self.cues.append(Cue(text, self._start, None, self._speaker))
            self._has_spoken = True


def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\b[^<>]*>", re.I) if name else re.compile("-->")


def _stamp(text: str, attributes: str) -> float | None:
    attribute = _ATTRIBUTE_TIME.search(attributes)
    for candidate in (text.strip(" \t\r\n()[]"), attribute[1] if attribute else ""):
        if ":" in candidate and (stamp := parse_stamp(candidate)) is not None:
            return stamp
    return None
