"""Bytes to text, whatever a document says of its encoding.

In this order: a byte order mark; UTF-8 if the bytes are valid UTF-8, since
nothing else looks like it; what the XML declaration names; UTF-8 with some
bytes of windows-1252 between; a guess.
"""

from __future__ import annotations

import codecs
import re

import chardet

#: https://www.w3.org/TR/xml/#sec-guessing
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"{\0\0\0", "utf-32-le"),
    (b"\0\0\0{", "utf-32-be"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']?([A-Za-z0-9._:-]{2,40})""")
#: Encodings that write other letters with ASCII bytes: valid UTF-8, and yet none.
_SEVEN_BIT = ("iso2022", "utf-7", "utf7", "hz")
#: What is meant where a narrower name is given. https://encoding.spec.whatwg.org/#names-and-labels
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "latin-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}
#: Bytes of windows-1252 as `surrogateescape` leaves them → what they mean.
_WESTERN = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_ESCAPED = re.compile("[\udc80-\udcff]+")
_BEYOND_ASCII = bytes(range(0x80, 0x100))
#: A guess is made from this many bytes.
_SAMPLE = 60_000
#: Pieces that stay in the processor's cache are checked in a third of the time.
_PIECE = 16_384


def to_utf8(data: bytes) -> tuple[bytes, str | None]:
    """``data`` in UTF-8, which it mostly is in already, and, as `decode` gives it, a line about a guess."""
    is_marked = data.startswith(tuple(mark for mark, _ in _MARKS))
    if not is_marked and not _declared(data).startswith(_SEVEN_BIT) and _is_utf8(data):
        return data, None
    text, guess = decode(data)
    return text.encode("utf-8", "replace"), guess


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of ``data`` and, if its encoding had to be guessed, a line that says so."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff"), None
    declared = _declared(data)
    if declared.startswith(_SEVEN_BIT) and data.isascii():
        return data.decode(declared, "replace"), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _decode_other(data, declared)


def _is_utf8(data: bytes) -> bool:
    """Checked piece by piece: a large document need not be in the memory twice."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _PIECE):
            decoder.decode(data[at : at + _PIECE], at + _PIECE >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _decode_other(data: bytes, declared: str) -> tuple[str, str | None]:
    beyond_ascii = len(data) - len(data.translate(None, _BEYOND_ASCII))
    if declared not in ("", "utf-8"):
        try:
            return data.decode(declared), None
        except UnicodeDecodeError:
            text = data.decode(declared, "replace")
            if text.count("\ufffd") * 50 < beyond_ascii:
                return text, f"not all of its bytes are {declared}"
    mixed = data.decode("utf-8", "surrogateescape")
    stray = len(mixed) - len(_ESCAPED.sub("", mixed))
    if stray <= beyond_ascii - stray:
        return mixed.translate(
            _WESTERN
        ), "not all of its bytes are UTF-8; the others were read as windows-1252"
    first = next(place for place, byte in enumerate(data) if byte > 0x7F)
    sample = data[max(first - 200, 0) : first + _SAMPLE]
    guess = _known(str(chardet.detect(sample)["encoding"] or "")) or "cp1252"
    return data.decode(
        guess, "replace"
    ), f"does not say its encoding rightly; read as {guess}, which is a guess"


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:1024])
    return _known(found[1].decode("ascii")) if found else ""


def _known(name: str) -> str:
    """The encoding that ``name`` means, as Python calls it; empty if there is none of this name."""
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        return ""
    try:
        b"".decode(encoding)
    except LookupError:  # one that is not for text, such as base64
        return ""
    return _MEANT.get(encoding, encoding)
