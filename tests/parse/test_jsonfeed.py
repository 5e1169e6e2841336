"""JSON Feed 1.0 and 1.1, into the values that RSS gives too."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.errors import NotAFeed
from castabout.model.feed import Enclosure, Episode, ParsedFeed
from castabout.parse.feed import parse_feed

VERSION = "https://jsonfeed.org/version/1.1"


def feed(**members: object) -> ParsedFeed:
    return parse_feed(json.dumps({"version": VERSION, **members}).encode())


def item(**members: object) -> Episode:
    (episode,) = feed(home_page_url="https://show.example/", items=[members]).episodes
    return episode


def test_a_whole_item() -> None:
    # After the podcast of https://www.jsonfeed.org/version/1/, examples.
    episode = item(
        id="http://therecord.co/chris-parrish",
        title="Special #1 - Chris Parrish",
        url="http://therecord.co/chris-parrish",
        content_text="Chris has worked at <Adobe>.\n\nAnd elsewhere.",
        content_html='Chris has worked at <a href="http://adobe.com/">Adobe</a>.',
        summary="Brent interviews Chris Parrish.",
        image="/chris.jpg",
        date_published="2014-05-09T14:04:00-07:00",
        date_modified="2015-01-01T00:00:00Z",
        authors=[{"name": "Brent Simmons"}, {"name": "Chris Parrish"}],
        language="en",
        tags=["macs", "interviews, long"],
        attachments=[
            {
                "url": "http://therecord.co/downloads/The-Record-sp1e1-ChrisParrish.m4a",
                "mime_type": "audio/x-m4a",
                "size_in_bytes": 89970236,
                "duration_in_seconds": 6629,
            }
        ],
    )
    assert episode == Episode(
        key="http://therecord.co/chris-parrish",
        title="Special #1 - Chris Parrish",
        link="http://therecord.co/chris-parrish",
        notes='Chris has worked at <a href="http://adobe.com/" rel="noopener nofollow ugc">Adobe</a>.',
        subtitle="Brent interviews Chris Parrish.",
        published=datetime(2014, 5, 9, 14, 4, tzinfo=timezone(timedelta(hours=-7))),
        duration=6629,
        enclosures=(
            Enclosure(
                url="http://therecord.co/downloads/The-Record-sp1e1-ChrisParrish.m4a",
                type="audio/mp4",
                length=89970236,
            ),
        ),
        author="Brent Simmons, Chris Parrish",
        image="https://show.example/chris.jpg",
        language="en",
        keywords=("macs", "interviews, long"),
    )


def test_a_whole_feed() -> None:
    podcast = feed(
        title="The Record",
        home_page_url="http://therecord.co/",
        feed_url="http://therecord.co/feed.json",
        next_url="http://therecord.co/feed.json?page=2",
        description="Conversations < stories",
        icon="http://therecord.co/icon.png",
        favicon="http://therecord.co/favicon.ico",
        author={"name": "Brent Simmons"},
        language="en_us",
        expired=True,
        hubs=[{"type": "WebSub", "url": "https://hub.example/"}],
        items=[],
    ).podcast
    assert podcast.title == "The Record"
    assert podcast.link == "http://therecord.co/"
    assert podcast.self_url == "http://therecord.co/feed.json"
    assert podcast.next_url == "http://therecord.co/feed.json?page=2"
    assert podcast.description == "<p>Conversations &lt; stories</p>"
    assert podcast.image == "http://therecord.co/icon.png"
    assert podcast.author == "Brent Simmons"
    assert podcast.language == "en-US"
    assert podcast.is_complete is True
    assert podcast.hub_url == "https://hub.example/"


def test_other_types_than_the_specification_says() -> None:
    episode = item(
        id=7,
        title=["Rye"],
        content_html={"a": 1},
        content_text="Notes",
        tags="bread",
        author={"name": 3.0},
        attachments={
            "url": "https://a.example/1.mp3",
            "size_in_bytes": "1000",
            "duration_in_seconds": "1:02",
        },
        date_published=1709287200,
        image=None,
        language=False,
    )
    assert episode.key == "7"
    assert episode.title == "Rye"
    assert episode.notes == "<p>Notes</p>"
    assert episode.keywords == ("bread",)
    assert episode.author == "3"
    assert episode.enclosures == (Enclosure(url="https://a.example/1.mp3", length=1000),)
    assert episode.duration == 62
    assert episode.published is not None
    assert episode.published.timestamp() == 1709287200
    assert (episode.image, episode.language) == (None, None)


def test_unknown_is_none() -> None:
    episode = item(
        id="1",
        attachments=[
            {"mime_type": "audio/mpeg"},
            {"url": "https://a.example/1.jpg", "mime_type": "image/jpeg"},
        ],
    )
    assert episode == Episode(key="1")


def test_plain_text_keeps_what_looks_like_a_tag() -> None:
    assert (
        item(id="1", content_text="a <blink> tag\nand\n\nmore").notes
        == "<p>a &lt;blink&gt; tag<br>and</p><p>more</p>"
    )


def test_plain_text_is_plain_and_links_are_relative_to_the_page() -> None:
    assert item(id="1", content_text="the <b>bold</b> tag").notes == "<p>the &lt;b&gt;bold&lt;/b&gt; tag</p>"
    notes = item(id="1", content_html='<a href="/1">one</a>').notes
    assert notes == '<a href="https://show.example/1" rel="noopener nofollow ugc">one</a>'


def test_items_that_are_none_are_problems() -> None:
    parsed = feed(items=[3, {"id": "1"}, None, {"date_published": "2024-01-01"}])
    assert [episode.key for episode in parsed.episodes] == ["1"]
    assert [problem.where for problem in parsed.problems if problem.lost_item] == [
        "item 1",
        "item 3",
        "item 4",
    ]


def test_letters_that_no_document_may_contain_vanish() -> None:
    items = '[{"id": "a\\u0000b\\ud800", "title": "x\\ud83d\\ude00"}]'
    (episode,) = parse_feed(f'{{"version": "{VERSION}", "items": {items}}}'.encode()).episodes
    assert (episode.key, episode.title) == ("ab", "x😀")


@pytest.mark.parametrize(
    ("cut", "keys"),
    [
        ('"title": "Bread", "items": [{"id": "1"}, {"id": "2', ["1"]),
        ('"title": "Bread", "items": [{"id": "1"}', ["1"]),
        ('"title": "Bread", "items": [{"id": "1"}, nonsense', ["1"]),
        ('"title": "Bread", "ite', []),
    ],
)  # fmt: skip
def test_a_document_that_is_cut_off_gives_what_is_there(cut: str, keys: list[str]) -> None:
    parsed = parse_feed(f'{{"version": "{VERSION}", {cut}'.encode())
    assert parsed.podcast.title == "Bread"
    assert [episode.key for episode in parsed.episodes] == keys
    assert parsed.cut_off
    assert parsed.problems[0].what.startswith("not well-formed (")


def test_a_document_of_which_nothing_is_there_is_no_feed() -> None:
    with pytest.raises(NotAFeed) as raised:
        parse_feed(b'{"version": "https://jsonfeed.org/version/1.1", "tit')
    assert str(raised.value) == "feed: JSON that cannot be read: it ends in the middle, character 49"


def test_small_faults_of_json_are_borne() -> None:
    text = f'\ufeff {{"version": "{VERSION}", "title": "a\tb\nc",, "items": [{{"id": "1"}},],}} junk'
    parsed = parse_feed(text.encode())
    assert parsed.podcast.title == "a b c"
    assert [episode.key for episode in parsed.episodes] == ["1"]
    assert parsed.problems == ()


def test_other_encodings() -> None:
    text = '{"version": "https://jsonfeed.org/version/1.1", "title": "Brød", "items": [{"id": "1"}]}'
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"):
        assert parse_feed(text.encode(encoding)).podcast.title == "Brød", encoding


def test_deep_nesting_and_long_numbers_end_well() -> None:
    head = '{"version": "https://jsonfeed.org/version/1.1", "title": "Bread", "items": [{"id": "1"}, '
    deep = parse_feed((head + "[" * 200_000).encode())
    assert [episode.key for episode in deep.episodes] == ["1"]
    assert "nested too deeply" in deep.problems[0].what
    long = parse_feed((head + '{"id": ' + "9" * 100_000 + ', "title": "Oat"}]}').encode())
    assert [episode.title for episode in long.episodes] == [None, "Oat"]


GOOD = (
    '{"id": "%s", "title": "T", "authors": [{"name": "N"}], '
    '"attachments": [{"url": "https://a.example/1.mp3", "title": "x"}]}'
)
BAD = {
    "a quote inside a text": '{"id": "2", "title": "T"1", "authors": [{"name": "N", "url": "x"}]}',
    "a quote missing": '{"id": "2", "title": "T}',
    "single quotes": "{'id': '2', 'title': 'T'}",
    "a colon missing": '{"id" "2"}',
    "a comma missing": '{"id": "2" "title": "T"}',
    "a brace missing": '{"id": "2", "title": "T"',
    "no JSON at all": "undefined",
    "a comment inside": '{"id": "2", /* "x" */ "title": "T"}',
    "deep": '{"id": "2", "x": ' + '{"x": {}, "y": [' * 50_000 + "]}" * 50_000 + "}",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_an_item_that_is_no_json_is_lost_and_the_others_are_read(bad: str) -> None:
    items = ", ".join((GOOD % 1, bad, GOOD % 3, GOOD % 4))
    parsed = parse_feed(f'{{"version": "{VERSION}", "items": [{items}], "title": "Bread"}}'.encode())
    assert [episode.key for episode in parsed.episodes] == ["1", "3", "4"]
    assert [(problem.where, problem.lost_item) for problem in parsed.problems] == [
        ("feed", False),
        ("item 2", True),
    ]
    assert (parsed.podcast.title, parsed.cut_off) == ("Bread", False)


@pytest.mark.parametrize(
    "text",
    [
        '"title": "Bread", /* "one" */ "items": [{0}, // two\n {1}]',
        '"title" "Bread", "items": [{0}, {1}]',
        '"description": "A "good" one", "title": "Bread", "items": [{0}, {1}]',
        '"title": "Bread", \'items\': [{0}, {1}]',
        '"title": "Bread", "items": [{0}}}, {1}]',
        '"title": "Bread", "items": [{0}], {1}]',
    ],
)
def test_what_is_wrong_beside_items_costs_none_of_them(text: str) -> None:
    filled = text.format(GOOD % 1, GOOD % 2)
    parsed = parse_feed(f'{{"version": "{VERSION}", {filled}}}'.encode())
    assert [episode.key for episode in parsed.episodes] == ["1", "2"]
    assert parsed.podcast.title == "Bread"
    assert not parsed.cut_off


@pytest.mark.parametrize("tail", ["]", '], "title": "Bread", "hubs": [{"url": "https://a.example/hub"}]'])
def test_a_last_item_that_cannot_be_read(tail: str) -> None:
    bad = '{"id": "2", "title": "T"1", "tags": [{"x": 1}], "language": "de"}'
    parsed = parse_feed(f'{{"version": "{VERSION}", "items": [{GOOD % 1}, {bad}{tail}}}'.encode())
    assert [episode.key for episode in parsed.episodes] == ["1"]
    assert [problem.where for problem in parsed.problems if problem.lost_item] == ["item 2"]
    assert (parsed.podcast.title, parsed.podcast.language) == ("Bread" if "Bread" in tail else None, None)
    assert not parsed.cut_off


@pytest.mark.parametrize(
    "piece", ['{"id": "1", "title": "T"1"},', '{"', '{"id": "1"} /* ', '}], "x":', "{ ", '{"x":']
)
def test_damage_everywhere_takes_time_by_the_length(piece: str) -> None:
    began = process_time()
    parse_feed(f'{{"version": "{VERSION}", "title": "Bread", "items": [{piece * 20_000}]}}'.encode())
    assert process_time() - began < 5


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)
NAMES = (
    "id title url content_html content_text summary image date_published authors author tags language attachments "
    "duration_in_seconds mime_type name home_page_url feed_url hubs icon items"
).split()


@given(
    st.dictionaries(st.sampled_from(NAMES), JSON),
    st.lists(st.dictionaries(st.sampled_from(NAMES), JSON), max_size=3),
)
def test_items_in_are_episodes_and_problems(
    members: dict[str, object], items: list[dict[str, object]]
) -> None:
    parsed = feed(**{**members, "items": items})
    assert len(items) == len(parsed.episodes) + sum(problem.lost_item for problem in parsed.problems)


@given(st.text())
def test_nothing_but_not_a_feed_is_raised(junk: str) -> None:
    for text in (f'{{"version": "{VERSION}", {junk}', f'{{"version": "{VERSION}", "items": [{junk}', junk):
        try:
            parse_feed(text.encode("utf-8", "replace"))
        except NotAFeed:
            continue
