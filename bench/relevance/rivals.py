"""What others find in the same texts: SQLite FTS5, and Tantivy as it comes.

A podcast is searched by what is said of it and by all that its episodes say, as one document.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

import tantivy

from bench.relevance.library import ItemTexts, Library, ShowTexts

_WORD = re.compile(r"[\w+#.'’-]*\w[\w+#]*")
_EPISODES = "episodes"
_ITEM = ItemTexts._fields[1:]
_SHOW = (*ShowTexts._fields, _EPISODES)


class Fts5:
    """``bm25`` over ``unicode61``, FTS5's own tokenizer; all words must be there, or with `any_word` one."""

    def __init__(self, library: Library) -> None:
        """Everything goes into memory."""
        self._tables = sqlite3.connect(":memory:")
        self._tables.execute(f"CREATE VIRTUAL TABLE items USING fts5({', '.join(_ITEM)})")
        self._tables.execute(f"CREATE VIRTUAL TABLE shows USING fts5({', '.join(_SHOW)})")
        for row, show, items in library.texts():
            values = (row, *show, _whole(items))
            self._tables.execute(f"INSERT INTO shows(rowid, {', '.join(_SHOW)}) VALUES (?,?,?,?,?,?)", values)
            marks = ",".join("?" * len(ItemTexts._fields))
            self._tables.executemany(f"INSERT INTO items(rowid, {', '.join(_ITEM)}) VALUES ({marks})", items)

    def shows(self, query: str, limit: int, *, any_word: bool = False) -> list[int]:
        """Rows of podcasts, best first."""
        return self._found("shows", query, limit, any_word=any_word)

    def episodes(self, query: str, limit: int, *, any_word: bool = False) -> list[int]:
        """Rows of episodes, best first."""
        return self._found("items", query, limit, any_word=any_word)

    def _found(self, table: str, query: str, limit: int, *, any_word: bool) -> list[int]:
        words = [f'"{word}"' for word in _WORD.findall(query)]
        asked = (" OR " if any_word else " ").join(words)
        rows = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rank LIMIT ?"
        return [row for (row,) in self._tables.execute(rows, (asked, limit))]


class PlainTantivy:
    """Tantivy's own query parser over its ``default`` tokenizer: any word of any field."""

    def __init__(self, library: Library) -> None:
        """Everything goes into memory."""
        self._items = _index(_ITEM)
        self._shows = _index(_SHOW)
        items, shows = self._items.writer(), self._shows.writer()
        for row, show, of_show in library.texts():
            shows.add_document(tantivy.Document(row=row, **show._asdict(), episodes=_whole(of_show)))
            for item in of_show:
                items.add_document(tantivy.Document(**item._asdict()))
        for writer, index in ((items, self._items), (shows, self._shows)):
            writer.commit()
            writer.wait_merging_threads()
            index.reload()

    def shows(self, query: str, limit: int) -> list[int]:
        """Rows of podcasts, best first."""
        return _found(self._shows, _SHOW, query, limit)

    def episodes(self, query: str, limit: int) -> list[int]:
        """Rows of episodes, best first."""
        return _found(self._items, _ITEM, query, limit)


def _whole(items: Sequence[ItemTexts]) -> str:
    return "\n".join(text for item in items for text in item[1:] if text)


def _index(fields: Sequence[str]) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("row", stored=True)
    for field in fields:
        builder.add_text_field(field)
    return tantivy.Index(builder.build())


def _found(index: tantivy.Index, fields: Sequence[str], query: str, limit: int) -> list[int]:
    asked, _ = index.parse_query_lenient(query, list(fields))
    searcher = index.searcher()
    hits = searcher.search(asked, limit, count=False).hits
    return [int(searcher.doc(address)["row"][0]) for _, address in hits]
