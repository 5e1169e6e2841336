"""The library that is judged: the feeds beside the project, and their nine shows that have transcripts only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from bench.generated import NOW, ROOT
from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine.castabout import Castabout
from castabout.engine.decide import decide
from castabout.engine.indexing import catch_up
from castabout.engine.spoken_file import read_transcript
from castabout.model.feed import Episode, ParsedFeed, Podcast
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.transcript import Spoken
from castabout.parse.feed import parse_feed
from castabout.parse.identity import podcast_id
from castabout.store import copies, episodes, podcasts, spoken
from castabout.store.apply import apply
from castabout.text.html import html_to_text
from castabout.text.joined import joined

DATA = ROOT.parent / "shared" / "data"
#: The folders of transcripts, which tell nothing of their shows, and whose they are.
SPOKEN_SHOWS = {
    "backstage": "Backstage",
    "bigtent": "Big Tent",
    "brainscience": "Brain Science",
    "founderstalk": "Founders Talk",
    "news": "Changelog News",
    "practicalai": "Practical AI",
    "rfc": "Request For Commits",
    "shipit": "Ship It!",
    "spotlight": "Spotlight",
}


class ShowTexts(NamedTuple):
    """What is said of a podcast."""

    title: str
    description: str
    people: str
    categories: str


class ItemTexts(NamedTuple):
    """What is searched of an episode."""

    row: int
    title: str
    notes: str
    keywords: str
    people: str
    chapters: str
    transcript: str


@dataclass(frozen=True, slots=True)
class Library:
    """Everything indexed, and how judgements name it."""

    castabout: Castabout
    #: Row of a podcast → its feed's file without ``.xml``, or the folder of its transcripts.
    shows: Mapping[int, str]
    #: Row of an episode → name of its show and its key: GUID, else as `castabout.parse.identity` has it.
    items: Mapping[int, str]
    #: The same by the ids that pages give.
    show_names: Mapping[str, str]
    item_names: Mapping[str, str]
    #: Name of each episode that was published more than once → name of its first copy.
    first_copies: Mapping[str, str]

    def texts(self) -> Iterator[tuple[int, ShowTexts, list[ItemTexts]]]:
        """All that castabout searches of each podcast and its episodes, as it was published."""
        store = self.castabout.store
        for row, stored in podcasts.by_rows(store, self.shows).items():
            podcast = stored.podcast
            of_show = ShowTexts(
                podcast.title or "",
                html_to_text(podcast.description or ""),
                _line((podcast.author, *(person.name for person in podcast.people))),
                _line((*podcast.categories, *podcast.keywords)),
            )
            found = list(episodes.of_podcast(store, row))
            said: dict[int, Spoken] = {}
            for start in range(0, len(found), 100):
                told = spoken.of_episodes(store, [one.row for one in found[start : start + 100]])
                said |= {number: one.spoken for number, one in told.items()}
            yield row, of_show, [_item_texts(one, stored, said.get(one.row, Spoken())) for one in found]


def is_there() -> bool:
    """Whether the data is beside the project."""
    return DATA.is_dir()


def build(home: Path, *, spoken_shows: Iterable[str] = tuple(SPOKEN_SHOWS)) -> Library:
    """The library in the empty folder ``home``: all feeds, and of shows with transcripts those named."""
    castabout = replace(assemble(load_settings(home, {})), clock=lambda: NOW)
    names = dict(_store(castabout))
    for folder in spoken_shows:
        names[_store_spoken(castabout, folder)] = folder
    catch_up(castabout, progress=lambda _: None)
    return _named(castabout, names)


def _store(castabout: Castabout) -> Iterator[tuple[str, str]]:
    """Read each feed as if it came from its own address. Gives ids of podcasts and their names."""
    for path in sorted((*DATA.glob("feeds/*.xml"), *DATA.glob("a2c/feeds/*.xml"))):
        address = f"https://{path.stem}.example/feed.xml"
        parsed = parse_feed(path.read_bytes(), address=address)
        yield _applied(castabout, parsed, podcast_id(parsed.podcast.guid, address), address), path.stem


def _store_spoken(castabout: Castabout, folder: str) -> str:
    """The transcripts in ``folder`` as a show. Gives its id."""
    title = SPOKEN_SHOWS[folder]
    address = f"https://{folder}.example/feed.xml"
    paths = sorted((DATA / "transcripts" / folder).glob("*.md"))
    items = tuple(Episode(key=path.stem, title=_title(title, path.stem)) for path in paths)
    parsed = ParsedFeed(Podcast(title=title, language="en"), items)
    id = _applied(castabout, parsed, podcast_id(None, address), address)
    rows = _rows(castabout, id)
    for path in paths:
        data = path.read_bytes()
        value, error = read_transcript(data, name=path.name)
        if value:
            row = rows[path.stem]
            spoken.write(castabout.store, row, value, raw=data, url=path.name, error=error, now=0)
    return id


def _applied(castabout: Castabout, parsed: ParsedFeed, id: str, address: str) -> str:
    known = podcasts.known(castabout.store, id)
    apply(castabout.store, decide(known, parsed, id=id, source=address, now=NOW))
    return id


def _rows(castabout: Castabout, id: str) -> dict[str, int]:
    """The episodes of a podcast by key."""
    stored = podcasts.by_id(castabout.store, id)
    return (
        {one.episode.key: one.row for one in episodes.of_podcast(castabout.store, stored.row)}
        if stored
        else {}
    )


def _item_texts(stored: StoredEpisode, podcast: StoredPodcast, said: Spoken) -> ItemTexts:
    episode = stored.episode
    people = episode.people or podcast.podcast.people
    return ItemTexts(
        stored.row,
        episode.title or "",
        "\n".join(filter(None, (html_to_text(episode.notes or ""), episode.subtitle))),
        _line(episode.keywords),
        _line((episode.author, *(person.name for person in people))),
        _line((*(one.title for one in said.chapters), *(one.title for one in said.soundbites))),
        joined(cue.text for cue in said.transcript.cues) if said.transcript else "",
    )


def _line(texts: Iterable[str | None]) -> str:
    return "\n".join(filter(None, texts))


def _title(show: str, name: str) -> str:
    """``practical-ai-12`` → “Practical AI 12”: a number is all that is known."""
    return f"{show} {name.rpartition('-')[2]}"


def _named(castabout: Castabout, names: Mapping[str, str]) -> Library:
    shows: dict[int, str] = {}
    items: dict[int, str] = {}
    item_names: dict[str, str] = {}
    for id, name in names.items():
        stored = podcasts.by_id(castabout.store, id)
        if stored is None:
            continue
        shows[stored.row] = name
        for one in episodes.of_podcast(castabout.store, stored.row):
            items[one.row] = item_names[one.id] = f"{name} {one.episode.key}"
    groups = copies.groups(castabout.store, items)
    firsts = {items[row]: items[first] for row, first in groups.items()}
    return Library(castabout, shows, items, names, item_names, firsts)
