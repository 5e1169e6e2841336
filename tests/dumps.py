"""Small dumps of the Podcast Index, as it publishes them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from bench.dump import TABLE

_TEXTS = (
    "link contentType originalUrl itunesAuthor itunesOwnerName imageUrl itunesType generator language chash host "
    "newestEnclosureUrl podcastGuid description category1 category2 category3 category4 category5 category6 "
    "category7 category8 category9 category10"
).split()


def write_dump(path: Path, *rows: dict[str, Any], table: str = TABLE) -> Path:
    """A dump with these rows; what a row does not say is empty, or for numbers NULL."""
    connection = sqlite3.connect(path)
    connection.execute(table)
    for row in rows:
        values = {**dict.fromkeys(_TEXTS, ""), "dead": 0, **row}
        names = ", ".join(values)
        places = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO podcasts ({names}) VALUES ({places})", list(values.values()))
    connection.commit()
    connection.close()
    return path


def show(number: int, **more: Any) -> dict[str, Any]:
    """A row that is a podcast."""
    return {
        "url": f"https://feeds.example/{number}",
        "title": f"Show {number}",
        "podcastGuid": f"00000000-0000-5000-8000-{number:012d}",
        **more,
    }
