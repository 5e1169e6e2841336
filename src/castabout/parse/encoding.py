"""Bytes to text, whatever a document says of its encoding.

In this order: a byte order mark; UTF-8 if the bytes are valid UTF-8, or
nearly, since nothing else looks like it; what the XML declaration names, if
letters and words come of it; UTF-8 with bytes of windows-1252 between; a
guess from the texts. Whatever is not sure is said.
"""

from __future__ import annotations

import codecs
import re

import chardet
from chardet.enums import EncodingEra

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
#: How those of them begin that say what they are; the character is not allowed in XML.
#: https://www.rfc-editor.org/rfc/rfc1468 https://www.rfc-editor.org/rfc/rfc1557
_ESCAPES = (
    (re.compile(rb"\x1b\$[@B][!-~]++\x1b\("), "iso2022_jp_ext"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
)
#: Python knows these by name, and they are no encodings of documents.
_NO_ENCODINGS = frozenset(
    {"charmap", "idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"}
)
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
#: One such byte by itself, as those between UTF-8 are.
_LONELY = re.compile("(?<![^\0-\x7f])[\udc80-\udcff](?![^\0-\x7f])")
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_BYTE_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
#: A guess is made from so many bytes of the texts that have others than ASCII, so many from one.
_SAMPLE = 60_000
_SAMPLE_OF_ONE = 2_000
_BEFORE = 100
#: What feeds may be in: neither EBCDIC nor DOS.
_ERAS = EncodingEra.MODERN_WEB | EncodingEra.LEGACY_ISO
_BEYOND = re.compile("[^\0-\x7f]+")
#: What is no language: a run of Latin letters with accents, and of signs; another alphabet glued to Latin.
_ODD = re.compile(
    "[\x80-\u024f\u02c6-\u02dd\u2010-\u2122]{4,}|(?<=[A-Za-z])[\u0370-\u07ff]+|[\u0370-\u07ff](?=[A-Za-z])"
)
#: What is declared is not doubted for fewer characters; so few do not tell one encoding from others.
_FEWEST = 8
#: Pieces that stay in the processor's cache are checked in a third of the time.
_PIECE = 16_384


def to_utf8(data: bytes) -> tuple[bytes, str | None]:
    """``data`` in UTF-8, which it mostly is in already, and, as `decode` gives it, a line about a guess."""
    is_marked = data.startswith(tuple(mark for mark, _ in _MARKS))
    # One byte is looked for in an eightieth of the time that two take.
    may_be_seven_bit = b"\x1b" in data or _declared(data).startswith(_SEVEN_BIT)
    if not is_marked and not may_be_seven_bit and _is_utf8(data):
        return data, None
    text, guess = decode(data)
    return text.encode("utf-8", "replace"), guess


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of ``data`` and, if its encoding had to be guessed, a line that says so."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding)
    declared = _declared(data)
    if data.isascii():
        if declared.startswith(_SEVEN_BIT):
            return data.decode(declared, "replace"), None
        for escape, encoding in _ESCAPES:
            if escape.search(data):
                return data.decode(encoding, "replace"), _guessed(encoding)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _decode_other(data, declared)


def _decode_marked(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return data.decode(encoding).lstrip("\ufeff"), None
    except UnicodeDecodeError:
        if encoding == "utf-8":
            return _decode_other(data.removeprefix(codecs.BOM_UTF8), "")
        return data.decode(encoding, "replace").lstrip("\ufeff"), _not_all(encoding)


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
    mixed = data.decode("utf-8", "surrogateescape")
    stray = len(mixed) - len(_ESCAPED.sub("", mixed))
    if stray * 10 <= beyond_ascii:
        return mixed.translate(_WESTERN), _MIXED
    sample = _texts_beyond_ascii(data)
    if declared not in ("", "utf-8"):
        text = data.decode(declared, "replace")
        wrong = text.count("\ufffd")
        if wrong * 50 < beyond_ascii:
            other = "" if _odd(sample, declared) < _FEWEST else _guess(sample)
            if other and other != declared:
                said = f"is hardly in {declared}, as it says; {_read_as(other)}"
                return data.decode(other, "replace"), said
            return text, _not_all(declared) if wrong else None
    is_mixed = stray <= beyond_ascii - stray
    if not is_mixed or len(_LONELY.findall(mixed)) * 2 < stray:
        guess = _guess(sample)
        if guess or not is_mixed:
            guess = guess or "cp1252"
            return data.decode(guess, "replace"), _guessed(guess)
    return mixed.translate(_WESTERN), _MIXED


_MIXED = "not all of its bytes are UTF-8; the others were read as windows-1252"


def _not_all(encoding: str) -> str:
    return f"not all of its bytes are {encoding}"


def _guessed(encoding: str) -> str:
    return f"does not say its encoding rightly; {_read_as(encoding)}"


def _read_as(encoding: str) -> str:
    return f"read as {encoding}, which is a guess"


def _texts_beyond_ascii(data: bytes) -> bytes:
    """The texts between tags that have other bytes than those of ASCII, up to `_SAMPLE`."""
    parts: list[bytes] = []
    size = at = 0
    while size < _SAMPLE and (found := _BYTE_BEYOND_ASCII.search(data, at)) is not None:
        first = found.start()
        start = max(at, first - _BEFORE)
        start = max(start, data.rfind(b"<", start, first), data.rfind(b">", start, first) + 1)
        end = data.find(b"<", first, first + _SAMPLE_OF_ONE)
        at = first + _SAMPLE_OF_ONE if end == -1 else end
        parts.append(data[start:at])
        size += at - start
    return b"\n".join(parts)


def _guess(sample: bytes) -> str:
    """The encoding that ``sample`` is probably in; empty if nothing sensible comes of it."""
    name = _known(str(chardet.detect(sample, encoding_era=_ERAS)["encoding"] or ""))
    return name if name and not _odd(sample, name) else ""


def _odd(sample: bytes, encoding: str) -> int:
    """How many characters of it are `_ODD`, or cannot be; 0 if most of those beyond ASCII are not.

    One sign again and again is nothing odd.
    """
    text = sample.decode(encoding, "replace")
    odd = sum(len(run) for run in _ODD.findall(text) if len(run) == 1 or len(set(run)) > 1)
    odd += 50 * text.count("\ufffd")
    return odd if odd * 2 > sum(map(len, _BEYOND.findall(text))) else 0


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:1024])
    return _known(found[1].decode("ascii")) if found else ""


def _known(name: str) -> str:
    """The encoding that ``name`` means, as Python calls it; empty if there is none of this name."""
    try:
        encoding = codecs.lookup(name).name
        reads_ascii = b"<?xml".decode(encoding) == "<?xml"
    except (LookupError, UnicodeError):  # none, or one that is not for text, such as base64
        return ""
    return _MEANT.get(encoding, encoding) if reads_ascii and encoding not in _NO_ENCODINGS else ""
