"""What is said in an episode as few bytes, and back.

Columns pack better than rows: first all texts, then all times as differences
in milliseconds. A file that was read is packed with what was read in it as
the dictionary, since it says the same once more.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate

import msgspec

from castabout.model.passage import Excerpts
from castabout.model.podcasting20 import Soundbite
from castabout.model.transcript import Chapter, Cue, Spoken, Transcript
from castabout.text.estimate import estimates, with_estimate

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: Beyond it packing takes much longer for little: see the measurements in docs/decisions.
_LEVEL = 12


class _Columns(msgspec.Struct, array_like=True, omit_defaults=True):
    texts: list[str] | None
    #: Start and end of each cue in turn, in milliseconds after the time before.
    times: list[int | None]
    speakers: list[str]
    #: Of each cue, the place of its speaker among them.
    by: list[int | None]
    language: str | None = None
    chapters: tuple[Chapter, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Columns)


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
    """Whether `pack` packed a transcript; its cues with these numbers, all chapters and soundbites.

    Cues have the starts that others tell of them, as `castabout.text.estimate` has them.
    """
    columns = _decoder.decode(zstd.decompress(packed))
    cues = {}
    if columns.texts is not None:
        cues = _cues(columns, columns.texts, frozenset(numbers))
        if None in columns.times:
            cues = _estimated(columns, columns.texts, cues)
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


def _estimated(columns: _Columns, texts: Sequence[str], cues: dict[int, Cue]) -> dict[int, Cue]:
    after = columns.times
    clock = list(accumulate(seconds or 0 for seconds in after))
    starts = [None if after[at] is None else clock[at] / 1000 for at in range(0, len(after), 2)]
    found = estimates(starts, [len(text) for text in texts])
    return {number: with_estimate(cue, found.get(number)) for number, cue in cues.items()}


def _speakers(cues: Iterable[Cue]) -> Iterable[str]:
    return dict.fromkeys(cue.speaker for cue in cues if cue.speaker is not None)


def _times(cues: Iterable[Cue]) -> Iterator[int | None]:
    before = 0
    for cue in cues:
        for seconds in (None if cue.is_estimated else cue.start, cue.end):
            if seconds is None:
                yield None
            else:
                now = round(seconds * 1000)
                yield now - before
                before = now


def _cues(columns: _Columns, texts: Sequence[str], numbers: Collection[int]) -> dict[int, Cue]:
    """The cues with these numbers, by number."""
    wanted = sorted(number for number in numbers if number < len(texts))
    times = columns.times[: 2 * wanted[-1] + 2] if wanted else []
    clock = list(accumulate([after or 0 for after in times]))
    return {number: _cue(columns, texts[number], number, clock) for number in wanted}


def _cue(columns: _Columns, text: str, number: int, clock: Sequence[int]) -> Cue:
    at = 2 * number
    start = None if columns.times[at] is None else clock[at] / 1000
    end = None if columns.times[at + 1] is None else clock[at + 1] / 1000
    by = columns.by[number]
    return Cue(text, start, end, None if by is None else columns.speakers[by])
