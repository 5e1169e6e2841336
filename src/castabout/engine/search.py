"""Search: the episodes and the podcasts that a query finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.figures import languages
from castabout.engine.lines import lines_by_row, podcast_line
from castabout.engine.listing import Listed, best, in_order, once
from castabout.engine.said import moments_of
from castabout.engine.spelling import did_you_mean
from castabout.model.answers import (
    EpisodeLine,
    FoundPodcasts,
    LanguageCount,
    PodcastLine,
    SearchPage,
    Unnarrowed,
)
from castabout.query.ast import And, Not, Query, Without, needles
from castabout.query.filters import misread
from castabout.query.loose import loose, open_ended
from castabout.query.narrowed import widened
from castabout.query.parser import parse
from castabout.query.sought import called, sought
from castabout.query.words import without_limits
from castabout.store import copies, podcasts
from castabout.text.language import primary_language
from castabout.text.matching import Needle, find

SORTS = ("relevance", "varied", "date")
LIMIT = 20
#: Nobody reads further, and paging costs what lies before the page.
LAST_OFFSET = 10_000
MOST = 100
#: Where fewer episodes have all words, those with some of them come after these.
_FEW = 10
#: The best of them: with common words among what was typed there would be no end.
MOST_LOOSE = 100
#: Podcasts beside the episodes.
_MOST_CALLED = 3


def search_page(
    castabout: Castabout, typed: str, *, sort: str = "relevance", offset: int = 0, limit: int = LIMIT
) -> SearchPage:
    """Episodes that match what was ``typed``, by ``sort``: best first, of several shows (``varied``), newest first.

    Copies of an episode are one hit. Where few have all words, the best of those with some of them come after
    these. ``offset`` and ``limit`` are brought within their bounds. Raises `StoreError` and `SearchIndexError`.
    """
    began = perf_counter()
    parsed = parse(typed)
    query = asked(castabout, parsed)
    tree = sought(query)
    words = needles(tree)
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    episodes = castabout.index.count(tree)
    # Where nothing but narrowing was asked for, none is better than others.
    is_by_fit = bool(words) and sort != "date"
    copied = castabout.index.copies(tree)
    order = (sort if sort in SORTS else SORTS[0]) if is_by_fit else "date"
    listed = _listed(castabout, once(tree, copied), order, offset=offset, limit=limit)
    rest = _rest(castabout, query, tree) if is_by_fit and episodes < _FEW else None
    with_some = min(castabout.index.count(rest), MOST_LOOSE) if rest else 0
    after = max(offset - (episodes - copied.number), 0)
    if rest and (left := min(limit - len(listed.rows), with_some - after)) > 0:
        listed = replace(listed, rows=listed.rows + castabout.index.best(rest, offset=after, limit=left))
    names = () if offset else _called(castabout, tree)
    said = 0 if episodes or names or not words else castabout.index.podcast_count(tree)
    return SearchPage(
        query=typed,
        sort=sort if sort in SORTS else SORTS[0],
        called=names,
        episodes=episodes,
        copies=copied.number,
        with_some=with_some,
        offset=offset,
        limit=limit,
        hits=in_order(_told(castabout, listed.rows, query), listed),
        languages=_languages(castabout, parsed),
        misread=misread(parsed),
        did_you_mean=None if offset or names or said else did_you_mean(castabout, typed, found=episodes),
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
        unnarrowed=None if episodes or with_some else _unnarrowed(castabout, parsed),
        said_by_podcasts=said,
        beginnings=None if episodes or with_some else _beginnings(castabout, query),
    )


def _languages(castabout: Castabout, parsed: Query) -> tuple[LanguageCount, ...]:
    """What can be chosen among: as if none had been yet."""
    query = asked(castabout, widened(parsed, "language"))
    return languages(castabout.index.languages_of(sought(query)))


def _told(castabout: Castabout, rows: Sequence[int], query: Query) -> dict[int, EpisodeLine]:
    """The episodes with these rows; those that show nowhere why they match with a moment at which it is said."""
    words = needles(query)
    lines = lines_by_row(castabout, rows, words)
    silent = {row: line for row, line in lines.items() if words and not _shows(line, words)}
    said = moments_of(castabout, query, silent, each=1)
    looser = loose(query)
    if looser:
        # All words are said, but not all of them together.
        others = {row: line for row, line in silent.items() if row not in said}
        said |= moments_of(castabout, looser, others, each=1)
    return {row: replace(line, moments=said.get(row)) for row, line in lines.items()}


def _shows(line: EpisodeLine, words: Sequence[Needle]) -> bool:
    return bool(line.summary.spans or find(line.title, words, primary_language(line.language)))


def _unnarrowed(castabout: Castabout, query: Query) -> Unnarrowed | None:
    """What there is without what narrows ``query``, if that leaves anything."""
    bare = without_limits(query)
    if bare == query:
        return None
    found = castabout.index.count(sought(asked(castabout, bare)))
    return Unnarrowed(str(bare), found) if found else None


def _beginnings(castabout: Castabout, query: Query) -> Unnarrowed | None:
    """The same with words that go on, if that finds anything: Windkraftanlage of “windkraft”."""
    longer = open_ended(query)
    found = castabout.index.count(longer) if longer else 0
    return Unnarrowed(str(longer), found) if found else None


def _listed(castabout: Castabout, query: Query, order: str, *, offset: int, limit: int) -> Listed:
    if order == "varied":
        return best(castabout, query, offset=offset, limit=limit)
    find = castabout.index.newest if order == "date" else castabout.index.best
    return Listed(find(query, offset=offset, limit=limit))


def _rest(castabout: Castabout, query: Query, tree: Query) -> Query | None:
    """What has not all words of ``query``, as ``tree`` finds it, but some; no copy of what ``tree`` finds."""
    looser = loose(query)
    if looser is None:
        return None
    rest = And((looser, Not(tree)))
    there = copies.groups(castabout.store, castabout.index.newest(tree, limit=_FEW))
    return Without(once(rest, castabout.index.copies(rest)), episodes=frozenset(there))


def find_podcasts(castabout: Castabout, query: str, *, offset: int = 0, limit: int = LIMIT) -> FoundPodcasts:
    """Podcasts that match ``query`` by what is said of them, best first; bounds and errors as `search_page`."""
    began = perf_counter()
    tree = asked(castabout, sought(parse(query)))
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    return FoundPodcasts(
        query=query,
        podcasts=castabout.index.podcast_count(tree),
        offset=offset,
        limit=limit,
        hits=_lines(castabout, castabout.index.podcasts(tree, offset=offset, limit=limit)),
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )


def _called(castabout: Castabout, tree: Query) -> tuple[PodcastLine, ...]:
    """The podcasts that are called as ``tree`` says, those with most episodes first."""
    name = called(tree)
    if name is None:
        return ()
    lines = _lines(castabout, castabout.index.podcasts(name, limit=MOST))
    return tuple(sorted(lines, key=lambda line: -line.episodes_total)[:_MOST_CALLED])


def _lines(castabout: Castabout, rows: Sequence[int]) -> tuple[PodcastLine, ...]:
    stored = podcasts.by_rows(castabout.store, rows)
    return tuple(podcast_line(stored[row]) for row in rows if row in stored)
