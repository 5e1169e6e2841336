"""SubRip: numbered cues. It has no specification; players read it as leniently as this.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md#srt
"""

from __future__ import annotations

from itertools import islice

from castabout.model.transcript import Cue
from castabout.parse.transcript import limits
from castabout.parse.transcript.markup import spoken
from castabout.parse.transcript.problems import Problems
from castabout.parse.transcript.rolling import without_rolling
from castabout.parse.transcript.timing import read_cues, split_lines


def read_srt(text: str, problems: Problems) -> list[Cue]:
    """The cues of ``text`` in its order; the lines of a cue stay lines."""
    cues = read_cues(split_lines(text), problems, named=False)
    return without_rolling(list(islice(spoken(cues), limits.CUES + 1)))
