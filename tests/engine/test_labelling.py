"""Tags, people and what shows repeat, from feeds to answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up, reindex
from castabout.engine.person import person_page
from castabout.engine.search import find_podcasts, search_page
from castabout.engine.topic import topic_page
from castabout.engine.update import add
from castabout.errors import NotInLibrary
from castabout.model.labels import Labels, NamedPerson
from castabout.query.parser import parse_topic
from castabout.store import episodes, inventory, labels, podcasts, statistics
from castabout.text.fold import fold
from tests.support import open_at

SPONSOR = "This show is brought to you by Linode Cloud Hosting."
SUBJECTS = (
    "Nolan Bushnell", "Ada Lovelace", "Grace Hopper", "Alan Turing", "Dennis Ritchie", "Ken Thompson",
    "Barbara Liskov", "Donald Knuth", "Edsger Dijkstra", "Tony Hoare", "Niklaus Wirth", "Radia Perlman",
)  # fmt: skip


def feed(path: Path, *notes: str, title: str = "Show", keywords: str = "") -> Path:
    """A feed whose episodes have these notes, the oldest first."""
    items = "".join(
        f"<item><title>{number}</title><guid>{number}</guid><description>{escape(text)}</description>"
        f"<itunes:keywords>{keywords}</itunes:keywords></item>"
        for number, text in enumerate(notes)
    )
    path.write_text(
        '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>'
        f"<title>{title}</title><language>en</language>{items}</channel></rss>"
    )
    return path


def take_in(castabout: Castabout, *sources: Path) -> None:
    for result in add(castabout, [str(source) for source in sources], found=lambda _: None):
        assert result.error is None
    catch_up(castabout, progress=lambda _: None)


def labels_of(castabout: Castabout) -> list[Labels]:
    """Of all episodes, in the order in which they came."""
    return list(labels.of_episodes(castabout.store, sorted(inventory.rows(castabout.store)[1])).values())


def found(castabout: Castabout, topic: str) -> int:
    return topic_page(castabout, topic).episodes


def about(subject: str) -> str:
    return f"<p>We speak of {subject} and of old machines.</p><p>{SPONSOR}</p>"


def test_what_a_show_repeats_is_neither_found_nor_a_tag(castabout: Castabout, tmp_path: Path) -> None:
    take_in(castabout, feed(tmp_path / "a.xml", *map(about, SUBJECTS), keywords="radio,machines"))
    assert found(castabout, "linode") == 0
    assert found(castabout, "brought to you") == 0
    # All episodes have it as a keyword, none in its text.
    assert found(castabout, "radio") == 0
    assert found(castabout, "old machines") == len(SUBJECTS)
    assert [found(castabout, name) for name in SUBJECTS] == [1] * len(SUBJECTS)
    assert [of.tags for of in labels_of(castabout)] == [(name.lower(),) for name in SUBJECTS]


def test_what_a_show_repeats_is_said_of_the_show(castabout: Castabout, tmp_path: Path) -> None:
    take_in(
        castabout,
        feed(tmp_path / "a.xml", *map(about, SUBJECTS), keywords="radio,machines"),
        feed(tmp_path / "b.xml", "All of it is about bread.", title="Bread"),
    )
    for asked in ("linode", "linode cloud", '"brought to you"', "radio"):
        assert [line.title for line in find_podcasts(castabout, asked).hits] == ["Show"]
        assert (search_page(castabout, asked).episodes, search_page(castabout, asked).said_by_podcasts) == (
            0,
            1,
        )
        page = topic_page(castabout, asked)
        assert (page.episodes, page.said_by_podcasts, page.best_podcasts) == (0, 1, ())
    # What is in some episodes is found there.
    assert not find_podcasts(castabout, "bushnell").hits
    assert search_page(castabout, "bushnell").said_by_podcasts == 0
    assert search_page(castabout, "bushnell -podcast:show").said_by_podcasts == 0
    reindex(castabout, progress=lambda _: None)
    assert search_page(castabout, "linode").said_by_podcasts == 1


def test_what_a_show_begins_to_repeat(castabout: Castabout, tmp_path: Path) -> None:
    """Few episodes at first, whose notes are searched as they are; then more."""
    take_in(castabout, feed(tmp_path / "a.xml", *map(about, SUBJECTS[:3])))
    assert (found(castabout, "linode"), find_podcasts(castabout, "linode").podcasts) == (3, 0)
    take_in(castabout, feed(tmp_path / "a.xml", *map(about, SUBJECTS)))
    assert (found(castabout, "linode"), find_podcasts(castabout, "linode").podcasts) == (0, 1)


def test_extracts_are_not_of_what_a_show_repeats(castabout: Castabout, tmp_path: Path) -> None:
    hall = "<p>" + "Long ago there was a hall with many machines in it. " * 8 + "</p>"
    notes = [f"<p>{SPONSOR}</p>{hall}<p>At last {subject} hosted a party.</p>" for subject in SUBJECTS]
    notes = [text.replace("Linode", "Hosted") for text in notes]
    take_in(castabout, feed(tmp_path / "show.xml", *notes))
    for line in topic_page(castabout, "hosted").latest_episodes:
        assert "hosted a party" in line.summary.text
        assert SPONSOR.replace("Linode", "Hosted") not in line.summary.text


def test_what_few_episodes_have_alike_is_found(castabout: Castabout, tmp_path: Path) -> None:
    take_in(castabout, feed(tmp_path / "a.xml", *map(about, SUBJECTS[:3]), keywords="radio"))
    assert found(castabout, "linode") == found(castabout, "radio") == 3


def test_a_sponsor_is_known_when_it_comes_the_fourth_time(castabout: Castabout, tmp_path: Path) -> None:
    for count in range(1, 6):
        take_in(castabout, feed(tmp_path / "a.xml", *map(about, SUBJECTS[:count])))
        # The episodes before are then indexed once more.
        assert found(castabout, "linode") == (count if count < 4 else 0)
    assert [of.tags for of in labels_of(castabout)] == [(name.lower(),) for name in SUBJECTS[:5]]


def test_a_new_episode_is_counted_alone(castabout: Castabout, tmp_path: Path) -> None:
    take_in(castabout, feed(tmp_path / "a.xml", *map(about, SUBJECTS[:8])))
    [show] = statistics.of_shows(castabout.store, [1]).values()
    take_in(castabout, feed(tmp_path / "a.xml", *map(about, SUBJECTS[:9])))
    [after] = statistics.of_shows(castabout.store, [1]).values()
    assert (show.repeats.episodes, after.repeats.episodes) == (8, 9)
    assert after.last_row == show.last_row + 1
    # The sponsor has come once more, the new name for the first time.
    grown = {key: count - show.repeats.counts.get(key, 0) for key, count in after.repeats.counts.items()}
    assert set(grown.values()) <= {0, 1}
    assert sum(grown.values()) < 6


def test_built_anew_it_is_the_same(castabout: Castabout, tmp_path: Path) -> None:
    take_in(castabout, feed(tmp_path / "a.xml", *map(about, SUBJECTS)))
    before, shows = labels_of(castabout), statistics.of_shows(castabout.store, [1])
    reindex(castabout, progress=lambda _: None)
    assert labels_of(castabout) == before
    assert statistics.of_shows(castabout.store, [1]) == shows


def test_people_have_pages(castabout: Castabout, tmp_path: Path) -> None:
    one = feed(tmp_path / "a.xml", "An interview with Zoë Dupont.", "Guest: Zoe Dupont.", title="One")
    other = feed(tmp_path / "b.xml", "We were joined by Zoë Dupont.", "Nobody is here.", title="Other")
    take_in(castabout, one, other)
    page = person_page(castabout, "zoe  dupont")
    assert (page.name, page.episodes) == ("Zoë Dupont", 3)
    assert {of.podcast.title: of.episodes for of in page.podcasts} == {"One": 2, "Other": 1}
    assert all(line.people[0].role == "guest" for line in page.hits)
    assert len(person_page(castabout, "Zoe Dupont", offset=1, limit=1).hits) == 1
    with pytest.raises(NotInLibrary):
        person_page(castabout, "Nobody Else")


@pytest.fixture(scope="module")
def library(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Castabout]:
    castabout = open_at(tmp_path_factory.mktemp("labels"))
    names = ("taverncast*", "giant*", "linux-*", "sries*", "site-code*", "nos-*", "ai-*", "the-tip*")
    take_in(
        castabout, *(path for name in names for path in sorted((shared_data / "feeds").glob(f"{name}.xml")))
    )
    yield castabout
    castabout.close()


def test_episodes_about_world_of_warcraft(library: Castabout) -> None:
    """77 have the words, 70 of them only in a list of keywords that Taverncast puts into every episode."""
    page = topic_page(library, "world of warcraft")
    assert {best.podcast.title[:10]: best.episodes_about for best in page.best_podcasts} == {
        "Taverncast": 6,
        "Giant Bomb": 1,
    }


def test_each_tag_leads_to_its_episode(library: Castabout) -> None:
    rows = sorted(inventory.rows(library.store)[1])[::10]
    led = [
        row in library.index.best(parse_topic(tag), limit=2_000)
        for row, of in labels.of_episodes(library.store, rows).items()
        for tag in of.tags
    ]
    assert len(led) > 500
    assert sum(led) / len(led) > 0.99


def test_tags_are_not_what_shows_repeat(library: Castabout) -> None:
    """Read in the feeds: what these shows say in all or many of their episodes."""
    unwanted = {
        "linode", "linux academy", "a cloud guru", "jupiter broadcasting", "linux podcast", "giant bombcast",
        "giant bomb", "jeff gerstmann", "xbox 360", "video games", "wiiu", "taverncast", "patreon", "npo",
        "see show notes link", "nos journaal", "nos journaal in makkelijke taal", "dice muse", "maeve mcclenaghan",
    }  # fmt: skip
    rows = sorted(inventory.rows(library.store)[1])
    tagged = [fold(tag) for of in labels.of_episodes(library.store, rows).values() for tag in of.tags]
    assert len(tagged) > 5_000
    assert {tag: tagged.count(tag) for tag in unwanted if tag in tagged} == {}


@pytest.mark.parametrize(
    ("title", "tags"),
    [
        ("316: Self-Hosted Secrets", {"bitwarden", "lastpass"}),
        ("Giant Bombcast 580: Where Is Kidd Thunder?", {"mortal kombat", "steamworld quest", "iron man vr"}),
        ("Pau Freixas: \"'Todos mienten' no és un espòiler\"", {"pau freixas", "cluedo"}),
        ("新媒体 - 郝培强", {"新媒体", "郝培强"}),
        ("Ep.4 Knock Knock", {"jane bradley", "west london"}),
    ],
)
def test_tags_of_real_episodes(library: Castabout, title: str, tags: set[str]) -> None:
    stored = episodes.by_rows(library.store, inventory.rows(library.store)[1]).values()
    [row] = [one.row for one in stored if one.episode.title == title]
    assert tags <= set(labels.of_episodes(library.store, [row])[row].tags)


def test_people_of_a_real_show(library: Castabout) -> None:
    """Its feed names hosts and guests with podcast:person, but not in older episodes."""
    page = person_page(library, "Wes Payne")
    show = podcasts.by_id(library.store, page.podcasts[0].podcast.id)
    assert show is not None
    assert show.podcast.title == "LINUX Unplugged"
    assert page.episodes > 300
    assert NamedPerson("Wes Payne", "host") in page.hits[0].people
