"""Names that are offered while one types, and that their counts are kept up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from castabout.engine.castabout import Castabout
from castabout.engine.decide import decide
from castabout.engine.indexing import catch_up, reindex
from castabout.engine.suggest import suggestions
from castabout.model.feed import Episode, ParsedFeed, Person, Podcast
from castabout.model.labels import Labels
from castabout.parse.identity import podcast_id
from castabout.store import labels, podcasts
from castabout.store.apply import apply
from castabout.store.names import stale
from tests.support import NOW

_keys = count()


def put(castabout: Castabout, title: str, *episodes: Episode, secret: str = "") -> None:
    """Put these episodes of a show into the library, or what they are now."""
    source = f"https://{title.lower().replace(' ', '-')}.example/feed{secret}"
    parsed = ParsedFeed(Podcast(title=title, language="en"), episodes)
    id = podcast_id(None, source)
    known = podcasts.known(castabout.store, id)
    apply(castabout.store, decide(known, parsed, id=id, source=source, now=NOW))
    catch_up(castabout, progress=lambda _: None)


def episode(*tags: str, people: Iterable[str] = (), key: str | None = None) -> Episode:
    key = key or f"episode {next(_keys)}"
    return Episode(key=key, keywords=tags, people=tuple(Person(name=name) for name in people))


def offered(castabout: Castabout, typed: str) -> list[tuple[str, str, int]]:
    return [(one.kind, one.name, one.episodes) for one in suggestions(castabout, typed).names]


def test_podcasts_people_and_topics(castabout: Castabout) -> None:
    put(castabout, "Baltic Hour", episode("barley", "baking", people=["Bea Barker"]), episode("barley"))
    assert offered(castabout, "ba") == [
        ("podcast", "Baltic Hour", 2),
        ("person", "Bea Barker", 1),
        ("topic", "barley", 2),
        ("topic", "baking", 1),
    ]
    assert offered(castabout, "hou") == [("podcast", "Baltic Hour", 2)]
    assert offered(castabout, "") == []
    assert offered(castabout, "zzz") == []


def test_counts_follow_the_episodes(castabout: Castabout) -> None:
    put(castabout, "Grain", episode("barley", key="1"), episode("barley", key="2"))
    assert offered(castabout, "barl") == [("topic", "barley", 2)]
    put(castabout, "Grain", episode("oats", key="1"), episode("barley", key="2"), episode("oats", key="3"))
    assert offered(castabout, "barl") == [("topic", "barley", 1)]
    assert offered(castabout, "oat") == [("topic", "oats", 2)]
    put(castabout, "Grain", episode("oats", key="1"), episode("oats", key="2"), episode("oats", key="3"))
    assert offered(castabout, "barl") == []
    assert offered(castabout, "gra") == [("podcast", "Grain", 3)]
    assert stale(castabout.store, after=0, limit=9) == ()


def test_nothing_is_counted_twice_when_all_is_indexed_anew(castabout: Castabout) -> None:
    put(castabout, "Grain", episode("barley"), episode("barley", people=["Bea Barker"]))
    before = offered(castabout, "b")
    assert before == [("person", "Bea Barker", 1), ("topic", "barley", 2)]
    reindex(castabout, progress=lambda _: None)
    assert offered(castabout, "b") == before
    castabout.index.clear()
    catch_up(castabout, progress=lambda _: None)
    assert offered(castabout, "b") == before


def test_what_the_index_has_not_seen_is_told_again(castabout: Castabout) -> None:
    """As after a crash between writing labels and writing the index."""
    put(castabout, "Grain", episode("barley", key="1"))
    row = next(iter(castabout.index.contents().episodes))
    labels.write(castabout.store, {row: Labels()})
    assert [(one.name, one.episodes) for one in stale(castabout.store, after=0, limit=9)] == [("barley", 0)]
    put(castabout, "Grain", episode("oats", key="1"))
    assert offered(castabout, "barl") == []
    assert offered(castabout, "oat") == [("topic", "oats", 1)]


def test_private_podcasts_are_offered_to_their_owner_alone(castabout: Castabout) -> None:
    put(castabout, "Grain", episode("barley", people=["Bea Barker"]))
    put(castabout, "Secret Barn", episode("barley", "barium", people=["Bob Barn"]), secret="?token=abc")
    assert offered(castabout, "bar") == [
        ("podcast", "Secret Barn", 1),
        ("person", "Bob Barn", 1),
        ("person", "Bea Barker", 1),
        ("topic", "barley", 2),
        ("topic", "barium", 1),
    ]
    everybody = public(castabout)
    assert offered(everybody, "bar") == [("person", "Bea Barker", 1), ("topic", "barley", 1)]
    assert offered(everybody, "bob") == offered(everybody, "secret") == offered(everybody, "bari") == []


def test_a_podcast_that_becomes_private_takes_its_names_along(castabout: Castabout) -> None:
    put(castabout, "Grain", episode("barley"))
    shown = public(castabout)
    assert offered(shown, "barl") == [("topic", "barley", 1)]
    with castabout.store.writing() as connection:
        connection.exec_driver_sql("UPDATE podcasts SET is_private = true")
    reindex(castabout, progress=lambda _: None)
    assert offered(shown, "barl") == offered(shown, "grai") == []
    assert offered(castabout, "barl") == [("topic", "barley", 1)]


def test_some_of_each_kind(castabout: Castabout) -> None:
    for number in range(6):
        put(castabout, f"Rye {number}", episode(f"ryegrass {number}", f"rye flour {number}"))
    kinds = [kind for kind, _, _ in offered(castabout, "rye")]
    assert kinds == ["podcast"] * 3 + ["topic"] * 5


def public(castabout: Castabout) -> Castabout:
    """The same library as everybody sees it."""
    return replace(castabout, shows_private=False)
