"""The sample feeds hold what examples/README.md promises; everything here was counted by hand."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from lxml import etree

EXAMPLES = Path(__file__).parents[2] / "examples"
FEEDS = {path.name: path for path in sorted((EXAMPLES / "feeds").iterdir())}
ILL_FORMED = "the-quiet-move.xml"

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"

NEWEST = datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)

#: By file: language, opening of the description, episodes, those without a date, those without a length.
SHOWS = {
    "crumb-and-crust.xml": ("en-GB", "A sample show, invented for castabout", 14, 0, 0),
    "cuaderno-de-volcanes.xml": ("es", "Un programa de muestra, inventado para castabout", 7, 0, 3),
    "fermento-e-farinha.xml": ("pt-BR", "Um programa de amostra, inventado para o castabout", 8, 1, 2),
    "hakko-biyori.xml": ("ja", "castaboutのために作った見本の番組", 8, 1, 1),
    "imerologio-tis-kypselis.xml": ("el", "Μια δειγματική εκπομπή, επινοημένη για το castabout", 6, 1, 2),
    "kharait-al-layl.xml": ("ar", "برنامج نموذجي، اختُرع من أجل castabout", 6, 1, 1),
    "le-fournil-du-dimanche.xml": ("fr-FR", "Une émission d’exemple, inventée pour castabout", 8, 1, 1),
    "nachtzug-notizen.xml": ("de", "Eine Beispielsendung, erfunden für castabout", 8, 0, 0),
    "semicolon-weather.xml": ("en-US", "A sample show, invented for castabout", 8, 1, 1),
    "shen-kong-lai-dian.xml": ("zh-CN", "为castabout虚构的示例节目", 6, 1, 1),
    "the-quiet-move.xml": ("en", "A sample show, invented for castabout", 5, 1, 1),
    "tidal-notes.xml": ("en", "A sample show, invented for castabout", 8, 0, 2),
}

#: By file, traits as a regular expression over its text and how often it occurs.
TRAITS = [
    ("crumb-and-crust.xml", r"<description><!\[CDATA\[|<content:encoded><!\[CDATA\[", 9),
    ("crumb-and-crust.xml", r"<ul>", 1),
    ("crumb-and-crust.xml", r"<a href=", 1),
    ("crumb-and-crust.xml", r"&ouml;", 1),
    ("crumb-and-crust.xml", r"\n\d\d:\d\d |CDATA\[<p>00:00 Intro", 8),
    ("crumb-and-crust.xml", r"<title>One starter, two kitchens</title>", 2),
    ("crumb-and-crust.xml", r"<itunes:duration>\d\d:\d\d:\d\d<", 13),
    ("crumb-and-crust.xml", r"<itunes:episodeType>trailer<", 1),
    ("crumb-and-crust.xml", r"<itunes:episodeType>bonus<", 1),
    ("cuaderno-de-volcanes.xml", r"<pubDate>\d{4}-\d\d-\d\dT", 6),
    ("cuaderno-de-volcanes.xml", r"<pubDate>\d{4}-\d\d-\d\d<", 1),
    ("cuaderno-de-volcanes.xml", r"<itunes:explicit>clean<", 1),
    ("fermento-e-farinha.xml", r"<category>", 9),
    ("hakko-biyori.xml", r"今日のsourdough（サワードウ）入門", 1),
    ("hakko-biyori.xml", r"<itunes:episodeType>bonus<", 1),
    ("imerologio-tis-kypselis.xml", r"ΤΟ ΜΕΛΙ ΤΟΥ ΠΕΥΚΟΥ", 1),
    ("kharait-al-layl.xml", r"السَّنَة", 1),
    ("kharait-al-layl.xml", r"<title>.*السنة.*</title>", 2),
    ("le-fournil-du-dimanche.xml", r"L’Sourdough", 2),
    ("le-fournil-du-dimanche.xml", r"<enclosure ", 7),
    ("le-fournil-du-dimanche.xml", r"<itunes:duration>\d\d:\d\d<", 6),
    ("le-fournil-du-dimanche.xml", r"<itunes:duration>1:02:11<", 1),
    ("nachtzug-notizen.xml", r"<itunes:duration>\d+<", 8),
    ("semicolon-weather.xml", r"<title>.*C\+\+.*</title>", 2),
    ("semicolon-weather.xml", r"<title>.*C#.*</title>", 2),
    ("semicolon-weather.xml", r"<title>.*\.NET.*</title>", 2),
    ("semicolon-weather.xml", r" PST<", 2),
    ("semicolon-weather.xml", r" PDT<", 2),
    ("semicolon-weather.xml", r" EST<", 2),
    ("semicolon-weather.xml", r" EDT<", 1),
    ("semicolon-weather.xml", r"<script>", 1),
    ("semicolon-weather.xml", r' onclick="', 2),
    ("semicolon-weather.xml", r"<description>&lt;p&gt;", 1),
    ("semicolon-weather.xml", r"<itunes:explicit>yes<", 1),
    ("shen-kong-lai-dian.xml", r"中国", 4),
    ("shen-kong-lai-dian.xml", r"日本", 5),
    ("shen-kong-lai-dian.xml", r"<itunes:duration>\d+<", 5),
    ("shen-kong-lai-dian.xml", r"<pubDate>\d{4}-\d\d-\d\dT", 1),
    ("shen-kong-lai-dian.xml", r"<itunes:episodeType>trailer<", 1),
    ("the-quiet-move.xml", r"&(?!\w+;)", 1),
    ("the-quiet-move.xml", r"<googleplay:", 1),
    ("the-quiet-move.xml", r"xmlns:googleplay", 0),
    ("tidal-notes.xml", r"<guid ", 7),
    ("tidal-notes.xml", r"(?i)sourdough", 1),
    ("tidal-notes.xml", r"<itunes:keywords>[^<]*\bsourdough</itunes:keywords>", 1),
    ("tidal-notes.xml", r" GMT<", 8),
    ("tidal-notes.xml", r"<pubDate>19 Aug 2024 06:10 GMT<", 1),
]

#: The files with the episodes that mention it, by hand; 28 in all.
SOURDOUGH = {
    "crumb-and-crust.xml": 9,
    "cuaderno-de-volcanes.xml": 2,
    "fermento-e-farinha.xml": 4,
    "hakko-biyori.xml": 4,
    "le-fournil-du-dimanche.xml": 4,
    "nachtzug-notizen.xml": 3,
    "the-quiet-move.xml": 1,
    "tidal-notes.xml": 1,
}


def channel_of(name: str) -> etree._Element:
    """The channel; of the one ill-formed feed, what libxml2 makes of it."""
    parser = etree.XMLParser(recover=name == ILL_FORMED)
    channel = etree.fromstring(FEEDS[name].read_bytes(), parser).find("channel")
    assert channel is not None
    return channel


def moment(date: str) -> datetime:
    """A date of the samples, which is in ISO form or in that of RFC 822."""
    try:
        parsed = datetime.fromisoformat(date)
    except ValueError:
        parsed = parsedate_to_datetime(date)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def test_the_readme_lists_each_file_with_its_language() -> None:
    readme = (EXAMPLES / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\S+\.xml)` \| (\S+) \|", readme, re.MULTILINE)
    assert rows == [(name, show[0]) for name, show in SHOWS.items()]
    assert list(FEEDS) == list(SHOWS)


@pytest.mark.parametrize("name", FEEDS)
def test_all_but_one_are_well_formed(name: str) -> None:
    if name != ILL_FORMED:
        etree.fromstring(FEEDS[name].read_bytes())
        return
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(FEEDS[name].read_bytes())


@pytest.mark.parametrize("name", FEEDS)
def test_each_says_that_it_is_a_sample(name: str) -> None:
    channel = channel_of(name)
    language, opening, *_ = SHOWS[name]
    assert channel.findtext("language") == language
    assert channel.findtext(f"{ITUNES}author") == "castabout samples"
    assert (channel.findtext("description") or "").startswith(opening)


@pytest.mark.parametrize("name", FEEDS)
def test_links_lead_nowhere(name: str) -> None:
    text = FEEDS[name].read_text("utf-8")
    addresses = re.findall(r"https?://[^\s\"'<>]+", re.sub(r'xmlns:\w+="[^"]*"', "", text))
    assert all(re.match(r"https://[\w.-]+\.example/", address) for address in addresses)
    media = re.findall(r'<enclosure url="([^"]+)"', text)
    assert all(re.fullmatch(r"https://samples\.castabout\.example/\S+\.mp3", address) for address in media)


@pytest.mark.parametrize("name", FEEDS)
def test_episodes_dates_and_lengths(name: str) -> None:
    items = channel_of(name).findall("item")
    dates = [date for item in items if (date := item.findtext("pubDate"))]
    lengths = [item for item in items if item.findtext(f"{ITUNES}duration")]
    assert (len(items), len(items) - len(dates), len(items) - len(lengths)) == SHOWS[name][2:]
    assert all(moment(date) <= NEWEST for date in dates)
    assert all(f"{moment(date):%a}" == date[:3] for date in dates if "," in date)


@pytest.mark.parametrize("name", FEEDS)
def test_categories_have_a_hierarchy_and_explicit_is_said(name: str) -> None:
    channel = channel_of(name)
    assert channel.find(f"{ITUNES}category/{ITUNES}category") is not None
    assert channel.findtext(f"{ITUNES}explicit") in {"true", "false", "yes", "no", "clean"}


@pytest.mark.parametrize(("name", "pattern", "times"), TRAITS)
def test_trait(name: str, pattern: str, times: int) -> None:
    assert len(re.findall(pattern, FEEDS[name].read_text("utf-8"))) == times


def test_some_have_a_podcast_guid() -> None:
    guids = {name: guid for name in FEEDS if (guid := channel_of(name).findtext(f"{PODCAST}guid"))}
    assert list(guids) == [
        "crumb-and-crust.xml",
        "hakko-biyori.xml",
        "nachtzug-notizen.xml",
        "semicolon-weather.xml",
    ]
    version_5 = r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    assert all(re.fullmatch(version_5, guid) for guid in guids.values())


def test_the_episode_that_was_published_twice() -> None:
    items = channel_of("crumb-and-crust.xml").findall("item")
    again, first = [item for item in items if item.findtext("title") == "One starter, two kitchens"]
    assert again.findtext("description") == first.findtext("description")
    assert again.findtext("guid") != first.findtext("guid")
    assert (again.findtext("pubDate"), first.findtext("pubDate")) == (
        "Sat, 12 Sep 2026 06:00:00 +0100",
        "Fri, 11 Sep 2026 06:00:00 +0100",
    )


def test_episodes_about_sourdough() -> None:
    fields = ("title", "description", f"{CONTENT}encoded", f"{ITUNES}keywords", "category")
    found: dict[str, int] = {}
    for name in FEEDS:
        for item in channel_of(name).findall("item"):
            text = " ".join(element.text or "" for field in fields for element in item.findall(field))
            if re.search(r"(?ia)\bsourdough\b", text):
                found[name] = found.get(name, 0) + 1
    assert found == SOURDOUGH
