"""Which of the transcripts of an episode to read first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from castabout.model.podcasting20 import LinkedFile
from castabout.parse.transcript.sniff import Format, format_by_label

_SUFFIXES = {
    ".json": Format.JSON,
    ".vtt": Format.VTT,
    ".srt": Format.SRT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".txt": Format.PLAIN,
    ".md": Format.PLAIN,
}
#: What has times, and how fine they are: the more, the better.
_TIMED = (Format.JSON, Format.VTT, Format.SRT)
_UNTIMED = (Format.HTML, Format.PLAIN, None)


def best_first(files: Sequence[LinkedFile], language: str | None) -> tuple[LinkedFile, ...]:
    """``files``, each address once, the best first: the episode's ``language``, then what has times.

    JSON, which can have a time for each word, goes before WebVTT, SRT, HTML
    and plain text; ``rel="captions"`` says of any of them that it has times.
    A file that names no language is in the episode's.
    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/transcript.md
    """
    distinct: dict[str, LinkedFile] = {}
    for file in files:
        distinct.setdefault(file.url, file)
    return tuple(sorted(distinct.values(), key=lambda file: _rank(file, language)))


def _rank(file: LinkedFile, language: str | None) -> tuple[bool, bool, int]:
    is_foreign = None not in (file.language, language) and _primary(file.language) != _primary(language)
    format = _format(file)
    if format in _TIMED:
        return is_foreign, False, _TIMED.index(format)
    return is_foreign, file.rel != "captions", len(_TIMED) + _UNTIMED.index(format)


def _format(file: LinkedFile) -> Format | None:
    said = format_by_label(file.type)
    if said not in (None, Format.PLAIN):
        return said
    # Plain text is what servers call all that they do not know.
    try:
        path = urlsplit(file.url).path
    except ValueError:
        return said
    return _SUFFIXES.get(PurePosixPath(path).suffix.lower(), said)


def _primary(language: str | None) -> str:
    return (language or "").partition("-")[0].lower()
