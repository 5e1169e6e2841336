"""New episodes and what people follow: which of them are told to whom.

Each episode is compared once, when the index has it, and once more when its transcript has come. The work grows
with the new episodes and the follows, not with the library.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.following import news
from castabout.model.follows import Candidate, Find, Follow, Seen, Step
from castabout.model.lists import LOCAL_OWNER
from castabout.query.ast import Among
from castabout.query.parser import parse
from castabout.store import copies, follows

#: Episodes that are compared at once.
BATCH = 2_000


def find_new(castabout: Castabout) -> int:
    """Compare what is new with all that is followed; how many finds there were.

    May be killed at any point, and done by several processes: nothing is found twice. Raises `StoreError` and
    `SearchIndexError`.
    """
    number, before = 0, None
    while every := follows.active(castabout.store):
        after = min(one.since_row for one in every)
        step = follows.next_step(castabout.store, after=after, limit=BATCH)
        if not (step.new or step.read):
            return number
        # What came with others before it, in one go, makes no show a known one.
        before = max(step.seen_row, after) if before is None else before
        recent = _recent(castabout, step, every)
        found = [find for one in every for find in _found(castabout, one, recent, step, before)]
        new = [row for row in step.new if row in recent]
        if not follows.record(castabout.store, step, found, recent=new, now=castabout.clock()):
            # Another process does the same.
            return number
        number += len(found)
    return number


def candidates(castabout: Castabout, rows: Iterable[int], *, before: int) -> tuple[Candidate, ...]:
    """The episodes with these rows, with what tells whether they are new; shows are known up to ``before``."""
    wanted = list(rows)
    firsts = copies.groups(castabout.store, wanted)
    groups: dict[int, list[int]] = defaultdict(list)
    for row, first in firsts.items():
        groups[first].append(row)
    seen = follows.dates(castabout.store, {*wanted, *firsts})
    undated = [row for row in wanted if row in seen and seen[row].published is None]
    known = follows.of_known_shows(castabout.store, undated, before=before) if undated else frozenset()
    return tuple(
        Candidate(
            row=row,
            published=seen[row].published,
            is_of_known_show=row in known,
            copies=tuple(
                seen[other] for other in groups.get(firsts.get(row, 0), ()) if other != row and other in seen
            ),
        )
        for row in wanted
        if row in seen
    )


def shown_to(castabout: Castabout, one: Follow) -> Castabout:
    """The library as it is shown to whoever follows: private podcasts too, if that is a user."""
    return castabout if one.owner == LOCAL_OWNER else replace(castabout, shows_private=True)


def _recent(castabout: Castabout, step: Step, every: Sequence[Follow]) -> frozenset[int]:
    """Those episodes of ``step`` that may be new for anybody."""
    since = min(one.since for one in every)
    seen = follows.dates(castabout.store, (*step.new, *step.read))
    return frozenset(row for row, one in seen.items() if _may_be_new(one, since))


def _may_be_new(one: Seen, since: datetime) -> bool:
    return one.published is None or one.published >= since


def _found(
    castabout: Castabout, one: Follow, recent: Collection[int], step: Step, before: int
) -> Iterable[Find]:
    rows = frozenset(row for row in (*step.new, *step.read) if row in recent and row > one.since_row)
    if not rows:
        return ()
    tree = Among(asked(shown_to(castabout, one), parse(one.query)), rows)
    matching = castabout.index.newest(tree, limit=len(rows))
    if not matching:
        return ()
    told_of = candidates(castabout, matching, before=before)
    group = {row for each in told_of for row in (each.row, *(copy.row for copy in each.copies))}
    told = follows.told_among(castabout.store, one.row, group)
    chosen = news(told_of, since=one.since, since_row=one.since_row, told=told)
    return [Find(one.row, row) for row in chosen]
