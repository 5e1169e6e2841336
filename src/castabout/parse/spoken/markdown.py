"""Transcripts in Markdown: ``**Name:** text``, a paragraph or more a turn, with times now and then.

https://commonmark.org/ says what the marks mean; what is said is all that
counts here, so they go.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from castabout.model.feed import Problem
from castabout.model.transcript import ParsedTranscript, Transcript
from castabout.parse.spoken.heads import Head, heads_with_name
from castabout.parse.spoken.stamps import BRACKETED, seconds_of
from castabout.parse.spoken.talk import cues_of, find_talk

#: ``**Name:**``, ``**Name [1:23]:**``, ``**Name: **``, and by mistake ``**:Name**``.
_HEAD = re.compile(
    rf"^[^\S\n]{{0,3}}\*\*(?P<odd>:)?(?P<name>[^*:：\n]{{1,80}}?)[^\S\n]{{0,4}}(?P<time>{BRACKETED})?"
    r"(?:[:：][^\S\n]{0,4}\*\*|(?(odd)\*\*|(?!)))",
    re.M,
)
#: ``**Name**:``, ``**Name** (1:23):``, which may be a label within speech too.
_LABEL = re.compile(
    rf"^[^\S\n]{{0,3}}\*\*(?P<name>[^*:：\n]{{1,80}})\*\*[^\S\n]{{0,4}}(?P<time>{BRACKETED})?(?P<colon>[:：])?",
    re.M,
)
#: ``Break: [12:34] to [13:00]``: nobody speaks, and whoever spoke before goes on.
_PAUSE = re.compile(
    r"^(?:\*\*)?(?:break|intro|outro|jingle|music|pause)\b(?=[* ]{0,3}:)(?:[^\w\n]|\d|\bto\b)*$", re.M | re.I
)
#: A head that lost the end of the line before it.
_HEAD_IN_LINE = re.compile(r"\*\*(?P<name>[^*:：\n]{1,80})(?P<time>(?!))?:\*\*")
_PARAGRAPH = re.compile(r"(?:\A|\n[^\S\n]*\n)\s*")
#: Blanks in an address are a mistake that people make.
_ADDRESS = r"\(<?(?:[a-zA-Z][a-zA-Z+.-]{1,10}:|[/#.@]|www\.)(?:[^()\n]|\([^()\n]*\))*\)"
_IMAGE = re.compile(rf"!\[[^\[\]\n]*\]{_ADDRESS}")
_LINK = re.compile(rf"(?<!\\)\[([^\[\]\n]*)\]{_ADDRESS}")
_LINE_MARK = re.compile(r"^[^\S\n]{0,8}(?:#{1,6}|>(?:[^\S\n]?>)*|[-+*](?=[^\S\n]))[^\S\n]*", re.M)
_EMPHASIS = re.compile(r"([*_])(?<![\w*_\\].)(?=[^\s*_])([^*_\n]*[^*_\s\\])\1(?![\w*_])")


def parse_markdown(text: str) -> ParsedTranscript:
    """The speech in ``text``: speakers, times where they stand, no word lost.

    Text that nobody is named for is speech of nobody known. A time that does
    not rise with the others is a problem, and not used. Never raises.
    """
    text = _plain(text)
    heads = _heads(text)
    if not heads:
        talk = find_talk(text)
        heads = list(talk.heads) if talk else []
    if not heads:
        heads = [Head(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]
    if heads[0].at > 0:
        heads.insert(0, Head(0, 0))
    cues, unused = cues_of(text, heads, len(text))
    problems = (
        (Problem("transcript", f"times that do not rise with the others, not used: {unused}"),)
        if unused
        else ()
    )
    return ParsedTranscript(Transcript(cues), problems)


def _plain(text: str) -> str:
    """``text`` with only the marks that heads are known by."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _EMPHASIS.sub(r"\2", _LINE_MARK.sub("", text))
    return html.unescape(text).strip()


def _heads(text: str) -> list[Head]:
    heads = {
        match.start(): _head(match) for match in _HEAD.finditer(text) if not _PAUSE.match(text, match.start())
    }
    labels = [_head(match) for match in _LABEL.finditer(text) if match["time"] or match["colon"]]
    times = Counter(head.name for head in labels)
    known = {head.name for head in heads.values()} or {name for name, number in times.items() if number > 1}
    in_line = map(_head, _HEAD_IN_LINE.finditer(text))
    for head in (*labels, *heads_with_name(text), *in_line):
        if head.name in known:
            heads.setdefault(head.at, head)
    found = sorted(heads.values(), key=lambda head: head.at)
    return sorted([*found, *_pauses(text, found)], key=lambda head: head.at)


def _pauses(text: str, heads: list[Head]) -> Iterator[Head]:
    """Heads where somebody goes on after a pause."""
    places = [head.at for head in heads]
    for match in _PAUSE.finditer(text):
        before = bisect_left(places, match.start()) - 1
        yield Head(match.start(), match.end(), heads[before].name if before >= 0 else None)


def _head(match: re.Match[str]) -> Head:
    time = match["time"]
    return Head(
        match.start(), match.end(), " ".join(match["name"].split()), seconds_of(time) if time else None
    )
