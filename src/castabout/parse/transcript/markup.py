"""The text of a cue: tags of WebVTT, and of HTML as SRT has it, to speakers and plain text.

https://www.w3.org/TR/webvtt1/#webvtt-cue-text
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from castabout.model.transcript import Cue
from castabout.parse.fields import one_line, unescape
from castabout.parse.transcript.limits import SPEAKER_CHARACTERS

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]*)>|</v\s*>")
#: Others, such as ``<laughs>``, are text. The last one is of another format of subtitles.
_TAG = re.compile(
    r"</?(?:c|i|b|u|s|v|lang|ruby|rt|font|span|em|strong|p|div|small|big)(?:[\s./][^<>]*)?>"
    r"|<\d[\d:.]*>|\{\\[^{}]*\}",
    re.I,
)
_BREAK = re.compile(r"<br\s*/?>", re.I)


def spoken(cues: Iterable[Cue]) -> Iterator[Cue]:
    """``cues`` with plain text; one with the voices of several speakers becomes one for each."""
    for cue in cues:
        if "<" not in cue.text and "&" not in cue.text and "{\\" not in cue.text:
            yield cue
            continue
        # Text and the speakers of what follows in turn; the end of a voice is one by nobody.
        pieces = [None, *_VOICE.split(cue.text)]
        for name, text in zip(pieces[::2], pieces[1::2], strict=True):
            plain = _plain(text or "")
            if plain.strip():
                yield Cue(plain, cue.start, cue.end, _plain_name(name))


def _plain_name(name: str | None) -> str | None:
    return one_line(unescape(name), SPEAKER_CHARACTERS) if name else None


def _plain(text: str) -> str:
    if "<" in text or "{" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    return unescape(text)
