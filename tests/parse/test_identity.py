"""Who is who."""

from __future__ import annotations

from uuid import UUID

import pytest

from castabout.parse.identity import episode_id, episode_key, podcast_id


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
