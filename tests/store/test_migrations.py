"""A library of an older version is brought up to date with everything that is in it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from castabout.store import migrate, podcasts
from castabout.store.database import open_store

#: Podcasts as 0001 held them; the second has a GUID that is no UUID, the third was read where the first was.
_ROWS = (
    (1, "11111111-2222-5333-8444-555555555555", "https://bread.example/feed", '{"title":"Café  Crème"}'),
    (2, "917393e3-1b1e-5cef-ace4-edaa54e1f810", "file:///a.xml", '{"title":"Rye","guid":" y0ur-gu1d "}'),
    (3, "9b024349-ccf0-5f69-a609-6b82873eab3c", "https://bread.example/feed", "{}"),
)


def test_from_the_first(path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for row, id, source, value in _ROWS:
            connection.exec_driver_sql(
                "INSERT INTO podcasts VALUES (?, ?, ?, x'00', ?, 1, 0)", (row, id, source, value)
            )
            connection.exec_driver_sql(
                "INSERT INTO episodes VALUES (?, ?, ?, NULL, x'00', '{\"key\":\"a\"}')", (row, f"e{row}", row)
            )
    engine.dispose()

    store = open_store(path)
    found = podcasts.by_addresses(store, [source for _, _, source, _ in _ROWS])
    assert {url: podcast.row for url, podcast in found.items()} == {
        "https://bread.example/feed": 1,
        "file:///a.xml": 2,
    }
    assert [podcast.row for podcast in podcasts.by_title(store, "cafe creme")] == [1]
    # Made from the GUID apart: uuid5 of “y0ur-gu1d” in the namespace of podcast GUIDs.
    assert [podcast.row for podcast in podcasts.by_guid(store, "eed051e8-e248-59de-86e1-6de06ad4ac7c")] == [2]
    known = podcasts.known(store, _ROWS[0][1])
    assert known is not None
    assert (list(known.episodes), known.also) == (["e1"], {})
    store.close()
