"""Names: completing them, and finding those that are nearly what was typed.

Each is a document with the beginnings that it can be found by, marked by its kind and by whether it begins so
or a later word of it does; so that a key that is typed looks up one term, whose documents come by count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from zlib import crc32

from tantivy import Document, Occur, Order, Query, Schema, SchemaBuilder, Searcher

from castabout.index.document import NameDocument
from castabout.index.tantivy.schema import BEGINNINGS, EXACT, analyzer, nearly
from castabout.model.names import FoundName, NameKind
from castabout.text.beginnings import LONGEST, beginnings, begins, plain
from castabout.text.prepare import prepare

_FIRST, _INNER = "^", "~"
#: The column that orders names: of all, or without those that only private podcasts have.
_ALL, _PUBLIC = "all", "public"
#: Below the count in the columns: shorter names first, and then the same order in every build.
_REST_BITS = 24
#: Of long beginnings only the first letters are looked up; so many more are fetched, and compared.
_MORE = 20


@cache
def names_schema() -> Schema:
    """All fields."""
    builder = SchemaBuilder()
    builder.add_text_field("itself", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("beginnings", tokenizer_name=BEGINNINGS, index_option="basic")
    builder.add_text_field("words", tokenizer_name=EXACT, index_option="basic")
    builder.add_unsigned_field(_ALL, fast=True)
    builder.add_unsigned_field(_PUBLIC, fast=True)
    for name in ("kind", "name", "id"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def itself(document: NameDocument) -> str:
    """The term by which it is replaced."""
    return f"{document.kind}:{document.key}"


def name_fields(document: NameDocument) -> Document | None:
    """A name as Tantivy takes it; ``None`` if it is gone."""
    if document.episodes is None:
        return None
    made = Document()
    made.add_text("itself", itself(document))
    mark = _FIRST
    for part in beginnings(document.name):
        made.add_text("beginnings", f"{document.kind[:2]}{mark}{part}")
        mark = _INNER
    made.add_text("words", prepare(document.name))
    made.add_unsigned(_ALL, _order(document, document.episodes))
    made.add_unsigned(_PUBLIC, 0 if document.public is None else _order(document, document.public))
    made.add_text("kind", document.kind)
    made.add_text("name", document.name)
    if document.kind == "podcast":
        made.add_text("id", document.key)
    return made


def _order(document: NameDocument, count: int) -> int:
    shortness = 255 - min(len(document.name), 255)
    return (count + 1) << _REST_BITS | shortness << 16 | crc32(document.key.encode()) & 0xFFFF


def complete(
    searcher: Searcher, typed: str, kind: NameKind, *, private: bool, limit: int
) -> tuple[FoundName, ...]:
    """Names that begin as ``typed``, then those in which a later word does, those with most episodes first."""
    key = plain(typed)
    if not key:
        return ()
    is_long = len(key) > LONGEST
    found: list[FoundName] = []
    for mark in (_FIRST, _INNER):
        query = _begins(kind, mark, key[:LONGEST])
        # A name may begin so and go on so: it comes again.
        most = limit + len(found) + (_MORE if is_long else 0)
        some = _found(searcher, query, private=private, limit=most)
        found += [one for one in some if one not in found and (not is_long or begins(one.name, key))]
        if len(found) >= limit:
            break
    words = key.split()
    if not found and len(words) > 1:
        each = [_any([_begins(kind, mark, word[:LONGEST]) for mark in (_FIRST, _INNER)]) for word in words]
        found += _found(searcher, _every(each), private=private, limit=limit)
    return tuple(found[:limit])


def commonest(searcher: Searcher, kind: NameKind, *, private: bool, limit: int) -> tuple[FoundName, ...]:
    """Names with most episodes."""
    query = Query.term_query(names_schema(), "kind", kind, "basic")
    return tuple(_found(searcher, query, private=private, limit=limit))


def alike(searcher: Searcher, text: str, *, private: bool, limit: int, letters: int) -> tuple[FoundName, ...]:
    """Names that have all words of ``text``, each perhaps with ``letters`` wrong; most episodes first."""
    words = analyzer(EXACT).analyze(prepare(text, asking=True))
    if not words:
        return ()
    query = _every([nearly(names_schema(), "words", word, letters) for word in words])
    return tuple(_found(searcher, query, private=private, limit=limit))


def _begins(kind: NameKind, mark: str, beginning: str) -> Query:
    return Query.term_query(names_schema(), "beginnings", f"{kind[:2]}{mark}{beginning}", "basic")


def _found(searcher: Searcher, query: Query, *, private: bool, limit: int) -> Iterator[FoundName]:
    column = _ALL if private else _PUBLIC
    hits = searcher.search(query, limit, count=False, order_by_field=column, order=Order.Desc).hits
    for order, address in hits:
        if not order:
            return
        document = searcher.doc(address)
        kind: NameKind = document["kind"][0]
        yield FoundName(kind, document["name"][0], (int(order) >> _REST_BITS) - 1, document.get_first("id"))


def _every(parts: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, part) for part in parts])


def _any(parts: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, part) for part in parts])
