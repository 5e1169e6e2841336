"""The JSON of Podcasting 2.0, and what programs write that is nearly it.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md#json
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from castabout.model.transcript import Cue
from castabout.parse.fields import parse_language
from castabout.parse.transcript import limits
from castabout.parse.transcript.problems import Problems
from castabout.parse.transcript.stamp import parse_stamp

#: A segment by itself, where the document around it is broken.
_FLAT = re.compile(r"\{[^{}]*\}")


def read_json(text: str, problems: Problems) -> tuple[list[Cue], str | None]:
    """The segments of ``text`` as cues, each with its blanks, and its language if it says one.

    Of a document that is broken or cut off, the segments that can be read by themselves.
    """
    try:
        document: object = json.loads(text.lstrip("\ufeff"), strict=False)
    except (ValueError, RecursionError) as error:
        said = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        problems.add(f"not well-formed JSON ({said}); read segment by segment")
        return _first(_cues(_flat_segments(text), problems)), None
    segments: object = document
    language = None
    if isinstance(document, dict):
        segments = next((document[name] for name in ("segments", "monologues") if document.get(name)), None)
        language = parse_language(_text(document.get("language")))
    if not isinstance(segments, list):
        problems.add("JSON without segments")
        segments = []
    return _first(_cues(segments, problems)), language


def _first(cues: Iterator[Cue]) -> list[Cue]:
    return list(islice(cues, limits.CUES + 1))


def _flat_segments(text: str) -> Iterator[object]:
    for found in _FLAT.finditer(text):
        try:
            yield json.loads(found[0], strict=False)
        except (ValueError, RecursionError):
            yield None


def _cues(segments: Iterable[object], problems: Problems) -> Iterator[Cue]:
    for number, segment in enumerate(segments, start=1):
        where = f"segment {number}"
        if not isinstance(segment, dict):
            problems.add("cannot be read", where)
            continue
        body = segment.get("body", segment.get("text"))
        if not isinstance(body, str):
            problems.add("has no text", where)
            continue
        start = _seconds(segment.get("startTime", segment.get("start")))
        end = _seconds(segment.get("endTime", segment.get("end")))
        if start is None:
            problems.add("has no time that can be read", where)
        yield Cue(body, start, end if start is not None else None, _speaker(segment.get("speaker")))


def _seconds(value: object) -> float | None:
    if isinstance(value, float | int) and not isinstance(value, bool):
        # NaN is less than no number at all.
        return float(value) if abs(value) < 1e12 else None
    return parse_stamp(value) if isinstance(value, str) else None


def _speaker(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("name")
    return _text(value) or None


def _text(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 1e6 else ""
    return value.strip() if isinstance(value, str) else ""
