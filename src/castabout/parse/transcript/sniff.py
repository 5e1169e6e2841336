"""Which format a transcript is in: from its text, since labels lie."""

from __future__ import annotations

import re
from enum import Enum

from castabout.parse import sniff
from castabout.parse.sniff import Kind
from castabout.parse.transcript.timing import has_timing

#: What some text is shows within this many characters.
_WINDOW = 65_536
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_OTHERS = (Kind.IMAGE, Kind.MEDIA, Kind.ARCHIVE, Kind.DOCUMENT, Kind.OTHER)
_JSON = re.compile(r'[\[{]\s*["{}\]]')
_MARKUP = re.compile(
    r"<(?:!doctype\s|html|head|body|cite|time|p|div|article|section|main|h[1-6]|ul|ol|table|span)[\s>]", re.I
)
_CLOSED = re.compile(r"</(?:p|div|cite|time|li|h[1-6]|html)\s*>|<(?:br|p)\s*/?>", re.I)
_FEED = re.compile(r"\s*(?:<\?xml[^<>]*>\s*)?<(?:rss|rdf:RDF|feed|opml)[\s>]", re.I)


class Format(Enum):
    """The formats of transcripts; the value says it to a person."""

    JSON = "JSON"
    VTT = "WebVTT"
    SRT = "SRT"
    HTML = "HTML"
    PLAIN = "plain text"


_LABELS = {
    "application/json": Format.JSON,
    "text/json": Format.JSON,
    "application/x-json": Format.JSON,
    "text/vtt": Format.VTT,
    "application/vtt": Format.VTT,
    "application/x-vtt": Format.VTT,
    "text/webvtt": Format.VTT,
    "application/x-subrip": Format.SRT,
    "application/srt": Format.SRT,
    "text/srt": Format.SRT,
    "application/x-srt": Format.SRT,
    "text/x-srt": Format.SRT,
    "text/x-subrip": Format.SRT,
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/plain": Format.PLAIN,
    "text/markdown": Format.PLAIN,
}


def format_by_label(type: str | None) -> Format | None:
    """What the MIME type ``type`` says, whatever its case and parameters."""
    return _LABELS.get(type.partition(";")[0].strip().lower()) if type else None


def format_of(text: str, label: Format | None = None) -> Format:
    """The format of ``text``; ``label`` decides only what the text itself leaves open."""
    text = text[:_WINDOW].lstrip("\ufeff \t\r\n")
    if text.startswith("WEBVTT"):
        return Format.VTT
    if _JSON.match(text):
        return Format.JSON
    if _MARKUP.match(text):
        return Format.HTML
    if has_timing(text):
        return Format.VTT if label is Format.VTT else Format.SRT
    return Format.HTML if _CLOSED.search(text) else Format.PLAIN


def why_no_transcript(data: bytes, text: str) -> str | None:
    """What ``data``, of which ``text`` was made, is instead of a transcript; ``None`` if it may be one."""
    if not text.strip("\ufeff\0 \t\r\n"):
        return "empty"
    start = data[:_WINDOW]
    kind = sniff.kind_of(start)
    is_binary = _BINARY.search(text, 0, 4096) is not None
    # Words can begin with what is the signature of a format of bytes.
    if kind is Kind.DOCUMENT or (is_binary and kind in _OTHERS):
        return sniff.describe(start)
    if is_binary:
        return Kind.OTHER.value
    return Kind.FEED.value if _FEED.match(text.lstrip("\ufeff")) else None
