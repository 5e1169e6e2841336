"""What a feed says and nobody can use is said; what it does not say is not."""

from __future__ import annotations

import json

import pytest

from castabout.parse.feed import parse_feed

NAMESPACES = (
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:media="http://search.yahoo.com/mrss/"'
)
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
LONG_TITLE = "its title has more than 1,000 characters; the rest is left out"
LONG_NOTES = "its notes have more than 1,000,000 characters; the rest is left out"
MANY_FILES = "more than 20 media files; the others are left out"
SOUNDBITES = "its soundbites cannot be read (A)"
MANY_KEYWORDS = "more than 100 keywords; the others are left out"


def problems(text: str) -> list[tuple[str, str]]:
    return [
        (problem.where.partition(" “")[0], problem.what) for problem in parse_feed(text.encode()).problems
    ]


def rss(item: str, channel: str = "") -> list[tuple[str, str]]:
    return problems(
        f"<rss {NAMESPACES}><channel><title>Bread</title>{channel}<item><guid>1</guid>{item}</item></channel></rss>"
    )


def json_feed(**members: object) -> list[tuple[str, str]]:
    item = {"id": "1", **members}
    return problems(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}))


@pytest.mark.parametrize(
    ("item", "what"),
    [
        ('<enclosure url="ftp://a.example/1.mp3"/>', "the address of its media file cannot be used (ftp://a.example/1.mp3)"),
        ('<enclosure url="1.mp3" type="audio/mpeg"/>', "the address of its media file cannot be used (1.mp3)"),
        ('<enclosure url="" type="audio/mpeg"/>', "its media file has no address"),
        ('<enclosure/><enclosure url="https://a.example/1.mp3"/>', "its media file has no address"),
        ("<itunes:season>Two</itunes:season>", "its season cannot be read (Two)"),
        ("<itunes:episode>1a</itunes:episode>", "its number cannot be read (1a)"),
        ("<itunes:explicit>maybe</itunes:explicit>", "whether it is explicit cannot be read (maybe)"),
        ("<itunes:episodeType>Full Episode</itunes:episodeType>", "its type cannot be read (Full Episode)"),
        ("<language>xx-klingon</language>", "its language cannot be read (xx-klingon)"),
        ('<podcast:soundbite startTime="x" duration="3">A</podcast:soundbite>', SOUNDBITES),
        (f"<title>{'a' * 1_001}</title>", LONG_TITLE),
        (f"<description>{'a ' * 500_001}</description>", LONG_NOTES),
        ("".join(f'<enclosure url="https://a.example/{n}.mp3"/>' for n in range(21)), MANY_FILES),
        (f"<itunes:keywords>{','.join(map(str, range(101)))}</itunes:keywords>", MANY_KEYWORDS),
        (
            "<itunes:season>Two</itunes:season><itunes:episode>1a</itunes:episode><pubDate>soon</pubDate>",
            "its season cannot be read (Two); its number cannot be read (1a); its date cannot be read (soon)",
        ),
    ],
)  # fmt: skip
def test_of_an_item(item: str, what: str) -> None:
    assert rss(item) == [("item 1", what)]


@pytest.mark.parametrize(
    "item",
    [
        "",
        '<enclosure url="https://a.example/1.mp3"/><enclosure url="" type="image/jpeg"/>',
        '<media:content><media:player url="https://a.example/"/></media:content>',
        "<itunes:season/><itunes:episode> </itunes:episode><itunes:explicit></itunes:explicit><language/>",
        "<itunes:episode>one</itunes:episode><podcast:episode>1</podcast:episode>",
        "<language>und</language>",
        f"<title>{'a' * 1_000}</title>",
        f"<itunes:keywords>{','.join(map(str, range(100)))}</itunes:keywords>",
        "".join(f'<enclosure url="https://a.example/{n}.mp3"/>' for n in range(20)),
    ],
)
def test_nothing_is_wrong(item: str) -> None:
    assert rss(item) == []


@pytest.mark.parametrize(
    ("channel", "what"),
    [
        ("<language>jp</language>", "its language cannot be read (jp)"),
        ("<podcast:locked>maybe</podcast:locked>", "whether it is locked cannot be read (maybe)"),
        ("<itunes:complete>soon</itunes:complete>", "whether it is complete cannot be read (soon)"),
    ],
)
def test_of_a_feed(channel: str, what: str) -> None:
    assert rss("", channel) == [("feed", what)]


def test_of_an_item_without_anything_else() -> None:
    item = "<item><enclosure url='ftp://x/'/></item>"
    text = f"<rss {NAMESPACES}><channel>{item}<item><title>1</title></item></channel></rss>"
    (problem,) = parse_feed(text.encode()).problems
    assert (problem.where, problem.lost_item) == ("item 1", True)


def test_of_atom() -> None:
    links = "".join(f'<link rel="enclosure" href="https://a.example/{n}.mp3"/>' for n in range(21))
    text = (
        f'<feed {ATOM}><entry><id>1</id><link rel="enclosure" href="ftp://a.example/1.mp3"/></entry>'
        f"<entry><id>2</id>{links}</entry>"
        f'<entry><id>3</id><content type="html">{"a " * 500_001}</content></entry></feed>'
    )
    assert problems(text) == [
        ("item 1", "the address of its media file cannot be used (ftp://a.example/1.mp3)"),
        ("item 2", MANY_FILES),
        ("item 3", LONG_NOTES),
    ]


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"attachments": [{"url": "ftp://a.example/1.mp3"}]}, "the address of its media file cannot be used (ftp://a.example/1.mp3)"),
        ({"attachments": [{"mime_type": "audio/mpeg"}]}, "its media file has no address"),
        ({"attachments": [{"url": f"https://a.example/{n}.mp3"} for n in range(21)]}, MANY_FILES),
        ({"language": "dk"}, "its language cannot be read (dk)"),
        ({"tags": list(range(101))}, MANY_KEYWORDS),
        ({"title": "a" * 1_001}, LONG_TITLE),
        ({"content_text": "a " * 500_001}, LONG_NOTES),
        (
            {"language": "dk", "date_published": "soon"},
            "its language cannot be read (dk); its date cannot be read (soon)",
        ),
    ],
)  # fmt: skip
def test_of_a_json_feed(members: dict[str, object], what: str) -> None:
    assert json_feed(**members) == [("item 1", what)]


def test_items_beyond_the_limit_are_counted() -> None:
    items = ",".join(["{}"] * 100_002)
    parsed = parse_feed(f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{items}]}}'.encode())
    assert parsed.problems[0].what == "100,002 items; those beyond 100,000 are left out"
