"""What tests of transcripts need."""

from __future__ import annotations

from castabout.model.transcript import Cue
from castabout.parse.transcript.read import parse_transcript


def cues_of(text: str | bytes, type: str | None = None) -> tuple[Cue, ...]:
    return parse_transcript(text if isinstance(text, bytes) else text.encode(), type=type).transcript.cues


def problems_of(text: str | bytes, type: str | None = None) -> list[tuple[str, str]]:
    parsed = parse_transcript(text if isinstance(text, bytes) else text.encode(), type=type)
    return [(problem.where, problem.what) for problem in parsed.problems]
