"""Which addresses are for one subscriber only."""

from __future__ import annotations

import pytest

from castabout.fetch.private import is_private, without_secrets

UUID = "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"


@pytest.mark.parametrize(
    "url",
    [
        "https://ann:secret@a.example/feed",
        "https://ann@a.example/feed",
        "https://ann:sec/ret@a.example/feed",
        "https://a.example/feed?auth=123",
        "https://a.example/feed?x=1&Token=123",
        "https://a.example/feed?key=123#part",
        "https://a.example/feed?access_token=123",
        "https://www.patreon.com/rss/show?auth=123",
        "https://show.memberfulcontent.com/rss/1?auth=123",
        "https://RSS.Stratechery.com/show",
        "https://api.substack.com/feed/podcast/1/private/abc.rss",
        "https://show.supercast.com/feeds/abc",
        "https://show.supercast.tech/feeds/abc",
        "https://show.supportingcast.fm/content/abc.rss",
        "https://show.supportingcast.fm./content/abc.rss",
        "https://my.slate.com/subscriptions/1/2",
        "https://feeds.npr.org/1/podcast.xml?x=1&uid=abc",
        "https://private.captivate.fm/abc",
        "https://show.castos.com/feed?uuid=abc",
        "https://show.castos.com/feed/?x=1&uuid=abc",
        "https://babylonbee.com/premium-feed/abc",
        "https://feeds.redcircle.com/abc-1/pf/def",
        "https://api.podcache.net/shows/abc-1/pf/def",
        f"https://feed.pod.co/{UUID}/{UUID}",
        "https://[nonsense/feed",
        "https://a.example/?" + "a=b&" * 1000 + "token=1",
    ],
)
def test_private(url: str) -> None:
    assert is_private(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/feed",
        "https://a.example/feed?token=",
        "https://a.example/feed?keyword=a&author=ann&tokens=2",
        "https://a.example/auth=1/token",
        "https://a.example/@ann",
        "https://a.example/feed?for=ann@b.example",
        "https://feeds.npr.org/1/podcast.xml",
        "https://supportingcast.fm/about",
        "https://notsupportingcast.fm/content/abc",
        "https://supportingcast.fm.example/content/abc",
        "https://show.substack.com/feed",
        "https://show.castos.com/feed",
        "https://slate.com/feeds/subscriptions/",
        f"https://feed.pod.co/{UUID}",
        "https://a.example/feed?keyword=1&passage=1&authority=1&sort_key=1&design=1&monkey=1&compass=1",
        "https://a.example/feed;v=1;session=/x",
        "https://a.example/?" + "a=b&" * 1000,
        "file:///feed.xml",
        "",
    ],
)
def test_not_private(url: str) -> None:
    assert not is_private(url)


@pytest.mark.parametrize(
    "name",
    """
    rss_token feed_token private_token user_token memberful_token authToken accessToken AUTHTOKEN feedtoken
    api-key apiKey api_key apikey access_key secret_key accesskey X-Amz-Signature signature sig jwt
    pwd pass password session session_id JSESSIONID PHPSESSIONID client_secret oauth to%6Ben
    """.split(),
)
def test_names_of_secrets(name: str) -> None:
    for address in (
        "https://a.example/feed?{}=1",
        "https://a.example/feed?x=1&{}=1",
        "https://a.example/feed;{}=1/x",
    ):
        assert is_private(address.format(name)), address


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://a.example/f?token=HUSH: answered 404", "http://a.example/f?token=…: answered 404"),
        ("http://a.example/f?x=1&sig=HU/SH?HUSH&y=2#z", "http://a.example/f?x=1&sig=…&y=2#z"),
        (
            "http://a.example/f;token=HUSH/x;v=2?y=1, entry “x”",
            "http://a.example/f;token=…/x;v=2?y=1, entry “x”",
        ),
        ("http://ann:HUSH@a.example/f: no", "http://a.example/f: no"),
        (
            "at http://a.example/f and http://a.example/g?pwd=HUSH.",
            "at http://a.example/f and http://a.example/g?pwd=….",
        ),
        ("entry “a.example/f?auth=HUSH”: no", "entry “a.example/f?auth=…”: no"),
        ("https://rss.stratechery.com/HUSH: no", "https://rss.stratechery.com/…: no"),
        ("https://my.slate.com/subscriptions/HUSH?token=HUSH", "https://my.slate.com/…"),
        ("https://feeds.npr.org/1/podcast.xml?uid=HUSH", "https://feeds.npr.org/…"),
        ("https://a.example/f?x=1: 2; 3", "https://a.example/f?x=1: 2; 3"),
        ("What is new?  A; B.", "What is new?  A; B."),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert without_secrets(text) == shown
