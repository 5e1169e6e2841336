"""Transcripts with a word in each cue: joined into sentences of at most some ten seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from castabout.model.transcript import Cue

SENTENCE_SECONDS = 10.0
#: What has no end of a sentence and no times ends after this many characters.
_SENTENCE_CHARACTERS = 300
#: A silence of this many seconds ends a sentence.
_SILENCE = 2.0
_WORD_CHARACTERS = 30
#: Of scripts that are written without blanks, more letters than these are no single word.
_IDEOGRAPHS = 3
_NO_BLANKS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff00-\uffef"
_UNSPACED = re.compile(f"[{_NO_BLANKS}]")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*\s*$")
_NO_SENTENCE_END = re.compile(r"(?:\b\w|\b(?:mr|mrs|ms|dr|prof|st|vs|jr|sr))\.\s*$", re.I)
#: What belongs to the word before it, where the words do not say so by their blanks.
_ATTACHED = re.compile(
    r"(?:['’](?:s|m|re|ve|ll|d|t)|n['’]t)?[,.!?;:%…)\]}”»、。！？，]*",
    re.I,
)


def join_words(cues: Sequence[Cue]) -> list[Cue]:
    """``cues`` as they are, or, if most of them are one word, sentence by sentence.

    Never across a change of speaker, nor across silence.
    """
    if 2 * sum(map(_is_word, cues)) <= len(cues) or len(cues) < 2:
        return list(cues)
    have_blanks = _have_blanks(cues)
    return [_joined(group, have_blanks) for group in _sentences(cues)]


def _is_word(cue: Cue) -> bool:
    text = cue.text.strip()
    if len(text) > _WORD_CHARACTERS or len(text.split()) != 1:
        return False
    return len(text) <= _IDEOGRAPHS or not _UNSPACED.search(text)


def _have_blanks(cues: Sequence[Cue]) -> bool:
    """Whether the words come with the blanks that belong between them."""
    before = sum(cue.text[:1].isspace() for cue in cues)
    after = sum(cue.text[-1:].isspace() for cue in cues)
    return 2 * max(before, after) > len(cues)


def _sentences(cues: Sequence[Cue]) -> Iterator[list[Cue]]:
    group: list[Cue] = []
    characters = 0
    for cue in cues:
        if group and (_is_apart(group, cue) or characters + len(cue.text) > _SENTENCE_CHARACTERS):
            yield group
            group, characters = [], 0
        group.append(cue)
        characters += len(cue.text) + 1
    if group:
        yield group


def _is_apart(group: Sequence[Cue], cue: Cue) -> bool:
    first, last = group[0], group[-1]
    if cue.speaker != last.speaker or (cue.start is None) != (last.start is None):
        return True
    if _SENTENCE_END.search(last.text) and not _NO_SENTENCE_END.search(last.text):
        # The mark of a sentence can be a cue of its own, and so can what closes it.
        return not _ATTACHED.fullmatch(cue.text.strip())
    if cue.start is None or first.start is None or last.start is None:
        return False
    silence = cue.start - (last.end if last.end is not None else last.start)
    until = cue.end if cue.end is not None else cue.start
    return silence > _SILENCE or until - first.start > SENTENCE_SECONDS


def _joined(group: Sequence[Cue], have_blanks: bool) -> Cue:
    text = group[0].text
    for cue in group[1:]:
        text += cue.text if have_blanks or _is_attached(text, cue.text) else f" {cue.text.lstrip()}"
    ends = [cue.end for cue in group if cue.end is not None]
    return Cue(text, group[0].start, max(ends, default=None), group[0].speaker)


def _is_attached(text: str, word: str) -> bool:
    if _UNSPACED.match(word[:1]) and _UNSPACED.match(text[-1:]):
        return True
    return _ATTACHED.fullmatch(word.strip()) is not None
