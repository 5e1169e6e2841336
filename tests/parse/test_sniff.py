"""What some bytes are, from the bytes alone."""

from __future__ import annotations

import gzip

import pytest

from castabout.parse.sniff import Format, Kind, describe, format_of, kind_of

JUNK = b"<b>Warning</b>: something in /var/www/feed.php on line 3<br />\n"


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"<rss version='2.0'><channel/></rss>", Format.RSS),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a -->\n<RSS></RSS>", Format.RSS),
        (b"<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'x.dtd' [<!ENTITY a '<b>'>]><rss/>", Format.RSS),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x"><rss/>', Format.RSS),
        (b"<rdf:RDF xmlns:rdf='x'/>", Format.RSS),
        (b"<channel><item/></channel>", Format.RSS),
        ("<?xml version='1.0' encoding='utf-16'?><rss/>".encode("utf-16"), Format.RSS),
        ("<rss/>".encode("utf-16-be"), Format.RSS),
        ("<rss/>".encode("utf-32"), Format.RSS),
        (JUNK + b"<rss version='2.0'/>", Format.RSS),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", Format.ATOM),
        (b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'/>", Format.ATOM),
        (JUNK + b"<feed version='0.3'/>", Format.ATOM),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', Format.JSON_FEED),
        (b'{"version":"https:\\/\\/jsonfeed.org\\/version\\/1.1"', Format.JSON_FEED),
        (b'\xef\xbb\xbf{"title": "a", "home_page_url": "b", "items": [{"id": "1"}]}', Format.JSON_FEED),
        ('{"version": "https://www.jsonfeed.org/version/1.1"}'.encode("utf-16-le"), Format.JSON_FEED),
        (b'{"items": [1, 2]}', None),
        (b'{"a": 1}', None),
        (b'[{"version": "https://jsonfeed.org/version/1"}]', None),
        (b"<opml version='2.0'/>", None),
        (b"<!DOCTYPE html><html><body>an &lt;rss&gt; feed</body></html>", None),
        (b"", None),
    ],
)  # fmt: skip
def test_formats_of_feeds(data: bytes, format: Format | None) -> None:
    assert format_of(data) is format
    assert (kind_of(data) is Kind.FEED) is (format is not None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b" \n", "empty"),
        (b"<!DOCTYPE html><html><head></head></html>", "an HTML page"),
        (b"<div>a part of a page</div>", "an HTML page"),
        (b"<opml/>", "an OPML list"),
        (b"<?xml version='1.0'?><note><to/></note>", "XML of another kind (its root is <note>)"),
        (b'{"a": [1, 2]}', "JSON"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture (PNG)"),
        (b"ID3\x04\x00", "an audio or video file (MP3)"),
        (gzip.compress(b"<rss/>"), "an archive (gzip)"),
        (b"%PDF-1.7", "a document (PDF)"),
        (b"hello", "plain text"),
        (b"\x01\x02\x03\x04\x05\x06\x07", "binary data"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "a feed (JSON Feed)"),
    ],
)
def test_what_other_bytes_are(data: bytes, said: str) -> None:
    assert describe(data) == said


def test_large_documents_are_looked_at_in_part() -> None:
    assert format_of(b" " * 2_000_000 + b"<rss/>") is Format.RSS
    assert format_of(b"<rss>" + b"x" * 5_000_000) is Format.RSS
    assert (
        format_of(b'{"version": "https://jsonfeed.org/version/1", "a": "' + b"x" * 5_000_000)
        is Format.JSON_FEED
    )


@pytest.mark.parametrize("quote", ['"', "'", "`", '"""'])
@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0"?>\n'])
def test_a_program_that_writes_feeds_is_none(quote: str, declaration: str) -> None:
    program = (
        f"FEED = {quote}{declaration}<rss><channel><title>%s</title><item>%s</item></channel></rss>{quote}"
    )
    assert kind_of(program.encode()) is Kind.TEXT
    assert kind_of(f"Warning: in line 1\n{declaration}<rss><channel></channel></rss>".encode()) is Kind.FEED
