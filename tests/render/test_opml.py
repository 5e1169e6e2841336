"""Lists of feeds, written and read again."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from castabout.model.sources import FeedLine
from castabout.parse.fields import http_url, plain_line
from castabout.parse.opml import parse_opml
from castabout.render.opml import opml

CREATED = datetime(2026, 11, 1, 12, tzinfo=UTC)


def written(*feeds: FeedLine, title: str = "Shows") -> bytes:
    return "".join(opml(title, feeds, created=CREATED)).encode()


def line(title: str, url: str, link: str | None = None, language: str | None = None) -> FeedLine:
    return FeedLine(title=title, url=url, link=link, language=language)


def test_what_the_specification_asks_for() -> None:
    root = etree.fromstring(
        written(
            line(
                'Bread & "Butter" <b>', "https://bread.example/feed?a=1&b=2", "https://bread.example/", "en"
            ),
            line("مخبز", "https://khubz.example/feed"),
            title="A & B",
        )
    )
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == "A & B"
    assert root.findtext("head/dateCreated") == "Sun, 01 Nov 2026 12:00:00 GMT"
    assert [dict(outline.attrib) for outline in root.iterfind("body/outline")] == [
        {
            "type": "rss",
            "text": 'Bread & "Butter" <b>',
            "title": 'Bread & "Butter" <b>',
            "xmlUrl": "https://bread.example/feed?a=1&b=2",
            "htmlUrl": "https://bread.example/",
            "language": "en",
        },
        {"type": "rss", "text": "مخبز", "title": "مخبز", "xmlUrl": "https://khubz.example/feed"},
    ]


def test_an_empty_list_is_one() -> None:
    assert parse_opml(written()).feeds == ()


def test_many_come_in_pieces() -> None:
    feeds = [line(f"Show {n}", f"https://shows.example/{n}") for n in range(1_200)]
    pieces = list(opml("Shows", feeds, created=CREATED))
    assert len(pieces) == 4
    assert len(parse_opml("".join(pieces).encode()).feeds) == 1_200


def test_what_xml_forbids_is_left_out() -> None:
    (feed,) = parse_opml(written(line("Bread\x00\x08\ufffe\ud800", "https://bread.example/"))).feeds
    assert feed.title == "Bread"


#: Titles as the parser leaves them: on one line, without control characters.
TITLES = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=60
)


@given(st.lists(st.tuples(TITLES, st.text(max_size=60)), max_size=5))
def test_our_own_parser_reads_it_again(shows: list[tuple[str, str]]) -> None:
    addressed = [(title, http_url(f"https://shows.example/{path}")) for title, path in shows]
    feeds = {url: title for title, url in reversed(addressed) if url}
    parsed = parse_opml(written(*(line(title, url) for title, url in addressed if url)))
    assert parsed.problems == ()
    assert {feed.url for feed in parsed.feeds} == set(feeds)
    for feed in parsed.feeds:
        assert feed.title == plain_line(feeds[feed.url])
