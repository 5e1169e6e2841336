"""What is said in an episode as few bytes."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from castabout.model.podcasting20 import Soundbite
from castabout.model.transcript import Chapter, Cue, Spoken, Transcript
from castabout.parse.spoken.markdown import parse_markdown
from castabout.store.packing import pack, pack_raw, unpack, unpack_raw, unpack_some
from castabout.text.estimate import with_estimates

_SECONDS = st.integers(0, 48 * 3_600_000).map(lambda milliseconds: milliseconds / 1000)
_TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@st.composite
def cues(draw: st.DrawFn) -> Cue:
    start = draw(st.none() | _SECONDS)
    end = None if start is None else draw(st.none() | _SECONDS.filter(lambda end: end >= start))
    return Cue(draw(_TEXT), start, end, draw(st.none() | _TEXT))


_SPOKEN = st.builds(
    Spoken,
    st.none() | st.builds(Transcript, st.lists(cues()).map(tuple), st.none() | _TEXT),
    st.lists(st.builds(Chapter, _SECONDS, _TEXT)).map(tuple),
    st.lists(st.builds(Soundbite, start=_SECONDS, duration=_SECONDS)).map(tuple),
)


@given(_SPOKEN, st.binary())
def test_what_is_packed_is_unpacked(spoken: Spoken, raw: bytes) -> None:
    packed = pack(spoken)
    assert unpack(packed) == spoken
    assert unpack_raw(pack_raw(raw, packed), packed) == raw


def test_times_are_kept_to_the_millisecond() -> None:
    spoken = Spoken(Transcript((Cue("Hello.", 0.12345, 1.5),)))
    assert unpack(pack(spoken)) == Spoken(Transcript((Cue("Hello.", 0.123, 1.5),)))


def test_starts_that_others_tell_are_not_kept() -> None:
    # Ten letters in 20 s, the second begins after four of them.
    told = Transcript((Cue("abcd", 10.0), Cue("efghij"), Cue("end", 30.0)))
    shown = Transcript((Cue("abcd", 10.0), Cue("efghij", 18.0, is_estimated=True), Cue("end", 30.0)))
    assert with_estimates(told) == shown
    assert with_estimates(Transcript((Cue("a"), Cue("b")))) == Transcript((Cue("a"), Cue("b")))
    assert unpack(pack(Spoken(shown))).transcript == told
    assert unpack_some(pack(Spoken(told)), {1})[1].cues == {1: shown.cues[1]}


def test_transcripts_take_less_than_two_fifths_of_their_text(shared_data: Path) -> None:
    """What was read in them and the files themselves, together."""
    text, kept = 0, 0
    for file in sorted((shared_data / "transcripts" / "rfc").glob("*.md")):
        raw = file.read_bytes()
        transcript = parse_markdown(raw.decode()).transcript
        packed = pack(Spoken(transcript))
        text += sum(len(cue.text.encode()) for cue in transcript.cues)
        kept += len(packed) + len(pack_raw(raw, packed))
    assert text > 1_000_000
    assert kept < 0.4 * text
