"""What some bytes are, told from the bytes themselves: labels and file names lie."""

from __future__ import annotations

import json
import re
from enum import Enum

#: Junk before the root of a feed (messages of a broken program, say) is borne up to this many characters.
_JUNK = 65_536
#: What some bytes are shows within this many of them.
_WINDOW = 1_048_576


class Kind(Enum):
    """What some bytes are; the value says it to a person."""

    FEED = "a feed"
    OPML = "an OPML list"
    HTML = "an HTML page"
    JSON = "JSON"
    XML = "XML of another kind"
    IMAGE = "a picture"
    MEDIA = "an audio or video file"
    ARCHIVE = "an archive"
    DOCUMENT = "a document"
    EMPTY = "empty"
    TEXT = "plain text"
    OTHER = "binary data"


class Format(Enum):
    """The formats of feeds; the value says it to a person."""

    RSS = "RSS"
    ATOM = "Atom"
    JSON_FEED = "JSON Feed"


#: Beginning of the bytes → what they are and the name of the format.
_SIGNATURES: tuple[tuple[bytes, Kind, str], ...] = (
    (b"\x89PNG\r\n", Kind.IMAGE, "PNG"),
    (b"\xff\xd8\xff", Kind.IMAGE, "JPEG"),
    (b"GIF8", Kind.IMAGE, "GIF"),
    (b"\x00\x00\x01\x00", Kind.IMAGE, "ICO"),
    (b"BM", Kind.IMAGE, "BMP"),
    (b"II*\x00", Kind.IMAGE, "TIFF"),
    (b"MM\x00*", Kind.IMAGE, "TIFF"),
    (b"ID3", Kind.MEDIA, "MP3"),
    (b"\xff\xfb", Kind.MEDIA, "MP3"),
    (b"\xff\xf3", Kind.MEDIA, "MP3"),
    (b"OggS", Kind.MEDIA, "Ogg"),
    (b"fLaC", Kind.MEDIA, "FLAC"),
    (b"\x1aE\xdf\xa3", Kind.MEDIA, "Matroska or WebM"),
    (b"PK\x03\x04", Kind.ARCHIVE, "ZIP"),
    (b"\x1f\x8b", Kind.ARCHIVE, "gzip"),
    (b"BZh", Kind.ARCHIVE, "bzip2"),
    (b"\xfd7zXZ", Kind.ARCHIVE, "xz"),
    (b"7z\xbc\xaf", Kind.ARCHIVE, "7z"),
    (b"\x28\xb5\x2f\xfd", Kind.ARCHIVE, "Zstandard"),
    (b"Rar!", Kind.ARCHIVE, "RAR"),
    (b"%PDF-", Kind.DOCUMENT, "PDF"),
    (b"{\\rtf", Kind.DOCUMENT, "RTF"),
    (b"SQLite format 3\x00", Kind.OTHER, "SQLite database"),
)
#: Root element, lower case, without its prefix → what the document is.
_ROOTS = {
    "rss": Kind.FEED,
    "rdf": Kind.FEED,
    "channel": Kind.FEED,
    "item": Kind.FEED,
    "feed": Kind.FEED,
    "opml": Kind.OPML,
    "outline": Kind.OPML,
    "html": Kind.HTML,
    "head": Kind.HTML,
    "body": Kind.HTML,
    "svg": Kind.IMAGE,
}
#: What stands for the root element of a JSON Feed.
_JSON = "{"
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,30}:)?([A-Za-z_][\w.-]{0,30})(?=[\s/>])")
_KNOWN_ROOT = re.compile(
    r"<(?:rdf:)?(rss|rdf|channel|feed|opml|outline|html|head|body|!doctype\s+html)(?=[\s/>])", re.I
)
_JSON_FEED = re.compile(r'"version"\s{0,99}:\s{0,99}"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
#: Without a version: an object with items and something else that only feeds have.
_JSON_ITEMS = re.compile(r'"items"\s{0,99}:\s{0,99}\[')
_JSON_FEED_NAMES = re.compile(r'"(?:home_page_url|feed_url|content_html|content_text)"\s{0,99}:')
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(data: bytes) -> Kind:
    """What ``data`` is."""
    return _look(data)[0]


def format_of(data: bytes) -> Format | None:
    """The format of the feed that ``data`` is; ``None`` if it is no feed."""
    kind, detail = _look(data)
    if kind is not Kind.FEED:
        return None
    return {"feed": Format.ATOM, _JSON: Format.JSON_FEED}.get(detail, Format.RSS)


def describe(data: bytes) -> str:
    """What ``data`` is, for a person: ``a picture (PNG)``."""
    kind, detail = _look(data)
    return f"{kind.value} ({_spelled(kind, detail)})" if detail else kind.value


def _spelled(kind: Kind, detail: str) -> str:
    if detail == _JSON:
        return Format.JSON_FEED.value
    return f"its root is <{detail}>" if kind in (Kind.FEED, Kind.XML) else detail


def _look(data: bytes) -> tuple[Kind, str]:
    for signature, kind, name in _SIGNATURES:
        if data.startswith(signature):
            return kind, name
    if data[:4] == b"RIFF":
        return {b"WEBP": (Kind.IMAGE, "WebP"), b"WAVE": (Kind.MEDIA, "WAV")}.get(data[8:12], (Kind.OTHER, ""))
    if data[4:8] == b"ftyp":
        return (Kind.IMAGE, "AVIF or HEIC") if data[8:11] in (b"avi", b"hei", b"mif") else (Kind.MEDIA, "MP4")
    text = _text(data[:_WINDOW] if data[:_WINDOW].strip() else data)
    if not text:
        return Kind.EMPTY, ""
    if text[0] in "{[" and _is_json(text):
        return (Kind.FEED, _JSON) if _is_json_feed(text) else (Kind.JSON, "")
    found = _markup(text)
    if found is not None:
        return found
    return (Kind.OTHER if _BINARY.search(data[:4096]) else Kind.TEXT), ""


def _text(data: bytes) -> str:
    """``data`` as text whose markup, at least, can be read."""
    head = data[:4]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head:
        wide = head.count(b"\0") > 2 or head in (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
        little = head[:2] == b"\xff\xfe" or (head[:1] != b"\0" and head[:2] != b"\xfe\xff")
        encoding = f"utf-{32 if wide else 16}-{'le' if little else 'be'}"
        return data.decode(encoding, "ignore").strip("\ufeff\0 \t\r\n")
    return data.decode("latin-1").removeprefix("\xef\xbb\xbf").strip("\0 \t\r\n\x0b\x0c")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return re.match(r'[{\[]\s*["{\[\]}]', text) is not None
    except RecursionError:
        return True
    return True


def _is_json_feed(text: str) -> bool:
    if text[0] != "{":
        return False
    if _JSON_FEED.search(text):
        return True
    return bool(_JSON_ITEMS.search(text) and _JSON_FEED_NAMES.search(text))


def _markup(text: str) -> tuple[Kind, str] | None:
    root = _ROOT.match(text, _after_prolog(text))
    if root is not None:
        name = root[1].lower()
        kind = _ROOTS.get(name)  # some feeds say that they are of the document type html
        if kind is not None:
            return kind, {Kind.FEED: name, Kind.IMAGE: "SVG"}.get(kind, "")
    known = _KNOWN_ROOT.search(text, 0, _JUNK)
    if known is not None and not _is_quoted(text, known.start()):
        name = known[1].lower()
        kind = _ROOTS.get(name, Kind.HTML)
        return kind, name if kind is Kind.FEED else ""
    if root is not None and text.startswith("<?xml"):
        return Kind.XML, root[1].lower()
    return (Kind.HTML, "") if root is not None and "</" in text else None


def _is_quoted(text: str, root: int) -> bool:
    """Whether the document that begins at ``root``, or a little before, stands in quotes: in a program."""
    declared = text.rfind("<?xml", 0, root)
    return text[: root if declared == -1 else declared].endswith(('"', "'", "`"))


def _after_prolog(text: str) -> int:
    """Where the root element begins, after declaration, comments and document type."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if text.startswith("<?", at):
            end = text.find("?>", at)
        elif text.startswith("<!--", at):
            end = text.find("-->", at)
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            subset = text.find("[", at)
            close = text.find(">", at)
            end = text.find("]", subset) if -1 < subset < close else close
            end = text.find(">", end) if end != -1 else -1
        else:
            return at
        if end == -1:
            return at
        at = text.find(">", end) + 1
