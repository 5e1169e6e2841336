"""How much of a transcript is read."""

from __future__ import annotations

#: Two hundred thousand words, each a segment of JSON with its times, are some 30 MB.
BYTES = 50_000_000
#: Of plain text and HTML, which hold little but words: fifty hours of talk.
PROSE_CHARACTERS = 3_000_000
#: As published, before words are joined; of more than these the first ones are read.
CUES = 400_000
#: A cue with more text becomes several.
CUE_CHARACTERS = 10_000
#: Times beyond this are not believed.
LONGEST_SECONDS = 48 * 3600.0
SPEAKER_CHARACTERS = 100
