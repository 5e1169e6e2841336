"""The Podcasting 2.0 namespace: its example feed and the examples of its tags, read by hand."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from castabout.model.feed import Episode, Person, Podcast
from castabout.model.podcasting20 import (
    AlternateEnclosure,
    Block,
    FreeText,
    LinkedFile,
    Location,
    Recipient,
    RemoteItem,
    Soundbite,
    TextLink,
    Trailer,
    UpdateFrequency,
    Value,
)
from castabout.parse.feed import parse_feed
from castabout.parse.podcasting20 import is_blocked_for, medium
from castabout.parse.table import EPISODE, PODCAST

ROOT = Path(__file__).parents[2]
HEAD = '<rss xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters">'


def podcast(inside: str) -> Podcast:
    return parse_feed(f"{HEAD}<channel><title>T</title>{inside}</channel></rss>".encode()).podcast


def episode(inside: str) -> Episode:
    text = f"{HEAD}<channel><item><title>T</title>{inside}</item></channel></rss>"
    (found,) = parse_feed(text.encode()).episodes
    return found


# The example feed


@pytest.fixture(scope="module")
def example(shared_data: Path) -> tuple[Podcast, tuple[Episode, ...]]:
    parsed = parse_feed((shared_data / "feeds" / "podcasting-2-0-namespace-example.xml").read_bytes())
    assert parsed.problems == ()
    return parsed.podcast, parsed.episodes


NODE = "036557ea56b3b86f08be31bcd2557cae8021b0e3a9413f0c0e52625c6696972e57"
DESCRIPTION = (
    '<p>This is a fake show that exists only as an example of the "podcast" namespace tag usage.</p>'
)
HIGH_AAC = "High quality AAC"
IPFS = "QmX33FYehk6ckGQ6g1D9D3FqZPix5JpKstKQKbaS8quUFb"
ITUNES_IMAGE = "https://example.com/images/pci_avatar-massive.jpg"


def test_the_channel_of_the_example(example: tuple[Podcast, tuple[Episode, ...]]) -> None:
    assert example[0] == Podcast(
        guid="y0ur-gu1d-g035-h3r3",
        title="Podcasting 2.0 Namespace Example",
        link="https://example.com/podcast",
        description=DESCRIPTION,
        author="John Doe",
        image=ITUNES_IMAGE,
        language="en-US",
        categories=("Technology", "News", "Tech News"),
        copyright="Podcast Index LLC 2026",
        explicit=False,
        medium="podcast",
        license=TextLink(text="my-podcast-license-v1", url="https://example.org/mypodcastlicense/full.pdf"),
        is_locked=True,
        blocks=(
            Block(blocked=True),
            Block(blocked=False, service="google"),
            Block(blocked=False, service="amazon"),
        ),
        funding=(TextLink(text="Support the show!", url="https://example.com/donate"),),
        locations=(Location(name="Austin, TX", geo="geo:30.2672,97.7431", osm="R113314", rel="creator"),),
        value=Value(
            type="lightning",
            method="keysend",
            suggested="0.00000005000",
            recipients=(
                Recipient(name="podcaster", type="node", address=NODE, split=99),
                Recipient(name="hosting company", type="node", address=NODE, split=1),
            ),
        ),
        trailers=(
            Trailer(
                url="https://example.org/trailers/teaser",
                title="Coming April 1st, 2021",
                published=datetime(2021, 4, 1, 8, tzinfo=timezone(timedelta(hours=-5))),
                type="audio/mpeg",
                length=12345678,
            ),
        ),
        podroll=(
            RemoteItem(
                feed_guid="917393e3-1b1e-5cef-ace4-edaa54e1f810",
                feed_url="https://feeds.podcastindex.org/pc20.xml",
            ),
            RemoteItem(
                feed_guid="396d9ae0-da7e-5557-b894-b606231fa3ea", feed_url="https://feedurl.example.rss"
            ),
        ),
    )


def alternate(file: str, type: str, length: int, bitrate: float, title: str) -> AlternateEnclosure:
    file, ipfs = file.split()
    return AlternateEnclosure(
        type=type,
        length=length,
        bitrate=bitrate,
        title=title,
        is_default=title == "Standard",
        sources=(f"https://example.com/{file}", f"ipfs://{ipfs}"),
        height=720 if type == "video/mp4" else None,
    )


def test_an_item_of_the_example(example: tuple[Podcast, tuple[Episode, ...]]) -> None:
    third = example[1][0]
    assert third.title == "Episode 3 - The Future"
    assert (third.author, third.explicit, third.image) == (
        "John Doe",
        False,
        "https://example.com/ep0003/artMd.jpg",
    )
    assert (third.season, third.season_name, third.number, third.number_name) == (
        1,
        "Podcasting 2.0",
        3,
        None,
    )
    assert third.chapters == LinkedFile(url="https://example.com/ep3_chapters.json", type="application/json")
    assert third.soundbites == (Soundbite(start=33.833, duration=60.0),)
    assert third.transcripts == (
        LinkedFile(url="https://example.com/ep3/transcript.txt", type="text/plain"),
        LinkedFile(
            url="https://example.com/episode1/transcript.vtt", type="text/vtt", language="es", rel="captions"
        ),
    )
    assert third.people == (
        Person(
            name="Adam Curry",
            url="https://www.podchaser.com/creators/adam-curry-107ZzmWE5f",
            image="https://example.com/images/adamcurry.jpg",
        ),
        Person(
            name="Dave Jones",
            role="guest",
            url="https://github.com/daveajones/",
            image="https://example.com/images/davejones.jpg",
        ),
        Person(
            name="Becky Smith",
            role="cover art designer",
            group="visuals",
            url="https://example.com/artist/beckysmith",
        ),
    )
    assert third.locations == (
        Location(
            name="Birmingham Civil Rights Museum",
            geo="geo:33.5159981,-86.8146098",
            osm="R6930627",
            rel="subject",
        ),
    )


def test_alternate_enclosures_of_the_example(example: tuple[Podcast, tuple[Episode, ...]]) -> None:
    third = example[1][0]
    assert third.alternate_enclosures == (
        alternate("file-03.mp3 someRandomMpegFile03", "audio/mpeg", 43200000, 128000, "Standard"),
        alternate(
            "file-high-03.opus someRandomHighBitrateOpusFile03", "audio/opus", 32400000, 96000, "High quality"
        ),
        alternate(
            "file-proprietary-03.aac someRandomProprietaryAACFile03", "audio/aac", 54000000, 160000, HIGH_AAC
        ),
        alternate(
            "file-low-03.opus someRandomLowBitrateOpusFile03", "audio/opus", 5400000, 16000, "Low bandwidth"
        ),
        alternate(f"file-720.mp4 {IPFS}", "video/mp4", 7924786, 511276.52, "Video version"),
    )
    assert third.value is not None
    assert [recipient.split for recipient in third.value.recipients] == [49, 1, 50]


def test_what_is_live_is_nowhere(example: tuple[Podcast, tuple[Episode, ...]]) -> None:
    assert [found.title for found in example[1]] == [
        "Episode 3 - The Future",
        "Episode 2 - The Present",
        "Episode 1 - The Past",
    ]
    said = repr(example)
    assert "Live" not in said
    assert "livestream" not in said


@pytest.mark.parametrize("broken", ["", " & ", "<b>"])
def test_what_is_live_is_nowhere_in_a_broken_feed(broken: str) -> None:
    text = (
        f"{HEAD}<channel><podcast:liveItem status='live'><title>On air</title><guid>live</guid>"
        "<enclosure url='https://a.example/live.mp3'/></podcast:liveItem><title>Bread</title>"
        f"<item><title>Rye{broken}</title></item></channel></rss>"
    )
    parsed = parse_feed(text.encode())
    assert parsed.podcast.title == "Bread"
    (found,) = parsed.episodes
    assert (found.title or "").startswith("Rye")
    assert found.enclosures == ()


# The examples of the tags


def test_transcripts() -> None:
    base = "https://example.com/episode1/transcript"
    found = episode(
        f'<podcast:transcript url="{base}.html" type="text/html" />'
        f'<podcast:transcript url="{base}.vtt" type="text/vtt" />'
        f'<podcast:transcript\n        url="{base}.json"\n        type="application/json"\n        language="es"'
        '\n        rel="captions"\n/>'
        f'<podcast:transcript url="{base}.srt" type="application/x-subrip" rel="captions" />'
        f'<podcast:transcript url="{base}.html" type="text/html" /><podcast:transcript type="text/html"/>'
        '<podcast:transcript url="javascript:x()" type="text/html"/>'
    )
    assert found.transcripts == (
        LinkedFile(url=f"{base}.html", type="text/html"),
        LinkedFile(url=f"{base}.vtt", type="text/vtt"),
        LinkedFile(url=f"{base}.json", type="application/json", language="es", rel="captions"),
        LinkedFile(url=f"{base}.srt", type="application/x-subrip", rel="captions"),
    )


@pytest.mark.parametrize(
    ("text", "locked"),
    [
        ("<podcast:locked>yes</podcast:locked>", True),
        ('<podcast:locked owner="email@example.com">no</podcast:locked>', False),
        ("<podcast:locked> YES </podcast:locked>", True),
        ("<podcast:locked/>", None),
    ],
)
def test_locked(text: str, locked: bool | None) -> None:
    assert podcast(text).is_locked is locked


def test_funding() -> None:
    found = podcast(
        '<podcast:funding url="https://www.example.com/donations">Support the show!</podcast:funding>'
        '<podcast:funding url="https://www.example.com/members">Become a member!</podcast:funding>'
        '<podcast:funding url="https://a.example/"/><podcast:funding>Where?</podcast:funding>'
    )
    assert found.funding == (
        TextLink(text="Support the show!", url="https://www.example.com/donations"),
        TextLink(text="Become a member!", url="https://www.example.com/members"),
        TextLink(text="https://a.example/", url="https://a.example/"),
    )


def test_chapters() -> None:
    found = episode(
        '<podcast:chapters url="https://example.com/episode1/chapters.json" type="application/json+chapters" />'
    )
    assert found.chapters == LinkedFile(
        url="https://example.com/episode1/chapters.json", type="application/json+chapters"
    )


def test_soundbites() -> None:
    found = episode(
        '<podcast:soundbite startTime="73.0" duration="60.0" />'
        '<podcast:soundbite startTime="1234.5" duration="42.25">Why the Namespace Matters</podcast:soundbite>'
        '<podcast:soundbite startTime="1:02:03" duration="10"/><podcast:soundbite startTime="5"/>'
        '<podcast:soundbite startTime="-1" duration="9"/><podcast:soundbite startTime="nan" duration="inf"/>'
        '<podcast:soundbite startTime="5" duration="0"/>'
    )
    assert found.soundbites == (
        Soundbite(start=73.0, duration=60.0),
        Soundbite(start=1234.5, duration=42.25, title="Why the Namespace Matters"),
        Soundbite(start=3723.0, duration=10.0),
    )


def test_people() -> None:
    alice = 'href="https://example.wikipedia/alicebrown" img="https://example.com/images/alicebrown.jpg"'
    found = podcast(
        f'<podcast:person role="guest" {alice}>Alice Brown</podcast:person>'
        f'<podcast:person group="writing" role="guest" {alice}>Alice Brown</podcast:person>'
        '<podcast:person group="visuals" role="Cover Art Designer" href="https://example.com/artist/beckysmith"\n'
        ">Becky Smith</podcast:person><podcast:person role='host'> </podcast:person>"
    )
    link, image = "https://example.wikipedia/alicebrown", "https://example.com/images/alicebrown.jpg"
    assert found.people == (
        Person(name="Alice Brown", role="guest", url=link, image=image),
        Person(name="Alice Brown", role="guest", group="writing", url=link, image=image),
        Person(
            name="Becky Smith",
            role="cover art designer",
            group="visuals",
            url="https://example.com/artist/beckysmith",
        ),
    )


def test_locations() -> None:
    found = episode(
        '<podcast:location\n rel="creator"\n geo="geo:51.5718706,-0.7769654"\n osm="R3727240"\n country="GB"\n'
        '>Marlow</podcast:location><podcast:location rel="subject" geo="geo:-27.8611449,153.3162701" '
        'osm="R16317988" country="AU">Dreamworld</podcast:location>'
        '<podcast:location geo="here" osm="x">Home</podcast:location><podcast:location geo="geo:1,2"/>'
    )
    assert found.locations == (
        Location(name="Marlow", geo="geo:51.5718706,-0.7769654", osm="R3727240", rel="creator"),
        Location(name="Dreamworld", geo="geo:-27.8611449,153.3162701", osm="R16317988", rel="subject"),
        Location(name="Home"),
    )


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("<podcast:season>5</podcast:season>", (5, None)),
        (
            '<podcast:season name="Race for the Whitehouse 2020">3</podcast:season>',
            (3, "Race for the Whitehouse 2020"),
        ),
        (
            '<podcast:season name="Egyptology: The 19th Century">1</podcast:season>',
            (1, "Egyptology: The 19th Century"),
        ),
        ("<podcast:season>first</podcast:season>", (None, None)),
    ],
)
def test_seasons(text: str, season: tuple[int | None, str | None]) -> None:
    found = episode(text)
    assert (found.season, found.season_name) == season


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("<podcast:episode>3</podcast:episode>", (3.0, None)),
        ("<podcast:episode>315.5</podcast:episode>", (315.5, None)),
        ('<podcast:episode display="Ch.3">204</podcast:episode>', (204.0, "Ch.3")),
        ('<podcast:episode display="Day 5">9</podcast:episode>', (9.0, "Day 5")),
        ("<podcast:episode>-1</podcast:episode>", (None, None)),
        ("<podcast:episode>1e9</podcast:episode>", (None, None)),
    ],
)
def test_numbers(text: str, number: tuple[float | None, str | None]) -> None:
    found = episode(text)
    assert (found.number, found.number_name) == number


def test_trailers() -> None:
    found = podcast(
        '<podcast:trailer\n pubdate="Thu, 01 Apr 2021 08:00:00 EST"\n url="https://example.org/trailers/teaser.mp3"'
        '\n length="12345678"\n type="audio/mp3\n">Coming April 1st, 2021</podcast:trailer>'
        '<podcast:trailer pubdate="Thu, 01 Apr 2021 08:00:00 EST" '
        'url="https://example.org/trailers/season4teaser.mp4" length="12345678" type="video/mp4" season="4"\n'
        ">Season 4: Race for the Whitehouse</podcast:trailer>"
    )
    published = datetime(2021, 4, 1, 8, tzinfo=timezone(timedelta(hours=-5)))
    assert found.trailers == (
        Trailer(
            url="https://example.org/trailers/teaser.mp3",
            title="Coming April 1st, 2021",
            published=published,
            type="audio/mpeg",
            length=12345678,
        ),
        Trailer(
            url="https://example.org/trailers/season4teaser.mp4",
            title="Season 4: Race for the Whitehouse",
            published=published,
            type="video/mp4",
            length=12345678,
            season=4,
        ),
    )


@pytest.mark.parametrize(
    ("text", "license"),
    [
        ("<podcast:license>CC-BY-NC-ND-4.0</podcast:license>", TextLink(text="CC-BY-NC-ND-4.0")),
        (
            '<podcast:license url="https://example.org/l.pdf">my-podcast-license-v1</podcast:license>',
            TextLink(text="my-podcast-license-v1", url="https://example.org/l.pdf"),
        ),
        ("<podcast:license/>", None),
    ],
)
def test_licenses(text: str, license: TextLink | None) -> None:
    assert podcast(text).license == license
    assert episode(text).license == license


def test_alternate_enclosures() -> None:
    found = episode(
        '<podcast:alternateEnclosure type="video/mp4" length="7924786" bitrate="511276.52" height="720" lang="en" '
        'rel="Commentary" codecs="avc1.42E01E, mp4a.40.2">'
        '<podcast:source uri="https://example.com/file-720.mp4" />'
        '<podcast:source uri="ipfs://QmX33FYehk6ckGQ6g1D9D3FqZPix5JpKstKQKbaS8quUFb" />'
        '<podcast:source uri="https://example.com/file-720.torrent" contentType="application/x-bittorrent" />'
        '<podcast:source uri="javascript:alert(1)" /><podcast:source/>'
        '<podcast:integrity type="sri" value="sha384-ExVq"/></podcast:alternateEnclosure>'
        '<podcast:alternateEnclosure type="application/x-mpegURL" length="0">'
        '<podcast:source uri="https://example.com/master.m3u8" /></podcast:alternateEnclosure>'
        '<podcast:alternateEnclosure type="audio/mpeg"/><link>https://a.example/</link>'
    )
    assert found.alternate_enclosures == (
        AlternateEnclosure(
            type="video/mp4",
            length=7924786,
            bitrate=511276.52,
            height=720,
            language="en",
            rel="commentary",
            codecs="avc1.42E01E, mp4a.40.2",
            sources=(
                "https://example.com/file-720.mp4",
                "ipfs://QmX33FYehk6ckGQ6g1D9D3FqZPix5JpKstKQKbaS8quUFb",
                "https://example.com/file-720.torrent",
            ),
        ),
        AlternateEnclosure(type="application/x-mpegurl", sources=("https://example.com/master.m3u8",)),
    )
    assert found.link == "https://a.example/"
    assert found.enclosures == ()


@pytest.mark.parametrize("broken", ["", "&"])
def test_what_checks_a_file_swallows_no_item(broken: str) -> None:
    item = (
        '<item><title>{}</title><podcast:alternateEnclosure type="video/mp4"><podcast:source '
        'uri="https://a.example/" /><podcast:integrity type="sri" value="x"/></podcast:alternateEnclosure></item>'
    )
    text = f"{HEAD}<channel>{item.format('1')}{item.format('2' + broken)}</channel></rss>"
    parsed = parse_feed(text.encode())
    assert [found.title for found in parsed.episodes] == ["1", "2" + broken]
    assert all(len(found.alternate_enclosures) == 1 for found in parsed.episodes)


def test_values() -> None:
    found = podcast(
        '<podcast:value type="lightning" method="lnaddress" suggested="0.00000005000">'
        '<podcast:valueRecipient name="Alice (Host)" type="lnaddress" address="alice@getalby.com" split="40" />'
        '<podcast:valueRecipient name="Hosting Provider" type="node" address="03ae9f" split="5" fee="true" />'
        '<podcast:valueTimeSplit startTime="60" duration="237" remotePercentage="95">'
        '<podcast:valueRecipient name="Somebody else" type="node" address="x" split="1"/>'
        '<podcast:remoteItem itemGuid="i" feedGuid="f" medium="music" /></podcast:valueTimeSplit></podcast:value>'
    )
    assert found.value == Value(
        type="lightning",
        method="lnaddress",
        suggested="0.00000005000",
        recipients=(
            Recipient(name="Alice (Host)", type="lnaddress", address="alice@getalby.com", split=40),
            Recipient(name="Hosting Provider", type="node", address="03ae9f", split=5, is_fee=True),
        ),
    )
    assert found.remote_items == ()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("podcast", "podcast"),
        ("Music", "music"),
        ("musicL", "musicL"),
        ("audiobookL", "audiobookL"),
        ("MUSICL", "musicl"),
        ("mixed", "mixed"),
        ("a b", None),
        ("<x>", None),
    ],
)
def test_medium(text: str, read: str | None) -> None:
    assert medium(text) == read


@pytest.mark.parametrize(
    ("text", "blocked", "blocked_for_google"),
    [
        ("<podcast:block>yes</podcast:block>", True, True),
        ("<podcast:block>no</podcast:block>", False, False),
        ("", False, False),
        (
            '<podcast:block id="google">yes</podcast:block><podcast:block id="amazon">yes</podcast:block>',
            False,
            True,
        ),
        ('<podcast:block>yes</podcast:block><podcast:block id="google">no</podcast:block>', True, False),
        ('<podcast:block id="Google">no</podcast:block><podcast:block>yes</podcast:block>', True, False),
    ],
)
def test_blocks(text: str, blocked: bool, blocked_for_google: bool) -> None:
    blocks = podcast(text).blocks
    assert is_blocked_for("castabout", blocks) is blocked
    assert is_blocked_for("google", blocks) is blocked_for_google


def test_texts() -> None:
    text = (
        "<podcast:txt>naj3eEZaWVVY9a38uhX8FekACyhtqP4JN</podcast:txt>"
        '<podcast:txt purpose="verify">S6lpp-7ZCn8-dZfGc-OoyaG</podcast:txt>'
        '<podcast:txt purpose="ai-content">true</podcast:txt><podcast:txt purpose="nothing"/>'
    )
    expected = (
        FreeText(text="naj3eEZaWVVY9a38uhX8FekACyhtqP4JN"),
        FreeText(text="S6lpp-7ZCn8-dZfGc-OoyaG", purpose="verify"),
        FreeText(text="true", purpose="ai-content"),
    )
    assert podcast(text).texts == expected
    assert episode(text).texts == expected


def test_remote_items() -> None:
    found = podcast(
        "<podcast:medium>musicL</podcast:medium>"
        '<podcast:remoteItem feedGuid="917393e3-1b1e-5cef-ace4-edaa54e1f810" />'
        '<podcast:remoteItem\n feedGuid="917393e3-1b1e-5cef-ace4-edaa54e1f810"\n '
        'feedUrl="https://feeds.example.org/rss.xml"\n itemGuid="asdf089j0-ep240-20230510"\n medium="music"\n '
        'title="Here Comes the Sun"\n/><podcast:remoteItem feedUrl="https://a.example/"/>'
        '<podcast:podroll><podcast:remoteItem feedGuid="29cdca4a-32d8-56ba-b48b-09a011c5daa9" /></podcast:podroll>'
        '<podcast:publisher><podcast:remoteItem medium="publisher" feedGuid="003af0a0"/></podcast:publisher>'
    )
    assert found.medium == "musicL"
    assert found.remote_items == (
        RemoteItem(feed_guid="917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        RemoteItem(
            feed_guid="917393e3-1b1e-5cef-ace4-edaa54e1f810",
            feed_url="https://feeds.example.org/rss.xml",
            item_guid="asdf089j0-ep240-20230510",
            medium="music",
            title="Here Comes the Sun",
        ),
    )
    assert found.podroll == (RemoteItem(feed_guid="29cdca4a-32d8-56ba-b48b-09a011c5daa9"),)


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        (
            '<podcast:updateFrequency rrule="FREQ=WEEKLY;INTERVAL=2">Biweekly</podcast:updateFrequency>',
            UpdateFrequency(text="Biweekly", rule="FREQ=WEEKLY;INTERVAL=2"),
        ),
        (
            '<podcast:updateFrequency rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=10" '
            'dtstart="2023-08-28T00:00:00.000Z">\n    Every other Monday, 10 times\n</podcast:updateFrequency>',
            UpdateFrequency(
                text="Every other Monday, 10 times",
                rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=10",
                first=datetime(2023, 8, 28, tzinfo=UTC),
            ),
        ),
        (
            '<podcast:updateFrequency complete="true">That\'s all folks!</podcast:updateFrequency>',
            UpdateFrequency(text="That's all folks!", is_complete=True),
        ),
        ("<podcast:updateFrequency/>", None),
    ],
)
def test_update_frequency(text: str, frequency: UpdateFrequency | None) -> None:
    found = podcast(text)
    assert found.update_frequency == frequency
    assert found.is_complete is (True if frequency and frequency.is_complete else None)


def test_every_tag_of_the_specification_is_read_or_ignored_for_a_reason(shared_data: Path) -> None:
    docs = shared_data / "podcasting20" / "docs"
    pages = re.findall(
        r"\]\(/?(?:docs/)?tags/([a-z-]+(?:\(deprecated\))?)\.md\)", (docs / "1.0.md").read_text()
    )
    tags = {
        re.findall(r"`<(podcast:\w+)>`", (docs / "tags" / f"{page}.md").read_text())[0].lower()
        for page in pages
    }
    assert len(pages) == len(tags) == 32
    places = " ".join(
        place.text for table in (PODCAST, EPISODE) for field in table.values() for place in field.places
    )
    read = set(re.findall(r"podcast:\w+", places.lower())) | {"podcast:source", "podcast:valuerecipient"}
    decision = (ROOT / "docs" / "decisions" / "007-ignored-tags.md").read_text()
    ignored = {tag.lower() for tag in re.findall(r"^\| `(podcast:\w+)` \| \w", decision, re.MULTILINE)}
    assert read | ignored == tags
    assert read & ignored == set()
