"""What is said in an episode as few bytes, and back.

Columns pack better than rows: first all texts, then all times as differences
in milliseconds. A file that was read is packed with what was read in it as
the dictionary, since it says the same once more.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from castabout.model.passage import Excerpts
from castabout.model.podcasting20 import Soundbite
from castabout.model.transcript import Chapter, Cue, Spoken, Transcript

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: Beyond it packing takes much longer for little: see the measurements in docs/decisions.
_LEVEL = 12


class _Columns(msgspec.Struct, array_like=True, omit_defaults=True):
    texts: list[str] | None
    #: Of each cue in turn: from the end of the cue before it, or its start if that has no end, to its own
    #: start; and from there to its end.
    times: list[int | None]
    speakers: list[str]
    #: Of each cue, the place of its speaker among them.
    by: list[int | None]
    language: str | None = None
    chapters: tuple[Chapter, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Columns)


def pack(spoken: Spoken) -> bytes:
    """``spoken`` as bytes; its cues' times to the millisecond."""
    return zstd.compress(_encoder.encode(_columns(spoken)), _LEVEL)


def unpack(packed: bytes) -> Spoken:
    """What `pack` packed."""
    columns = _decoder.decode(zstd.decompress(packed))
    transcript = None
    if columns.texts is not None:
        every = range(len(columns.texts))
        transcript = Transcript(tuple(_cues(columns, columns.texts, every).values()), columns.language)
    return Spoken(transcript, columns.chapters, columns.soundbites)


def unpack_some(packed: bytes, numbers: Collection[int]) -> tuple[bool, Excerpts]:
    """Whether `pack` packed a transcript; its cues with these numbers, all chapters and soundbites."""
    columns = _decoder.decode(zstd.decompress(packed))
    cues = {} if columns.texts is None else _cues(columns, columns.texts, frozenset(numbers))
    return columns.texts is not None, Excerpts(cues, columns.chapters, columns.soundbites)


def pack_raw(raw: bytes, packed: bytes) -> bytes:
    """The file ``raw``, in which was read what is ``packed``."""
    return zstd.compress(raw, _LEVEL, zstd_dict=_prefix(packed))


def unpack_raw(raw: bytes, packed: bytes) -> bytes:
    """What `pack_raw` packed."""
    return zstd.decompress(raw, zstd_dict=_prefix(packed))


def _prefix(packed: bytes) -> tuple[zstd.ZstdDict, int]:
    return zstd.ZstdDict(zstd.decompress(packed), is_raw=True).as_prefix


def _columns(spoken: Spoken) -> _Columns:
    transcript = spoken.transcript
    cues = transcript.cues if transcript else ()
    speakers = {name: place for place, name in enumerate(_speakers(cues))}
    return _Columns(
        [cue.text for cue in cues] if transcript else None,
        list(_times(cues)),
        list(speakers),
        [None if cue.speaker is None else speakers[cue.speaker] for cue in cues],
        transcript.language if transcript else None,
        spoken.chapters,
        spoken.soundbites,
    )


def _speakers(cues: Iterable[Cue]) -> Iterable[str]:
    return dict.fromkeys(cue.speaker for cue in cues if cue.speaker is not None)


def _times(cues: Iterable[Cue]) -> Iterator[int | None]:
    before = 0
    for cue in cues:
        start, end = _milliseconds(cue.start), _milliseconds(cue.end)
        if start is None:
            yield None
            yield end
            continue
        yield start - before
        yield None if end is None else end - start
        before = start if end is None else end


def _cues(columns: _Columns, texts: Sequence[str], numbers: Collection[int]) -> dict[int, Cue]:
    """The cues with these numbers, by number."""
    cues: dict[int, Cue] = {}
    before = 0
    starts, lengths = columns.times[::2], columns.times[1::2]
    # Each time tells how far it is from the one before.
    for number in range(min(max(numbers, default=-1) + 1, len(texts))):
        after, length = starts[number], lengths[number]
        start = None if after is None else before + after
        end = length if start is None or length is None else start + length
        if start is not None:
            before = start if end is None else end
        if number in numbers:
            by = columns.by[number]
            speaker = None if by is None else columns.speakers[by]
            cues[number] = Cue(texts[number], _seconds(start), _seconds(end), speaker)
    return cues


def _milliseconds(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)


def _seconds(milliseconds: int | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000
