"""From the query tree to Tantivy's queries."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from tantivy import FieldType, Occur, Query, Schema, Searcher

from castabout.index.document import LATER
from castabout.index.tantivy.schema import (
    CALLED_WEIGHT,
    EPISODE_FIELDS,
    EXACT,
    IN_A_ROW_WEIGHT,
    IN_TITLE_WEIGHT,
    JOINED_FIELD,
    JOINED_WEIGHT,
    JUST_IN_TITLE_WEIGHT,
    PERSONS,
    PODCAST_FIELDS,
    SAID,
    SAID_JOINED,
    SAID_STEM_WEIGHT,
    SPEAKERS,
    SPOKEN,
    STEM_WEIGHT,
    analyzer,
    moments_schema,
    nearly,
    schema,
    stem_field,
)
from castabout.query import ast
from castabout.text.joining import together, without_signs
from castabout.text.matching import STEMMED_LANGUAGES
from castabout.text.prepare import is_paired, prepare
from castabout.text.titles import title_key


@dataclass(frozen=True, slots=True)
class Searched:
    """The documents of one kind."""

    #: Field → what a match in it is worth.
    fields: Mapping[str, float]
    #: The field that each of them has, and none of another kind.
    itself: str
    #: The field with the row of the podcast.
    podcast: str
    #: What may stand before a colon and is looked for in fields: `castabout.query.ast.Field`.
    named: Mapping[str, Mapping[str, float]]
    #: What else they are narrowed by: `castabout.query.ast.Trait` → field; by another they are not.
    traits: Mapping[str, str]
    #: The fields of their titles: of its words, of those with signs inside, of what they are called as a whole.
    title: str | None = None
    title_joined: str | None = None
    called: str | None = None
    #: Fields of their days and durations.
    day: str | None = "day"
    duration: str | None = "duration"
    schema: Callable[[], Schema] = schema
    #: Further fields, for words that need not all be there.
    further: Mapping[str, float] = dataclasses.field(default_factory=dict)

    @property
    def titles(self) -> dict[str, float]:
        """The fields of the words of their titles."""
        return {field: 1.0 for field in (self.title, self.title_joined) if field}


def _stems(weight: float) -> dict[str, float]:
    return {stem_field(language): weight for language in STEMMED_LANGUAGES}


_TRAITS = {"language": "language", "has": "traits", "type": "traits", "explicit": "traits"}
EPISODES = Searched(
    {**EPISODE_FIELDS, **_stems(STEM_WEIGHT)},
    itself="episode",
    podcast="podcast",
    named={"person": PERSONS},
    traits=_TRAITS,
    title="title",
    title_joined="title_joined",
    called="called",
)
_WRITTEN = {name: weight for name, weight in EPISODE_FIELDS.items() if name not in (*SPOKEN, "speakers")}
PASSAGES = Searched(
    {**SAID, **SAID_JOINED, **_stems(SAID_STEM_WEIGHT)},
    itself="episode",
    podcast="podcast",
    named={"person": SPEAKERS},
    traits=_TRAITS,
    schema=moments_schema,
    further=SPEAKERS,
)
PODCASTS = Searched(
    PODCAST_FIELDS,
    itself="podcast_itself",
    podcast="podcast_itself",
    named={
        "podcast": {"podcast_title": 4.0, "podcast_title_joined": JOINED_FIELD},
        "person": {"podcast_people": 2.0},
    },
    traits={"language": "podcast_language", "explicit": "podcast_traits"},
    title="podcast_title",
    title_joined="podcast_title_joined",
    called="podcast_called",
    day=None,
    duration=None,
)


def compiled(query: ast.Query, searched: Searched = EPISODES) -> Query:
    """``query`` over the documents ``searched``. What holds no word matches nothing, and in a group is left out."""
    return _compiled(query, searched) or Query.empty_query()


def compiled_nearly(word: str, without: Collection[int], *, letters: int) -> Query:
    """Episodes with ``word`` in titles or people, but for ``letters``; none of the podcasts ``without``."""
    words = analyzer(EXACT).analyze(prepare(word, asking=True))
    if not words:
        return Query.empty_query()
    fields = ("title", "people")
    each = (_any([nearly(schema(), field, word, letters) for field in fields]) for word in words)
    found = [(Occur.Must, one) for one in each if one]
    hidden = Query.term_set_query(schema(), EPISODES.podcast, sorted(without))
    return Query.boolean_query([*found, (Occur.MustNot, hidden)] if without else found)


def _compiled(query: ast.Query, searched: Searched) -> Query | None:
    match query:
        case ast.Word() | ast.Phrase() | ast.Prefix():
            return _text(query, searched, searched.fields)
        case ast.Field(name, text):
            return _text(text, searched, searched.named[name])
        case ast.Trait() | ast.Published() | ast.Lasting() | ast.Of():
            return _narrowed(query, searched)
        case ast.Called() | ast.Sought():
            return _titled(query, searched)
        case ast.Or(parts):
            found = [part for part in (_compiled(part, searched) for part in parts) if part]
            return _any(found)
        case ast.And(parts):
            return _all(parts, searched)
        case ast.Not():
            return _all((query,), searched)
        case ast.Some(words, at_least, is_written):
            fields = (
                _WRITTEN if is_written and searched is EPISODES else {**searched.fields, **searched.further}
            )
            found = [part for word in words if (part := _words(word.text, searched, fields, open_end=False))]
            return _any(found, at_least=min(at_least, len(found)))
        case ast.Once() | ast.Without() | ast.Among() | ast.Everything():
            return _rest(query, searched)


def _rest(query: ast.Once | ast.Without | ast.Among | ast.Everything, searched: Searched) -> Query | None:
    match query:
        case ast.Once(part, shown):
            return _once(_compiled(part, searched), shown, searched)
        case ast.Without():
            return _without(query, searched)
        case ast.Among(part, episodes):
            whole = _compiled(part, searched)
            some = _unscored(Query.term_set_query(searched.schema(), searched.itself, sorted(episodes)))
            return whole and Query.boolean_query([(Occur.Must, whole), (Occur.Must, some)])
        case ast.Everything():
            return Query.exists_query(searched.itself)


def _without(query: ast.Without, searched: Searched) -> Query | None:
    whole = _compiled(query.part, searched)
    # A podcast is no episode of the same row.
    episodes = frozenset() if searched.itself == searched.podcast else query.episodes
    left_out = [
        (Occur.MustNot, Query.term_set_query(searched.schema(), field, sorted(some)))
        for field, some in ((searched.podcast, query.podcasts), (searched.itself, episodes))
        if some
    ]
    return whole and Query.boolean_query([(Occur.Must, whole), *left_out])


def _once(whole: Query | None, shown: frozenset[int], searched: Searched) -> Query | None:
    """``whole`` without copies of episodes, but those that are ``shown``."""
    traits = searched.traits.get("type")
    if whole is None or traits is None:
        return whole
    later = [(Occur.Must, Query.term_query(searched.schema(), traits, LATER, "basic"))]
    if shown:
        later.append((Occur.MustNot, Query.term_set_query(searched.schema(), searched.itself, sorted(shown))))
    return Query.boolean_query([(Occur.Must, whole), (Occur.MustNot, Query.boolean_query(later))])


def _titled(query: ast.Called | ast.Sought, searched: Searched) -> Query | None:
    match query:
        case ast.Called(name):
            return _called(name, searched)
        case ast.Sought(words):
            return _sought(words, searched)


def _called(name: str, searched: Searched) -> Query | None:
    key = title_key(name)
    if key is None or searched.called is None:
        return None
    return Query.const_score_query(
        Query.term_query(searched.schema(), searched.called, key, "basic"), CALLED_WEIGHT
    )


def _sought(words: Sequence[ast.Word | ast.Phrase], searched: Searched) -> Query | None:
    """All of ``words`` anywhere; titles first."""
    texts = [word.text for word in words]
    found = [_all(words, searched), _called(" ".join(texts), searched)]
    one = together(texts)
    if one:
        found.append(_exactly(one, searched, searched.fields, JOINED_WEIGHT))
    if searched.title:
        found += _in_title(texts, one, searched, searched.title)
    return _any([part for part in found if part])


def _in_title(texts: Sequence[str], one: str | None, searched: Searched, title: str) -> list[Query]:
    """What all of ``texts`` in the title are worth, or all as ``one`` word there."""
    worth: list[Query] = []
    each = [part for text in texts if (part := _words(text, searched, searched.titles, open_end=False))]
    just = [part for text in texts if (part := _exactly(text, searched, {title: 1.0}))]
    as_one = _exactly(one, searched, searched.titles) if one else None
    anyhow = [part for part in (each and _every(each), as_one) if part]
    if anyhow:
        worth.append(Query.const_score_query(_any(anyhow) or anyhow[0], IN_TITLE_WEIGHT))
    if just:
        worth.append(Query.const_score_query(_every(just), JUST_IN_TITLE_WEIGHT))
    if len(each) > 1 and (row := near(texts, searched, title, 1.0)):
        worth.append(Query.const_score_query(row, IN_A_ROW_WEIGHT))
    return worth


def _narrowed(query: ast.Trait | ast.Published | ast.Lasting | ast.Of, searched: Searched) -> Query | None:
    """What ``query`` narrows to; ``None`` where the documents have nothing of that kind."""
    found: Query | None
    match query:
        case ast.Of(_, podcasts):
            found = Query.term_set_query(searched.schema(), searched.podcast, sorted(podcasts))
        case ast.Trait(name, value):
            field = searched.traits.get(name)
            term = value if name == "language" else str(query)
            found = Query.term_query(searched.schema(), field, term, "basic") if field else None
        case ast.Published("after", date() as day):
            found = _range(searched, searched.day, day.toordinal(), None)
        case ast.Published("before", date() as day):
            found = _range(searched, searched.day, None, day.toordinal() - 1)
        case ast.Lasting("longer", seconds):
            found = _range(searched, searched.duration, seconds + 1, None)
        case ast.Lasting("shorter", seconds):
            found = _range(searched, searched.duration, None, seconds - 1)
        case _:
            raise TypeError(f"{query} is not settled: see castabout.query.settle")
    return None if found is None else _unscored(found)


def _range(searched: Searched, field: str | None, first: int | None, last: int | None) -> Query | None:
    return Query.range_query(searched.schema(), field, FieldType.Integer, first, last) if field else None


def _unscored(found: Query) -> Query:
    """What narrows says nothing about how good a hit is."""
    return Query.const_score_query(found, 0.0)


def _all(parts: Sequence[ast.Query], searched: Searched) -> Query | None:
    wanted: list[tuple[Occur, Query]] = []
    unwanted: list[tuple[Occur, Query]] = []
    for part in parts:
        if isinstance(part, ast.Not):
            if found := _compiled(part.part, searched):
                unwanted.append((Occur.MustNot, found))
        elif found := _compiled(part, searched):
            wanted.append((Occur.Must, found))
    if unwanted and not wanted:
        wanted.append((Occur.Must, Query.exists_query(searched.itself)))
    if not wanted:
        return None
    return wanted[0][1] if len(wanted) == 1 and not unwanted else Query.boolean_query(wanted + unwanted)


def near(pair: Iterable[str], searched: Searched, field: str, weight: float) -> Query | None:
    """What finds the words of ``pair`` next to each other in ``field``."""
    cut = [analyzer(EXACT).analyze(prepare(word, asking=True)) for word in pair]
    if not all(cut):
        return None
    return Query.boost_query(Query.phrase_query(searched.schema(), field, [*chain(*cut)]), weight)


def _text(text: ast.Text, searched: Searched, fields: Mapping[str, float]) -> Query | None:
    return _words(text.text, searched, fields, open_end=isinstance(text, ast.Prefix))


def frequency(text: str, searcher: Searcher, fields: Iterable[str]) -> int:
    """How many documents have the rarest word of ``text``, in the field where most of them have it."""
    words = analyzer(EXACT).analyze(prepare(text, asking=True))
    counts = (max(searcher.doc_freq(field, word) for field in fields) for word in words)
    return min(counts, default=0)


def _words(text: str, searched: Searched, fields: Mapping[str, float], *, open_end: bool) -> Query | None:
    """The words of ``text``, next to each other, in any one of ``fields``; with its signs, or in one piece."""
    found = [_exactly(text, searched, fields, open_end=open_end)]
    joined = without_signs(text) or together(text.split())
    if joined:
        exact = {field: weight for field, weight in fields.items() if not field.startswith("stems_")}
        found.append(_exactly(joined, searched, exact, JOINED_WEIGHT, open_end=open_end))
    return _any([part for part in found if part])


def _exactly(
    text: str, searched: Searched, fields: Mapping[str, float], worth: float = 1.0, *, open_end: bool = False
) -> Query | None:
    """The same, as it is."""
    prepared = prepare(text, asking=True)
    found = []
    for field, weight in fields.items():
        is_exact = not field.startswith("stems_")
        if open_end and not is_exact:
            continue
        words = analyzer(EXACT if is_exact else field).analyze(prepared)
        if words:
            found.append(
                Query.boost_query(
                    _in_field(searched.schema(), field, words, open_end=open_end), weight * worth
                )
            )
    return _any(found)


def _in_field(schema: Schema, field: str, words: list[str], *, open_end: bool) -> Query:
    last = words[-1]
    # One letter of a script without spaces is the beginning of the pairs that hold it.
    open_end = open_end or (is_paired(last) and len(last) == 1)
    if len(words) == 1:
        if open_end:
            return Query.regex_query(schema, field, re.escape(last) + ".*")
        return Query.term_query(schema, field, last)
    if open_end:
        return Query.phrase_prefix_query(schema, field, list(words))
    return Query.phrase_query(schema, field, list(words))


def _every(found: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, part) for part in found])


def _any(found: list[Query], *, at_least: int = 1) -> Query | None:
    if not found:
        return None
    if len(found) == 1:
        return found[0]
    parts = [(Occur.Should, part) for part in found]
    return Query.boolean_query(parts, minimum_number_should_match=at_least)
