"""Who is who."""

from __future__ import annotations

from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.parse.identity import (
    episode_id,
    episode_key,
    media_key,
    normal_address,
    podcast_id,
    same_addresses,
    title_key,
)


@pytest.mark.parametrize(
    ("url", "guid"),
    [
        # Both from https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/guid.md
        ("mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("https://podnews.net/rss/", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_the_specifications_own_examples(url: str, guid: str) -> None:
    assert podcast_id(None, url) == guid


def test_a_guid_goes_before_the_address() -> None:
    assert podcast_id("917393E3-1B1E-5CEF-ACE4-EDAA54E1F810", "x") == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    made = podcast_id("y0ur-gu1d", "x")
    assert str(UUID(made)) == made
    assert made == podcast_id(" y0ur-gu1d ", "another address")


def test_the_order_for_an_episode() -> None:
    def key(**known: str | None) -> str | None:
        every: dict[str, str | None] = dict.fromkeys(("guid", "enclosure", "link", "title", "notes"))
        return episode_key(**{**every, **known}, published=None)

    assert key(guid="g", enclosure="e", link="l", title="t", notes="n") == "g"
    assert key(enclosure="e", link="l", title="t") == "e"
    assert key(link="l", title="t") == "l"
    assert key(title="t", notes="n") == "t"
    assert key(notes="n") not in (None, "n")
    assert key() is None


def test_an_episode_belongs_to_its_podcast() -> None:
    one, other = podcast_id(None, "a.example"), podcast_id(None, "b.example")
    assert episode_id(one, "1") == episode_id(one, "1")
    assert len({episode_id(one, "1"), episode_id(one, "2"), episode_id(other, "1")}) == 3


@given(st.text(max_size=40))
def test_an_episodes_id_is_a_uuid_of_version_5(key: str) -> None:
    podcast = podcast_id(None, "a.example")
    assert episode_id(podcast, key) == str(uuid5(UUID(podcast), key))


@pytest.mark.parametrize(
    "url",
    [
        "https://www.a.example/feed/",
        "http://a.example/feed",
        "HTTPS://A.Example:443/feed#top",
        "http://www.a.example:80/feed/",
    ],
)
def test_addresses_that_mean_the_same(url: str) -> None:
    assert normal_address(url) in same_addresses("https://a.example/feed")
    assert "https://a.example/feed" in same_addresses(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/Feed",
        "https://a.example/feed?page=2",
        "https://b.a.example/feed",
        "https://a.example:8443/feed",
        "file:///feed",
    ],
)
def test_addresses_that_do_not(url: str) -> None:
    assert normal_address(url) not in same_addresses("https://a.example/feed")


def test_names_of_feedburner() -> None:
    same = same_addresses("http://feeds2.feedburner.com/bread")
    assert "https://feeds.feedburner.com/bread" in same
    assert "http://feedproxy.google.com/bread?format=xml" in same


@pytest.mark.parametrize(
    "url",
    ["", "bread.xml", "http://", "http://[::1", "http://a.example:port/", "file:///a%20b.xml", "http:/a"],
)
def test_what_is_no_web_address_stays(url: str) -> None:
    assert normal_address(url) == url
    assert same_addresses(url) == (url,)


@given(st.text(max_size=40))
def test_a_normal_address_is_its_own(text: str) -> None:
    for url in (text, f"https://{text}"):
        assert normal_address(normal_address(url)) == normal_address(url)
        assert same_addresses(url)[0] == normal_address(url)
        assert media_key(url) is not None


FILE = "media.example/show/1.mp3"


@pytest.mark.parametrize(
    "prefix",
    [
        "",
        "op3.dev/e/",
        "op3.dev/e,pg=917393e3-1b1e-5cef-ace4-edaa54e1f810/",
        "dts.podtrac.com/redirect.mp3/",
        "www.podtrac.com/pts/redirect.m4a/",
        "pdst.fm/e/",
        "chrt.fm/track/479722/",
        "chtbl.com/track/12345/",
        "mgln.ai/e/256/",
        "mgln.ai/track/",
        "prfx.byspotify.com/e/",
        "claritaspod.com/measure/",
        "pscrb.fm/rss/p/",
        "verifi.podscribe.com/rss/p/",
        "media.blubrry.com/bread/",
        "media.blubrry.com/bread/p/",
        "arttrk.com/p/ARTS1/",
        "pfx.vpixl.com/2jSe3/",
        "claritaspod.com/measure/arttrk.com/p/24FDE/verifi.podscribe.com/rss/p/pfx.vpixl.com/2jSe3/mgln.ai/e/121/",
        "chrt.fm/track/6412E6/https://prfx.byspotify.com/e/",
    ],
)
def test_who_counts_is_no_part_of_a_file(prefix: str) -> None:
    for url in (f"https://{prefix}{FILE}", f"http://{prefix}{FILE}?dest-id=7#t=1"):
        assert media_key(url) == FILE
    if prefix:
        assert media_key(f"https://{prefix}https://{FILE}") == FILE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # What follows a name that is no media file's may be what names the file.
        ("https://a.example/play?id=1", "https://a.example/play?id=2"),
        ("https://media.blubrry.com/bread/1.mp3", "https://media.blubrry.com/bread/2.mp3"),
        ("https://a.example/A.mp3", "https://a.example/a.mp3"),
        ("https://pdst.fm/e/", "https://pdst.fm/e/x"),
    ],
)
def test_files_that_differ(one: str, other: str) -> None:
    assert media_key(one) != media_key(other)


def test_prefixes_without_end_cost_little() -> None:
    assert media_key("https://" + "pdst.fm/e/" * 100_000 + FILE).endswith(FILE)


def test_titles() -> None:
    assert title_key(" Café  CRÈME\n") == "cafe creme"
    assert title_key(None) is None
    assert title_key(" ") is None
    assert title_key("Bread!") == title_key("“Bread”") == title_key("Bread") == "bread"
    assert (
        title_key("Bread: the show, No. 1.5")
        == title_key("Bread – The Show (No. 1.5)")
        == "bread the show no 1 5"
    )
    assert len({title_key(name) for name in ("C", "C++", "C#", "R&B", "R B", "Vol. 1.5", "Vol. 15")}) == 7
    # Marks of vowels are no punctuation.
    assert title_key("हिन्दी") != title_key("हन्द")
    assert (title_key("?!"), title_key("...")) == ("?!", "...")
